"""Date expressions in four languages: where they stand, what they resolve to, how they are attached."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from worker.extraction.text.fold import fold
from worker.extraction.when import DateFinder, Kind, Tense
from worker.missions.dates import PartialDate, Precision

LANGUAGES = sorted(path.stem for path in Path(__file__).parent.glob("??.txt"))
FINDERS = {language: DateFinder(language) for language in LANGUAGES}


def cases() -> list[object]:
    rows: list[object] = []
    for language in LANGUAGES:
        for line in (Path(__file__).parent / f"{language}.txt").read_text().splitlines():
            if not line.startswith("#"):
                expected, _, marked = line.partition("|")
                rows.append(
                    pytest.param(language, tuple(expected.split()), marked.strip(), id=f"{language}: {marked.strip()}")
                )
    return rows


@pytest.mark.parametrize(("language", "expected", "marked"), cases())
def test_expressions(language: str, expected: tuple[str, str, str, str], marked: str) -> None:
    published, tense, value, relation = expected
    start, end = marked.find("["), marked.find("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = FINDERS[language].find(text, fold(text))
    if value == "X":
        assert [text[mention.start : mention.end] for mention in found] == []
        return
    mention = next((mention for mention in found if mention.start <= start < mention.end), None)
    assert mention is not None, f"nothing found at {text[start:end]!r}"
    resolved = mention.resolve(PartialDate.parse(published), Tense(tense))
    assert (text[mention.start : mention.end], "-" if resolved is None else str(resolved), mention.relation.value) == (
        text[start:end],
        value,
        relation,
    )
    if mention.kind is Kind.ANAPHORIC:
        assert resolved is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_sixty_expressions_a_language(language: str) -> None:
    lines = (Path(__file__).parent / f"{language}.txt").read_text().splitlines()
    assert sum("[" in line and not line.startswith("#") for line in lines) >= 60


def words(language: str) -> st.SearchStrategy[str]:
    """Texts made of the very words that the grammar knows, in any order, and of others."""
    lines = (Path(__file__).parent / f"{language}.txt").read_text().splitlines()
    known = sorted(
        {word for line in lines for word in line.partition("|")[2].replace("[", "").replace("]", "").split()}
    )
    numbers = st.one_of(
        st.integers(0, 9999).map(str), st.dates().map(str), st.sampled_from(["31.", "1er", "29", "2.013"])
    )
    return st.lists(st.one_of(st.sampled_from(known), numbers, st.text(max_size=6)), max_size=24).map(" ".join)


TEXTS = st.sampled_from(LANGUAGES).flatmap(lambda language: st.tuples(st.just(language), words(language)))
DATES = st.one_of(
    st.dates().map(PartialDate.of),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1, 9999)),
)


@given(TEXTS, DATES, st.sampled_from(Tense))
def test_any_text_gives_mentions_in_order_within_it_that_resolve_to_dates(
    text: tuple[str, str], published: PartialDate, tense: Tense
) -> None:
    language, article = text
    found = FINDERS[language].find(article, fold(article))
    at = 0
    for mention in found:
        assert at <= mention.start < mention.end <= len(article)
        at = mention.end
        resolved = mention.resolve(published, tense)
        assert resolved is None or resolved.first <= resolved.last
        if mention.kind is Kind.ANAPHORIC:
            assert resolved is None
        if resolved is not None and mention.kind is not Kind.ABSOLUTE and resolved.day is not None:
            assert published.day is not None or mention.precision is Precision.DAY


@given(TEXTS, st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12)), st.sampled_from(Tense))
def test_an_article_dated_to_the_month_never_yields_a_weekday_to_the_day(
    text: tuple[str, str], published: PartialDate, tense: Tense
) -> None:
    language, article = text
    for mention in FINDERS[language].find(article, fold(article)):
        if mention.kind is Kind.DEICTIC:
            resolved = mention.resolve(published, tense)
            assert resolved is not None
            assert resolved.day is None


@given(TEXTS)
def test_finding_is_the_same_twice(text: tuple[str, str]) -> None:
    language, article = text
    assert FINDERS[language].find(article, fold(article)) == FINDERS[language].find(article, fold(article))


@pytest.mark.parametrize(
    "piece", ["3 maart en ", "in 2013 ", "1 ", "1-2-", "week ", "drie weken ", "maandag tot ", "(", "a"]
)
def test_a_long_text_takes_time_in_proportion(piece: str) -> None:
    def finding(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        folded = fold(text)
        return lambda: FINDERS["nl"].find(text, folded)

    assert_linear(finding, 10_000)
