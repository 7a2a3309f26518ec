"""What the words around a number say of it: how exact, extra, part of another, or no strength at all."""

from itertools import islice
from typing import Final, NamedTuple

from worker.extraction.figures.lexicon import Lexicon
from worker.extraction.figures.words import Span, leftwards, rightwards
from worker.missions.vocabulary import Qualifier

_BEFORE: Final = 7
_AFTER: Final = 6


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


def exclusion(
    folded: bytes, rest: list[Span], between: list[Span], end: int, lexicon: Lexicon
) -> tuple[str, tuple[int, int]] | None:
    """Why a figure is no strength, and the words that say so: the verb before it, a participle within or after it."""
    for span in [*between, *_governor(rest, lexicon)]:
        why = lexicon.excluded_before.get(span.word)
        if why is not None:
            return why, (span.start, span.end)
    for span in islice(rightwards(folded, end), _AFTER):
        if span.word in lexicon.barriers or span.word[:1].isdigit():
            return None
        why = lexicon.excluded_after.get(span.word)
        if why is not None:
            return why, (span.start, span.end)
    return None


def _governor(rest: list[Span], lexicon: Lexicon) -> list[Span]:
    """The word that governs the figure: the one before it, or before "of" and its articles."""
    for index, span in enumerate(rest[:4]):
        if span.word not in lexicon.of and span.word not in lexicon.passed_over:
            return rest[index : index + 1]
    return []
