"""What was found in a raw message of any shape, and the article that it makes."""

import re
from dataclasses import dataclass
from typing import Final

from worker.articles.article import Article, ArticleError, ArticleFault, DatedBy
from worker.articles.entities import unescape_explicit
from worker.articles.language import iso_639_1
from worker.articles.limits import Limits
from worker.articles.normal import lines
from worker.articles.published import from_timestamp
from worker.missions.dates import PartialDate
from worker.missions.identity import content_id

_WORD: Final = re.compile(r"\w")
_MAX_HEADLINE: Final = 160  # characters
_MIN_HEADLINE: Final = 3  # words
_NO_HEADLINE: Final = (".", ":", ";", ",", "…", "-", "–", "—")  # the end of a sentence, of a dateline, of a clause
_TOP: Final = 3  # paragraphs in which a page repeats its title


@dataclass(slots=True, kw_only=True)
class Draft:
    """The parts of a message: `body` in lines of normal form, blank ones included; the rest as it was written.

    Not frozen: it is filled in on the way, and never leaves this room.
    """

    body: list[str]
    title: str | None = None
    published: PartialDate | None = None
    dated_by: str = DatedBy.RECORD
    id: str | None = None
    language: str | None = None
    url: str | None = None
    source: str | None = None


def headline_of(body: list[str]) -> str | None:
    """The first line of plain text, where a blank line and the form of a headline set it apart."""
    if len(body) < 3 or body[1]:
        return None
    first = body[0]
    if len(first) > _MAX_HEADLINE or first.endswith(_NO_HEADLINE) or first.count(" ") < _MIN_HEADLINE - 1:
        return None
    return first if sum(map(len, body)) > 2 * len(first) else None


def finish(draft: Draft, timestamp_ms: int | None, limits: Limits) -> Article:
    """Put the article together. Raises ArticleError: `NO_TEXT`, `TOO_LARGE`, `UNDATED` or `BINARY`."""
    title = one_line(draft.title)
    body = list(filter(None, draft.body))
    if title is not None:
        folded = title.casefold()
        body[:_TOP] = [line for line in body[:_TOP] if line.casefold() != folded]
    text = "\n".join(body)
    if title is not None:
        text = f"{title}\n\n{text}" if text else title
    if _WORD.search(text) is None:
        raise ArticleError(ArticleFault.NO_TEXT, "the message has no words to read")
    if len(text) > limits.max_chars:
        raise ArticleError(ArticleFault.TOO_LARGE, f"{len(text)} characters of text, more than {limits.max_chars}")
    published, dated_by = draft.published, draft.dated_by
    if published is None:
        published, dated_by = _record_date(timestamp_ms), DatedBy.RECORD
    return Article(
        # Without the record's time: the same text by two routes, in two shapes or delivered twice is one article.
        id=draft.id or content_id("article", (draft.published, text)),
        text=text,
        published=published,
        dated_by=dated_by,
        title=title,
        language=iso_639_1(draft.language),
        url=one_line(draft.url),
        source=one_line(draft.source),
    )


def one_line(field: str | None) -> str | None:
    """A short field in normal form, on one line; None for a blank one."""
    if not field:
        return None
    if field.isascii() and field.isprintable() and "&" not in field and "  " not in field:
        return field.strip() or None  # as nearly all are
    return " ".join(filter(None, lines(unescape_explicit(field)))) or None


def _record_date(timestamp_ms: int | None) -> PartialDate:
    try:
        published = None if timestamp_ms is None else from_timestamp(timestamp_ms)
    except ValueError:
        published = None
    if published is None:
        raise ArticleError(ArticleFault.UNDATED, "neither the message nor its record has a date")
    return published
