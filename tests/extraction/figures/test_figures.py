"""Troop figures in four languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from worker.extraction.figures import Figure, FigureFinder
from worker.extraction.text.fold import fold

NATIONALS = {
    "nl": ["Nederlanders", "Hondurezen", "Russen"],
    "en": ["Canadians", "Pakistanis", "Batswana"],
    "fr": ["Ukrainiens", "Français", "Burundais"],
    "de": ["Deutsche", "Österreicher", "Schweizer"],
}
LANGUAGES = sorted(path.stem for path in Path(__file__).parent.glob("??.txt"))
FINDERS = {language: FigureFinder(language, NATIONALS[language]) for language in LANGUAGES}


def shown(figure: Figure) -> str:
    """A figure as the tables write it: `2400 about soldiers elliptic partitive`."""
    flags = [name for name in ("elliptic", "partitive", "extra", "per") if getattr(figure, name)]
    count = f"{figure.count}-{figure.upper}" if figure.upper else str(figure.count)
    excluded = [f"not:{figure.excluded}"] if figure.excluded else []
    return " ".join([count, figure.qualifier.value, figure.unit, *flags, *excluded])


def cases() -> list[object]:
    rows: list[object] = []
    for language in LANGUAGES:
        for line in (Path(__file__).parent / f"{language}.txt").read_text().splitlines():
            if not line.startswith("#"):
                sentence, _, expected = line.partition(" | ")
                figures = [] if expected.strip() == "-" else [" ".join(item.split()) for item in expected.split(";")]
                rows.append(pytest.param(language, sentence, figures, id=f"{language}: {sentence}"))
    return rows


@pytest.mark.parametrize(("language", "sentence", "expected"), cases())
def test_figures(language: str, sentence: str, expected: list[str]) -> None:
    found = FINDERS[language].find(sentence, fold(sentence))
    assert [shown(figure) for figure in found] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_forty_phrases_a_language(language: str) -> None:
    lines = (Path(__file__).parent / f"{language}.txt").read_text().splitlines()
    assert sum(" | " in line and not line.startswith("#") for line in lines) >= 40


def words(language: str) -> st.SearchStrategy[str]:
    """Texts made of the very words that the grammar knows, in any order, and of others."""
    lines = (Path(__file__).parent / f"{language}.txt").read_text().splitlines()
    known = sorted({word for line in lines for word in line.partition("|")[0].split()})
    return st.lists(
        st.one_of(st.sampled_from(known), st.integers(0, 10**7).map(str), st.text(max_size=6)), max_size=24
    ).map(" ".join)


TEXTS = st.sampled_from(LANGUAGES).flatmap(lambda language: st.tuples(st.just(language), words(language)))


@given(TEXTS)
def test_any_text_gives_figures_in_order_within_it(text: tuple[str, str]) -> None:
    language, article = text
    found = FINDERS[language].find(article, fold(article))
    starts = [figure.start for figure in found]
    assert starts == sorted(starts)
    assert len(set(starts)) == len(starts)
    for figure in found:
        assert 0 <= figure.start < figure.end <= len(article)
        assert 0 <= figure.unit_start < figure.unit_end <= len(article)
        assert 0 < figure.count <= 5_000_000
        assert figure.upper is None or figure.upper > figure.count
        assert (figure.excluded is None) == (figure.cue is None)


@given(st.sampled_from(LANGUAGES), st.integers(2, 9999), st.sampled_from(["", ".", ",", " ", "\u202f", "\xa0", "'"]))
def test_a_number_reads_the_same_with_any_separator(language: str, count: int, separator: str) -> None:
    noun = {"nl": "blauwhelmen", "en": "peacekeepers", "fr": "casques bleus", "de": "Blauhelme"}[language]
    digits = str(count) if count < 1000 else f"{count // 1000}{separator}{count % 1000:03d}"
    sentence = f"{digits} {noun}."
    assert [shown(figure) for figure in FINDERS[language].find(sentence, fold(sentence))] == [f"{count} exact soldiers"]


@pytest.mark.parametrize(
    "piece", ["300 soldaten, ", "soldaten 300 in ", "600 van de 1200 man ", "twee ", "1 ", "1-", "(", "a"]
)
def test_a_long_text_takes_time_in_proportion(piece: str) -> None:
    def finding(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        folded = fold(text)
        return lambda: FINDERS["nl"].find(text, folded)

    assert_linear(finding, 10_000)
