"""The words around troop figures in one language, from its data file."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Generic, TypeVar

from worker.extraction.text.fold import fold
from worker.missions.vocabulary import Qualifier

Words = tuple[bytes, ...]
V = TypeVar("V")


class Table(Generic[V]):
    """Phrases looked up in a row of words: by their first word, the longest first."""

    def __init__(self, phrases: Mapping[Words, V], *, backwards: bool = False) -> None:
        self._by_first: dict[bytes, list[tuple[list[bytes], V]]] = {}
        for phrase, value in sorted(phrases.items(), key=lambda item: -len(item[0])):
            walked = list(reversed(phrase) if backwards else phrase)
            self._by_first.setdefault(walked[0], []).append((walked, value))
        self.firsts = frozenset(self._by_first)
        """The words that phrases begin with, in the direction of the row."""

    def at(self, words: list[bytes], index: int = 0) -> tuple[int, V] | None:
        """The longest phrase that begins at a word: its size and what it says."""
        if index < len(words):
            for phrase, value in self._by_first.get(words[index], ()):
                if words[index : index + len(phrase)] == phrase:
                    return len(phrase), value
        return None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the grammar of figures knows of one language; its words are folded."""

    language: str
    units: dict[str, str]
    """Each noun of forces, as the phrase book takes it, with its class."""
    atoms: frozenset[bytes]
    """Simple number words that are nothing else, and collectives."""
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
    scale_initials: frozenset[bytes]
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
    before: Table[Qualifier | None]
    """What stands before a number: a qualifier, or None for what makes it a part of another."""
    after: Table[Qualifier | None]
    """Qualifiers after a number."""
    after_ends: frozenset[bytes]
    """Their last words."""
    qualifying: frozenset[bytes]
    """All words of qualifiers."""
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
    partitive_after: Table[bool]
    per: Table[bool]
    excluded_before: Table[str]
    """What governs a number that is no strength, or stands between it and its noun, with why."""
    excluded_after: Table[str]
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
    cues: Table[bool]
    """What an elliptic figure may follow: "the total rises to"."""
    capital_nouns: bool
    """Whether nouns have a capital, so that a word with one ends the run of adjectives."""


@cache
def load(language: str) -> Lexicon:
    """Read the data of a language, one of nl, fr, en, de. Raises FileNotFoundError for any other."""
    path = resources.files("worker.extraction").joinpath("lexicon", f"figures.{language}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    numbers, excluded = data["numbers"], data["excluded"]
    qualifiers = _qualifiers(data["qualifiers"])
    qualifiers_after = _qualifiers(data["qualifiers_after"])
    longest_first = sorted(numbers["atoms"], key=len, reverse=True)
    atoms = b"|".join(fold(atom) for atom in longest_first)
    return Lexicon(
        language=language,
        units={text: unit for unit, texts in data["units"].items() for text in texts},
        atoms=(_set(numbers["atoms"]) | _set(numbers["collectives"]))
        - _set(numbers["articles"])
        - _set(numbers["links"]),
        numerals=re.compile(rb"(?:(?:" + atoms + rb")-?)+"),
        links=_set(numbers["links"]),
        articles=_set(numbers["articles"]),
        collectives={fold(text): count for text, count in numbers["collectives"].items()},
        scales={fold(text): count for text, count in numbers["scales"].items()},
        scale_initials=frozenset(fold(text)[:1] for text in numbers["scales"]),
        halves={fold(text): count for text, count in numbers["halves"].items()},
        vague=_set(numbers["vague"]),
        stop=_set(data["stop"]) | _set(data["measures"]),
        measures=_set(data["measures"]),
        of=_set(data["of"]),
        extra=_set(data["extra"]),
        before=Table(qualifiers | {_words(text): None for text in data["partitive"]["before"]}, backwards=True),
        after=Table(qualifiers_after),
        after_ends=frozenset(phrase[-1] for phrase in qualifiers_after if phrase[-1] not in _set(data["extra"])),
        qualifying=frozenset(word for phrase in (*qualifiers, *qualifiers_after) for word in phrase),
        passed_over=_set(data["passed_over"]),
        range_joins=_set(data["ranges"]["joins"]),
        between=_set(data["ranges"]["between"]),
        origin=_set(data["ranges"]["from"]),
        goal=_set(data["ranges"]["to"]),
        partitive_after=Table(_phrases(data["partitive"]["after"])),
        per=Table(_phrases(data["per"])),
        excluded_before=Table(_reasons(excluded["before"]), backwards=True),
        excluded_after=Table(_reasons(excluded["after"])),
        barriers=_set(data["barriers"]),
        months_short=_set(data["months_short"]),
        years=_set(data["years"]),
        locative=_set(data["elliptic"]["locative"]),
        followers=_set(data["elliptic"]["followed_by"]) | _set(data["elliptic"]["locative"]),
        cues=Table(_phrases(data["elliptic"]["cues"]), backwards=True),
        capital_nouns=data["capital_nouns"],
    )


def _words(text: str) -> Words:
    return tuple(fold(text).split())


def _set(texts: Iterable[str]) -> frozenset[bytes]:
    return frozenset(fold(text) for text in texts)


def _phrases(texts: Iterable[str]) -> dict[Words, bool]:
    return {_words(text): True for text in texts}


def _reasons(table: Mapping[str, Iterable[str]]) -> dict[Words, str]:
    return {_words(text): why for why, texts in table.items() for text in texts}


def _qualifiers(table: Mapping[str, Iterable[str]]) -> dict[Words, Qualifier | None]:
    return {_words(text): Qualifier(name) for name, texts in table.items() for text in texts}
