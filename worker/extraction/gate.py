"""The gate: a cheap look at the bytes of a message, which spares nearly all irrelevant ones their reading.

A message is worth reading when it speaks of forces or of missions and, near to that, has a word that can report a
change. Two Aho-Corasick automata find their stems in the raw bytes, whatever the encoding: one with an accent is
looked for as UTF-8, Latin-1, JSON escape and HTML entity. Most news falls at the first. The stems of change are cut
from the triggers of the lexicons, so that the gate can't lose a change that the rules learn to read.
"""

import html.entities
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import ahocorasick_rs

from worker.extraction.lexicon.load import LANGUAGES, triggers
from worker.extraction.text.data import read
from worker.missions.register import Register, case_sensitive

_NEAR: Final = 220
"""Bytes between a word of forces and one of change: about two sentences of plain text, one of escaped."""
_SHORT: Final = 5
"""Names up to this length count only as whole words."""
_MOST_WORDS: Final = 3
"""Longer names describe a mission with words that are stems themselves."""
_ROOT: Final = 6
"""Letters of a long word that are enough of it."""
_TELLING: Final = 5
"""Letters of a word that may stand for its phrase."""
_LETTER: Final = bytes(chr(code).isalnum() or code >= 0x80 for code in range(256))
_WIDE: Final = 64
_MARKS: Final = b"\xff\xfe\xef\xbb\xbf"
_HYPHENS: Final = (b"&shy;", b"&#173;", b"\xc2\xad", b"\\u00ad")


@dataclass(frozen=True, slots=True)
class _Finder:
    """An automaton over stems; of each pattern, whose stem it is and whether a word must begin and end with it."""

    automaton: ahocorasick_rs.BytesAhoCorasick
    patterns: tuple[tuple[int, bool, bool], ...]

    @classmethod
    def of(cls, stems: Sequence[str], implementation: ahocorasick_rs.Implementation | None = None) -> Self:
        """Build the automaton; `_` at an end of a stem is the edge of a word, within it a blank."""
        patterns: dict[bytes, tuple[int, bool, bool]] = {}
        for number, stem in enumerate(stems):
            for phrase in _cases(stem.strip("_").replace("_", " ")):
                for written in _spellings(phrase):
                    patterns.setdefault(written, (number, stem.startswith("_"), stem.endswith("_")))
        automaton = ahocorasick_rs.BytesAhoCorasick(list(patterns), implementation=implementation)
        return cls(automaton, tuple(patterns.values()))

    def find(self, value: bytes) -> Iterator[tuple[int, int]]:
        """The stems that stand in the bytes: number and place."""
        for index, start, end in self.automaton.find_matches_as_indexes(value, overlapping=True):
            number, begins, ends = self.patterns[index]
            if begins and start and _LETTER[value[start - 1]]:
                continue
            if ends and end < len(value) and _LETTER[value[end]]:
                continue
            yield number, start


@dataclass(frozen=True, slots=True)
class Gate:
    """Tells what may report a change of a mission from what cannot."""

    _force: _Finder
    _change: _Finder
    _sure: int
    """The first so many stems of forces are enough by themselves; of the others it takes two."""

    @classmethod
    def load(cls, register: Register) -> Self:
        """Load the stems, and the names of the register's missions. Raises ValueError where the data is malformed."""
        data = read("gate.toml")
        sure, maybe = ([stem for stems in data[key].values() for stem in stems.split()] for key in ("force", "maybe"))
        sure += _names(register, [*sure, *maybe])
        # Every message is read by the first: a DFA is built in 80 ms more, and reads twice as fast.
        force = _Finder.of([*sure, *maybe], ahocorasick_rs.Implementation.DFA)
        return cls(force, _Finder.of(_roots(LANGUAGES)), len(sure))

    def relevant(self, value: bytes) -> bool:
        """Whether a raw message of any shape and encoding may report a change."""
        if b"\0" in value[:_WIDE]:
            value = value.replace(b"\0", b"")  # UTF-16 or UTF-32: what is ASCII stays legible
        value = value.lstrip(_MARKS)
        if b"\xad" in value or b"&" in value or b"\\" in value:
            for hyphen in _HYPHENS:  # soft ones, with which some papers part all long words
                value = value.replace(hyphen, b"")
        found = list(self._force.find(value))
        if not found or (found[0][0] >= self._sure and not self._enough(found)):
            return False
        last = 0
        for _, place in found:
            first = max(last, place - _NEAR)
            last = place + _NEAR
            if next(self._change.find(value[first:last]), None) is not None:
                return True
        return False

    def _enough(self, found: list[tuple[int, int]]) -> bool:
        """Whether a stem is among these that is enough by itself, or two different ones that may mean other things."""
        numbers = {number for number, _ in found}
        return len(numbers) > 1 or min(numbers) < self._sure


def _roots(languages: Iterable[str]) -> list[str]:
    """Stems of all that can report a change: the first letters of long words, short ones and short phrases whole."""
    roots: set[str] = set()
    for phrase in {phrase for language in languages for phrase in triggers(language)}:
        begins = "" if phrase.startswith("*") else "_"
        words = phrase.strip("*").lower().split()
        word = max(words, key=len)
        if len(word) >= _ROOT:
            roots.add(begins + word[:_ROOT])
        else:
            roots.add(f"{begins}{'_'.join(words) if len(word) < _TELLING else word}_")
    return sorted(roots)


def _cases(phrase: str) -> set[str]:
    """A phrase as it stands in a sentence, at its beginning, as a name, and in a headline all in capitals."""
    if not phrase.islower():
        return {phrase}
    return {phrase, phrase[0].upper() + phrase[1:], phrase.title(), phrase.upper()}


def _spellings(phrase: str) -> set[bytes]:
    """The bytes that a phrase can be written with."""
    if phrase.isascii():
        return {phrase.encode()}
    ways = {phrase.encode(), phrase.encode("latin-1", "ignore"), phrase.encode("utf-16-le").replace(b"\0", b"")}
    for form in ("\\u{:04x}", "&#{};", "&#x{:x};"):
        ways.add("".join(sign if sign.isascii() else form.format(ord(sign)) for sign in phrase).encode())
    named = (sign if sign.isascii() else f"&{html.entities.codepoint2name.get(ord(sign), '')};" for sign in phrase)
    return ways | {"".join(named).encode()}


def _names(register: Register, stems: Iterable[str]) -> Iterator[str]:
    """The names of missions that no stem finds, as stems: acronyms, names of operations."""
    forms = (re.escape(stem.strip("_").replace("_", " ")).join(_edges(stem)) for stem in stems)
    known = re.compile("|".join(forms))
    found: set[str] = set()
    for mission in register.by_slug.values():
        for aliases in ((mission.name,), *mission.aliases.values()):
            found.update(
                alias for alias in aliases if alias.count(" ") < _MOST_WORDS and not known.search(alias.lower())
            )
    for alias in sorted(found):
        written = alias.replace(" ", "_")
        if len(alias) <= _SHORT or case_sensitive(alias):
            yield f"_{written}_"
        else:
            yield from (written, written.upper())


def _edges(stem: str) -> tuple[str, str]:
    """The expressions for the edges of a word that a stem asks for."""
    return r"\b" * stem.startswith("_"), r"\b" * stem.endswith("_")
