"""The words on either side of a place in a folded text, without cutting the text into words first."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

_CLAUSE_ENDS: Final = frozenset(b'.,;:!?()"[]')
_OPENING: Final = frozenset(b'("[')
_REACH: Final = 72
"""How far to look back, in code points."""
_INITIALS: Final = re.compile(rb"(?:[a-z]\.)+")
"""`U.S.`: its full stops end no clause."""
_CLAUSE: Final = re.compile(rb"[ a-z0-9'-]{0,160}")


class Span(NamedTuple):
    """A word and its place."""

    start: int
    end: int
    word: bytes


class Row(NamedTuple):
    """The words on one side of a place, the nearest first, up to where the clause begins or ends.

    Their places are looked up when asked for, which is seldom.
    """

    folded: bytes
    at: int
    words: list[bytes]
    left: bool

    def span(self, index: int) -> Span:
        """A word with its place."""
        start = end = self.at
        for word in self.words[: index + 1]:
            start = self.folded.rfind(word, 0, start) if self.left else self.folded.find(word, end)
            end = start + len(word)
        return Span(start, end, self.words[index])

    def beyond(self, size: int) -> "Row":
        """The words after the first so many."""
        if not size:
            return self
        last = self.span(size - 1)
        return Row(self.folded, last.start if self.left else last.end, self.words[size:], self.left)


def before(folded: bytes, at: int, limit: int) -> Row:
    """At most so many words before a place."""
    return Row(folded, at, list(islice(_leftwards(folded, at), limit)), left=True)


def after(folded: bytes, at: int, limit: int) -> Row:
    """At most so many words after a place."""
    return Row(folded, at, clause_after(folded, at).split(None, limit)[:limit], left=False)


def clause_after(folded: bytes, at: int) -> bytes:
    """What follows a place within its clause."""
    match = _CLAUSE.match(folded, at)
    return b"" if match is None else match.group()


def leftwards(folded: bytes, at: int) -> Iterator[Span]:
    """The words before a place with their places, the nearest first."""
    start = at
    for word in _leftwards(folded, at):
        start = folded.rfind(word, 0, start)
        yield Span(start, start + len(word), word)


def spans(stretch: bytes, at: int) -> Iterator[Span]:
    """The words of a stretch of text that begins at a place."""
    for word in stretch.split(b" "):
        if word:
            yield Span(at, at + len(word), word)
        at += len(word) + 1


def _leftwards(folded: bytes, at: int) -> Iterator[bytes]:
    """The words before a place, the nearest first, up to where the clause begins.

    What is elided stands alone: "d'environ" is two words. A number keeps the separators within it.
    """
    line = folded[max(0, at - _REACH) : at].rpartition(b"\n")[2]
    pieces = line.split()
    if len(line) == _REACH:
        pieces[0] = b"."  # cut off in the middle
    for piece in reversed(pieces):
        if piece[-1] in _CLAUSE_ENDS and not _INITIALS.fullmatch(piece):
            return
        word = piece[1:] if piece[0] in _OPENING else piece
        quote = word.rfind(b"'")
        if 0 < quote < len(word) - 2 and not word[quote + 1 :].isdigit():
            yield word[quote + 1 :]
            yield word[: quote + 1]
        else:
            yield word
        if word is not piece:
            return
