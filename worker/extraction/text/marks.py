"""The marks by which a sentence is cut into clauses: punctuation, introducers, coordinators, finite verbs.

One Aho-Corasick automaton a language finds them all; whether an introducer is one where it stands is
decided by the conditions that its data file gives (`text.nl.toml`, `[clauses.introducers]`).
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Final, NamedTuple

import ahocorasick_rs

from worker.extraction.text.data import read
from worker.extraction.text.fold import fold


class MarkKind(IntEnum):
    """What a mark is."""

    COMMA = 0
    STOP = 1  # semicolon, colon, dash: ends a clause by itself where clauses stand on both sides
    COORDINATOR = 2
    INTRODUCER = 3
    VERB = 4  # a finite verb
    INFINITIVE = 5  # te, zu


COMMA, STOP, COORDINATOR, INTRODUCER, VERB, INFINITIVE = MarkKind  # a look into the class at each mark would cost


class Mark(NamedTuple):
    """A mark: `start` is where the clause after it would begin, `end` where the word of the mark ends.

    `value` is the class of clause that an introducer opens, `needs` its conditions.
    """

    start: int
    end: int
    kind: MarkKind
    value: str = ""
    needs: str = ""


_BLANKED: Final = bytes.maketrans(b'"()\n.?!', b"       ")
"""What stands between words like a blank, so that few patterns are enough."""
_BEFORE: Final = (b" ",)
_BEHIND: Final = (b" ", b",", b";", b":")
_PUNCTUATION: Final = {
    b",": COMMA, b";": STOP, b": ": STOP, b" - ": STOP, b" -- ": STOP,
}  # fmt: skip
_NO_INFINITIVES: Final = (
    b"hier hiver notre votre quatre autre encore entre octobre novembre decembre septembre rare centre titre premier"
    b" dernier"
)
FRENCH_INFINITIVE: Final = re.compile(
    rb" ?(?:(?:ne pas|ne|y|en|le|la|les|se|leur) |s'|l'|n'|en )?(?!(?:" + _NO_INFINITIVES.replace(b" ", b"|") + rb")\b)"
    rb"\w{2,}(?:er|ir|re)\b"
)
_WEAK: Final = "w"
"""Says of a finite verb that the same word is a possessive too."""
GERUND: Final = re.compile(rb" (?:\w+ly )?\w{2,}ing\b")


@dataclass(frozen=True, slots=True)
class Grammar:
    """What one language cuts its sentences by."""

    automaton: ahocorasick_rs.BytesAhoCorasick
    patterns: tuple[tuple[int, int, MarkKind, str, str, str], ...]
    subjects: frozenset[bytes]
    prepositions: frozenset[bytes]
    asking: frozenset[bytes]
    reporting: frozenset[bytes]
    final_endings: tuple[bytes, ...]
    """Endings of the verbs that close a subordinate clause; empty where the verb does not stand at the end."""

    def marks(self, text: str, folded: bytes, start: int, end: int) -> tuple[list[Mark], list[int], list[int]]:
        """The marks of a sentence: its boundaries, the places of its finite verbs, and of its infinitive marks."""
        piece = b" " + folded[start:end].translate(_BLANKED) + b" "
        patterns, shift = self.patterns, start - 1
        boundaries: list[Mark] = []
        verbs: list[int] = []
        infinitives: list[int] = []
        for index, first, last in self.automaton.find_matches_as_indexes(piece, overlapping=True):
            before, behind, kind, value, needs, exact = patterns[index]
            place = first + before + shift
            if exact and text[place : last - behind + shift] != exact:
                continue
            if kind is VERB:
                if not needs or not self._possessive(folded, place):
                    verbs.append(place)
            elif kind is INFINITIVE:
                infinitives.append(place)
            elif kind is not COMMA or not piece[last : last + 1].isdigit():
                boundaries.append(Mark(place, last - behind + shift, kind, value, needs))
        if len(boundaries) > 1:
            boundaries.sort()
        return boundaries, verbs, infinitives

    def _possessive(self, folded: bytes, place: int) -> bool:
        """Whether a word that may be a verb is a possessive, since a preposition governs it: *van zijn militairen*."""
        before = folded[max(0, place - 20) : place].split()
        return bool(before) and before[-1] in self.prepositions


@cache
def grammar(language: str) -> Grammar:
    """The grammar of one language. Raises FileNotFoundError where it has no data file."""
    data = read(f"text.{language}.toml")["clauses"]
    patterns: list[bytes] = []
    meanings: list[tuple[int, int, MarkKind, str, str, str]] = []

    def add(phrase: str, kind: MarkKind, value: str = "", needs: str = "", before: tuple[bytes, ...] = _BEFORE) -> None:
        exact = phrase[1:] if phrase.startswith("=") else ""  # what folding makes equal: `a` and `à`, `ou` and `où`
        word = fold(exact or phrase)
        behind = (b"",) if word.endswith(b"'") else _BEHIND if kind is VERB else (b" ",)
        for left in before:
            for right in behind:
                patterns.append(left + word + right)
                meanings.append((len(left), len(right), kind, value, needs, exact))

    for value, phrases in data["introducers"].items():
        for phrase in phrases:
            word, _, needs = phrase.partition("|")
            add(word, INTRODUCER, value, needs)
    for word in data["coordinators"]:
        add(word, COORDINATOR)
    for word in data["infinitive_marks"]:
        add(word, INFINITIVE)
    for word in sorted(set(data["finite"].split())):
        add(word, VERB, needs=_WEAK if word in data.get("weak", "").split() else "", before=(*_BEFORE, b"'"))
    for sign, kind in _PUNCTUATION.items():
        patterns.append(sign)
        meanings.append((0, 0, kind, "", "", ""))

    def words(key: str) -> frozenset[bytes]:
        return frozenset(fold(word) for word in data[key].split())

    return Grammar(
        ahocorasick_rs.BytesAhoCorasick(patterns),
        tuple(meanings),
        subjects=words("subjects"),
        prepositions=words("prepositions"),
        asking=words("asking"),
        reporting=words("reporting"),
        final_endings=tuple(fold(ending) for ending in data["final_endings"]),
    )
