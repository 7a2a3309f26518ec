"""Walking over the words of a folded text from a place, without cutting the text into words first."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_CLAUSE_ENDS: Final = frozenset(b'.,;:!?()"\n[]')
_LONGEST: Final = 40
_INITIALS: Final = re.compile(rb"(?<![a-z])[a-z]\.[a-z]\.\Z")
"""`U.S.`: its full stop ends no clause."""
_NEXT: Final = re.compile(rb" *([a-z0-9'-]+)")


class Span(NamedTuple):
    """A word and its place."""

    start: int
    end: int
    word: bytes


def leftwards(folded: bytes, at: int) -> Iterator[Span]:
    """The words before a place, the nearest first, up to where the clause begins.

    What is elided stands alone: "d'environ" is two words. A number keeps the separators within it.
    """
    end = at
    while True:
        while end and folded[end - 1] == 32:
            end -= 1
        if not end or (folded[end - 1] in _CLAUSE_ENDS and not _INITIALS.search(folded, max(0, end - 8), end)):
            return
        start = folded.rfind(b" ", max(0, end - _LONGEST), end) + 1
        if not start and end > _LONGEST:
            return
        piece = folded[start:end]
        cut = max(piece.rfind(sign) for sign in (b"\n", b"(", b'"', b"["))
        if cut >= 0:
            start += cut + 1
            if start < end:
                yield Span(start, end, folded[start:end])
            return
        quote = piece.rfind(b"'")
        if 0 < quote < len(piece) - 2 and not piece[quote + 1 :].isdigit():
            yield Span(start + quote + 1, end, piece[quote + 1 :])
            yield Span(start, start + quote + 1, piece[: quote + 1])
        else:
            yield Span(start, end, piece)
        end = start


def rightwards(folded: bytes, at: int) -> Iterator[Span]:
    """The words after a place, up to where the clause ends."""
    while match := _NEXT.match(folded, at):
        start, at = match.span(1)
        yield Span(start, at, match[1])
