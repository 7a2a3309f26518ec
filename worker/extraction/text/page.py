"""A text in the three alphabets that the rules read: as it is, folded, and as mere shapes of characters."""

from typing import Final, NamedTuple, Self

SMALL, CAPITAL, FIGURE, OTHER = b"aA0 "
"""The shapes of characters: small letter, capital, figure, anything else."""

_SHAPES: Final = bytes(
    SMALL if chr(code).islower() else CAPITAL if chr(code).isupper() else FIGURE if chr(code).isdigit() else OTHER
    for code in range(256)
)


class Page(NamedTuple):
    """A text with its derivatives: byte *i* of each stands for code point *i*.

    `latin` is the text in Latin-1 with `?` for all else, `shape` the kinds of its characters. Letters outside
    Latin-1 have the shape of a mark: a rule that asks for a small letter or a capital does not see them.
    """

    text: str
    folded: bytes
    latin: bytes
    shape: bytes

    @classmethod
    def of(cls, text: str, folded: bytes) -> Self:
        """Lay out a text; `folded` is the text folded (`fold`)."""
        latin = text.encode("latin-1", "replace")
        return cls(text, folded, latin, latin.translate(_SHAPES))

    def word(self, start: int, longest: int = 24) -> bytes:
        """The folded word that begins at a place, cut to a length; empty where none does."""
        folded = self.folded
        end = start
        limit = min(len(folded), start + longest)
        while end < limit and folded[end : end + 1].isalnum():
            end += 1
        return folded[start:end]

    def stripped(self, start: int, end: int) -> tuple[int, int]:
        """The span without the white space at its ends."""
        piece = self.text[start:end].lstrip()
        first = end - len(piece)
        return first, first + len(piece.rstrip())
