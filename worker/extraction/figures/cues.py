"""What the words around a number say of it: how exact, extra, part of another, or no strength at all."""

import re
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from worker.extraction.figures.lexicon import Lexicon
from worker.extraction.figures.words import Span, leftwards, rightwards
from worker.missions.vocabulary import Qualifier

_BEFORE: Final = 7
_AFTER: Final = 9
_APPOSITION: Final = re.compile(rb", [^,.;:()\n]{1,40},")


class Before(NamedTuple):
    """What stands before a number, read outwards from it."""

    qualifier: Qualifier | None
    extra: bool
    partitive: bool
    start: int
    """Where the words begin that were understood."""
    rest: list[Span]
    """The words beyond those that were understood, the nearest first."""


def before(folded: bytes, start: int, lexicon: Lexicon) -> Before:
    """Read the words before a number."""
    words = list(islice(leftwards(folded, start), _BEFORE))
    qualifier: Qualifier | None = None
    extra = partitive = False
    at = start
    while words:
        size, found = _match(words, lexicon)
        if isinstance(found, Qualifier):
            qualifier = qualifier or found
        elif found == "partitive":
            partitive = True
        elif words[0].word in lexicon.extra:
            extra, size = True, 1
        elif words[0].word in lexicon.passed_over:
            size = 1
        else:
            break
        at = words[size - 1].start
        words = words[size:]
    return Before(qualifier, extra, partitive, at, words)


def _match(words: list[Span], lexicon: Lexicon) -> tuple[int, Qualifier | str | None]:
    """The longest phrase that ends with the nearest word: its size and what it says."""
    for size in (4, 3, 2, 1):
        if size <= len(words):
            phrase = tuple(span.word for span in reversed(words[:size]))
            qualifier = lexicon.qualifiers.get(phrase)
            if qualifier is not None:
                return size, qualifier
            if phrase in lexicon.partitive_before:
                return size, "partitive"
    return 0, None


class After(NamedTuple):
    """What stands after a number or its noun."""

    qualifier: Qualifier | None
    extra: bool
    partitive: bool
    per: bool


def after(folded: bytes, end: int, lexicon: Lexicon) -> After:
    """Read the words right after a number or its noun."""
    words = tuple(span.word for span in islice(rightwards(folded, end), 4))
    heads = [words[:size] for size in (1, 2, 3)]
    return After(
        qualifier=next((lexicon.qualifiers_after[head] for head in heads if head in lexicon.qualifiers_after), None),
        extra=any(word in lexicon.extra for word in words[:2]),
        partitive=any(head in lexicon.partitive_after for head in heads),
        per=any(head in lexicon.per for head in (*heads, words[1:3], words[1:4], words[1:2])),
    )


Exclusion: TypeAlias = tuple[str, tuple[int, int]]
"""Why a figure is no strength, and where the words stand that say so."""


def exclusion(folded: bytes, rest: list[Span], between: list[Span], end: int, lexicon: Lexicon) -> Exclusion | None:
    """Why a figure is no strength: by the verb before it, or a participle within or after it."""
    for span in between:
        why = lexicon.excluded_before.get((span.word,))
        if why is not None:
            return why, (span.start, span.end)
    return _governor(rest, lexicon) or _predicate(folded, end, lexicon)


def _governor(rest: list[Span], lexicon: Lexicon) -> Exclusion | None:
    """What governs the figure: the words before it, or before "of" and its articles."""
    for first in range(min(4, len(rest))):
        for size in (4, 3, 2, 1):
            words = rest[first : first + size]
            why = lexicon.excluded_before.get(tuple(span.word for span in reversed(words)))
            if why is not None:
                return why, (words[-1].start, words[0].end)
        if rest[first].word not in lexicon.of and rest[first].word not in lexicon.passed_over:
            return None
    return None


def _predicate(folded: bytes, end: int, lexicon: Lexicon) -> Exclusion | None:
    """What the clause goes on to say of the figure, an apposition between commas passed over."""
    at = end
    for _ in range(2):
        words = list(islice(rightwards(folded, at), _AFTER))
        for index, span in enumerate(words):
            if span.word in lexicon.barriers or span.word[:1].isdigit():
                return None
            for size in (1, 2, 3):
                why = lexicon.excluded_after.get(tuple(word.word for word in words[index : index + size]))
                if why is not None:
                    return why, (span.start, words[min(index + size, len(words)) - 1].end)
        if at == end and (apposition := _APPOSITION.match(folded, end)) is not None:
            at = apposition.end()
        else:
            return None
    return None
