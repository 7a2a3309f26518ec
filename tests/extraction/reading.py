"""Reading short texts in tests: what a sentence reports, written as briefly as a table needs it."""

from functools import cache

from worker.articles.article import Article, DatedBy
from worker.extraction import Extractor
from worker.missions.dates import PartialDate
from worker.missions.report import Extraction
from worker.missions.subject import subjects


@cache
def extractor() -> Extractor:
    """The extractor, loaded once for all tests."""
    return Extractor.load()


def read(text: str, language: str, published: str, title: str | None = None) -> Extraction:
    """Read a text as an article in a language, published on a day or in a month."""
    article = Article(
        id="test",
        text=f"{title}\n\n{text}" if title else text,
        title=title,
        published=PartialDate.parse(published),
        dated_by=DatedBy.ENVELOPE,
        language=language,
    )
    return extractor().extract(article)


def reported(text: str, language: str, published: str, title: str | None = None) -> set[str]:
    """What a text reports as news, each as `change subject`: `extended unifil`, `ended minusma/DE`, `started FR@TD`."""
    extraction = read(text, language, published, title)
    return {
        f"{change.change} {subject}"
        for change in extraction.changes
        if not change.background
        for subject in subjects(change)
    }
