"""The words around troop figures in one language, from its data file."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from worker.extraction.text.fold import fold
from worker.missions.vocabulary import Qualifier

Words = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the grammar of figures knows of one language; its words are folded."""

    language: str
    units: dict[str, str]
    """Each noun of forces, as the phrase book takes it, with its class."""
    atoms: frozenset[bytes]
    """Simple number words."""
    numerals: re.Pattern[bytes]
    """What a whole number word looks like; text2num decides what it is."""
    links: frozenset[bytes]
    """Words within a number: "two hundred and fifty"."""
    articles: frozenset[bytes]
    """Words that text2num reads as one and that mostly are articles."""
    collectives: dict[bytes, int]
    """`dozen`, `millier`: as many, roughly."""
    scales: dict[bytes, int]
    """`thousand`: what a figure before it is multiplied by."""
    halves: dict[bytes, float]
    """`anderhalf`: a number of its own before a scale."""
    vague: frozenset[bytes]
    """Words that make a number none: `several` hundred."""
    stop: frozenset[bytes]
    """Words that never stand between a number and its noun."""
    measures: frozenset[bytes]
    """Nouns that numbers count and that are no forces; they stop a number too."""
    of: frozenset[bytes]
    """Words between a number and what it is a part of: 600 `des` 1.200 soldats."""
    extra: frozenset[bytes]
    qualifiers: dict[Words, Qualifier]
    """What stands before a number, by its words."""
    qualifiers_after: dict[Words, Qualifier]
    passed_over: frozenset[bytes]
    """Words that may stand between a qualifier and its number."""
    range_joins: frozenset[bytes]
    """Words between the ends of a range: 300 `to` 400."""
    between: frozenset[bytes]
    """Words before a range that is joined by "and"."""
    origin: frozenset[bytes]
    """Words before the first of two figures that change from one to the other: `from` 375 to 290."""
    goal: frozenset[bytes]
    """Words before the second."""
    partitive_before: frozenset[Words]
    partitive_after: frozenset[Words]
    per: frozenset[Words]
    excluded_before: dict[Words, str]
    """What governs a number that is no strength, or stands between it and its noun, with why."""
    excluded_after: dict[Words, str]
    """What follows such a number in its clause."""
    barriers: frozenset[bytes]
    """Words that end the search for what excludes a figure."""
    months_short: frozenset[bytes]
    """Abbreviated months, whose full stop hides them from the words before a number."""
    years: frozenset[bytes]
    """Words after which a bare number between 1900 and 2099 is a year."""
    locative: frozenset[bytes]
    """Prepositions of place, which may follow an elliptic figure: 300 `in` Niger."""
    followers: frozenset[bytes]
    """Other words that may follow one: adverbs, verbs, but no nouns."""
    cues: frozenset[Words]
    """What an elliptic figure may follow: "the total rises to"."""
    capital_nouns: bool
    """Whether nouns have a capital, so that a word with one ends the run of adjectives."""


@cache
def load(language: str) -> Lexicon:
    """Read the data of a language, one of nl, fr, en, de. Raises FileNotFoundError for any other."""
    path = resources.files("worker.extraction").joinpath("lexicon", f"figures.{language}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    numbers, excluded = data["numbers"], data["excluded"]
    longest_first = sorted(numbers["atoms"], key=len, reverse=True)
    atoms = b"|".join(fold(atom) for atom in longest_first)
    return Lexicon(
        language=language,
        units={text: unit for unit, texts in data["units"].items() for text in texts},
        atoms=_set(numbers["atoms"]) | _set(numbers["collectives"]),
        numerals=re.compile(rb"(?:(?:" + atoms + rb")-?)+"),
        links=_set(numbers["links"]),
        articles=_set(numbers["articles"]),
        collectives={fold(text): count for text, count in numbers["collectives"].items()},
        scales={fold(text): count for text, count in numbers["scales"].items()},
        halves={fold(text): count for text, count in numbers["halves"].items()},
        vague=_set(numbers["vague"]),
        stop=_set(data["stop"]) | _set(data["measures"]),
        measures=_set(data["measures"]),
        of=_set(data["of"]),
        extra=_set(data["extra"]),
        qualifiers={_words(text): Qualifier(name) for name, texts in data["qualifiers"].items() for text in texts},
        qualifiers_after={
            _words(text): Qualifier(name) for name, texts in data["qualifiers_after"].items() for text in texts
        },
        passed_over=_set(data["passed_over"]),
        range_joins=_set(data["ranges"]["joins"]),
        between=_set(data["ranges"]["between"]),
        origin=_set(data["ranges"]["from"]),
        goal=_set(data["ranges"]["to"]),
        partitive_before=_phrases(data["partitive"]["before"]),
        partitive_after=_phrases(data["partitive"]["after"]),
        per=_phrases(data["per"]),
        excluded_before={_words(text): why for why, texts in excluded["before"].items() for text in texts},
        excluded_after={_words(text): why for why, texts in excluded["after"].items() for text in texts},
        barriers=_set(data["barriers"]),
        months_short=_set(data["months_short"]),
        years=_set(data["years"]),
        locative=_set(data["elliptic"]["locative"]),
        followers=_set(data["elliptic"]["followed_by"]) | _set(data["elliptic"]["locative"]),
        cues=_phrases(data["elliptic"]["cues"]),
        capital_nouns=data["capital_nouns"],
    )


def _words(text: str) -> Words:
    return tuple(fold(text).split())


def _set(texts: Iterable[str]) -> frozenset[bytes]:
    return frozenset(fold(text) for text in texts)


def _phrases(texts: Iterable[str]) -> frozenset[Words]:
    return frozenset(_words(text) for text in texts)
