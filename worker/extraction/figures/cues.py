"""What the words around a number say of it: how exact, extra, part of another, or no strength at all."""

import re
from typing import Final, NamedTuple, TypeAlias

from worker.extraction.figures import words
from worker.extraction.figures.lexicon import Lexicon
from worker.extraction.figures.words import Row, Span
from worker.missions.vocabulary import Qualifier

_BEFORE: Final = 6
_AFTER: Final = 9
_APPOSITION: Final = re.compile(rb", [^,.;:()\n]{1,40},")

Exclusion: TypeAlias = tuple[str, tuple[int, int]]
"""Why a figure is no strength, and where the words stand that say so."""


class Before(NamedTuple):
    """What stands before a number, read outwards from it."""

    qualifier: Qualifier | None
    extra: bool
    partitive: bool
    all: Row
    understood: int
    """How many of the words are part of what was read."""

    @property
    def rest(self) -> Row:
        """The words beyond those that were understood."""
        return self.all.beyond(self.understood)

    @property
    def next(self) -> bytes:
        """The first word beyond them; empty where there is none."""
        return self.all.words[self.understood] if self.understood < len(self.all.words) else b""


def before(folded: bytes, start: int, lexicon: Lexicon) -> Before:
    """Read the words before a number."""
    row = words.before(folded, start, _BEFORE)
    qualifier: Qualifier | None = None
    extra = partitive = False
    index = 0
    while index < len(row.words):
        word = row.words[index]
        found = lexicon.before.at(row.words, index)
        if found is not None:
            size, said = found
            index += size
            qualifier = qualifier or said
            partitive = partitive or said is None
        elif word in lexicon.extra:
            extra = True
            index += 1
        elif word in lexicon.passed_over:
            index += 1
        else:
            break
    return Before(qualifier, extra, partitive, row, index)


class After(NamedTuple):
    """What stands after a number or its noun."""

    qualifier: Qualifier | None
    extra: bool
    partitive: bool
    per: bool
    row: Row


def after(folded: bytes, end: int, lexicon: Lexicon) -> After:
    """Read the words right after a number or its noun."""
    row = words.after(folded, end, _AFTER)
    qualifier = lexicon.after.at(row.words)
    return After(
        qualifier=None if qualifier is None else qualifier[1],
        extra=not lexicon.extra.isdisjoint(row.words[:2]),
        partitive=lexicon.partitive_after.at(row.words) is not None,
        per=lexicon.per.at(row.words) is not None or lexicon.per.at(row.words, 1) is not None,
        row=row,
    )


def qualifier_after(folded: bytes, end: int, lexicon: Lexicon) -> Qualifier | None:
    """The qualifier between a number and its noun: 1,200 `or so` soldiers."""
    found = lexicon.after.at(words.after(folded, end, 3).words)
    return None if found is None else found[1]


def exclusion(ahead: Before, between: list[Span], behind: After, lexicon: Lexicon) -> Exclusion | None:
    """Why a figure is no strength: by the verb before it, or a participle within or after it."""
    for span in between:
        found = lexicon.excluded_before.at([span.word])
        if found is not None:
            return found[1], (span.start, span.end)
    return _governor(ahead, lexicon) or _predicate(behind.row, lexicon)


def _governor(ahead: Before, lexicon: Lexicon) -> Exclusion | None:
    """What governs the figure: the words before it, or before "of" and its articles."""
    row = ahead.all
    for index in range(ahead.understood, len(row.words)):
        found = lexicon.excluded_before.at(row.words, index)
        if found is not None:
            size, why = found
            return why, (row.span(index + size - 1).start, row.span(index).end)
        if row.words[index] not in lexicon.of and row.words[index] not in lexicon.passed_over:
            return None
    return None


def _predicate(row: Row, lexicon: Lexicon) -> Exclusion | None:
    """What the clause goes on to say of the figure, an apposition between commas passed over."""
    found = _in_clause(row, lexicon)
    at = row.at
    if found is None and row.folded[at : at + 1] == b"," and (aside := _APPOSITION.match(row.folded, at)) is not None:
        found = _in_clause(words.after(row.folded, aside.end(), _AFTER), lexicon)
    return found


def _in_clause(row: Row, lexicon: Lexicon) -> Exclusion | None:
    if lexicon.excluded_after.firsts.isdisjoint(row.words):
        return None
    for index, word in enumerate(row.words):
        if word in lexicon.barriers or word[:1].isdigit():
            return None
        found = lexicon.excluded_after.at(row.words, index)
        if found is not None:
            size, why = found
            return why, (row.span(index).start, row.span(index + size - 1).end)
    return None
