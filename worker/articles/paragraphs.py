"""The paragraphs of a page as they are found, and the choice of those that are its story."""

import re
from enum import IntEnum
from typing import Final


class Kind(IntEnum):
    """What a paragraph is part of."""

    STORY = 0
    LINKS = 1
    """Nothing but links: a menu, a teaser, a "read also" line."""
    SUSPECT = 2
    """In an element that its attributes mark as furniture."""
    FURNITURE = 3
    """In an element that is furniture by definition, such as `nav`."""


_TEASER_LEAD: Final = re.compile(r"[^.!?]{1,30}:")  # "Lees ook:" in front of a link
_WORD: Final = re.compile(r"\w")
_MIN_STORY: Final = 300  # characters; shorter than nearly every story
_MIN_SHARE: Final = 0.25  # of all that a page has to read

Span = tuple[int, int]
"""Paragraphs from the first number to before the second."""


class Paragraphs:
    """Collects text piece by piece. A piece is text between two tags, its character references not yet decoded."""

    __slots__ = ("_in_link", "_kinds", "_linked", "_outside", "_pieces", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._kinds: list[Kind] = []
        self._pieces: list[str] = []
        self._outside: list[str] = []  # those of the pieces that are in no link
        self._linked = False  # whether any piece is in a link
        self._in_link = False

    def add(self, text: str) -> None:
        """Append a piece to the paragraph that is open."""
        if not self._pieces and text.isspace():
            return
        self._pieces.append(text)
        if self._in_link:
            self._linked = True
        else:
            self._outside.append(text)

    def link(self, *, begins: bool) -> None:
        """A link begins or ends; links do not nest."""
        self._in_link = begins

    def end(self) -> None:
        """End the paragraph that is open. One without any text is none."""
        if not self._pieces:
            return
        text = (self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)).strip()
        if text:
            kind = Kind.LINKS if self._linked and _is_teaser("".join(self._outside).strip()) else Kind.STORY
            self.texts.append(text)
            self._kinds.append(kind)
        self._pieces.clear()
        self._outside.clear()
        self._linked = False

    def set_aside(self) -> tuple[list[str], list[str], bool]:
        """Interrupt the paragraph that is open for an element within it; `resume` takes what this returns."""
        aside = (self._pieces, self._outside, self._linked)
        self._pieces, self._outside, self._linked = [], [], False
        return aside

    def resume(self, aside: tuple[list[str], list[str], bool]) -> None:
        """Go on with a paragraph that was set aside."""
        self.end()
        self._pieces, self._outside, self._linked = aside

    def mark(self, start: int, kind: Kind) -> None:
        """Say of all paragraphs from number `start` on what they are."""
        for index in range(start, len(self._kinds)):
            self._kinds[index] = max(kind, self._kinds[index])

    def story(self, articles: list[Span], mains: list[Span]) -> list[str]:
        """The paragraphs to read: those of the page's one article, or of its main part, or of the whole page.

        What looks like furniture by its attributes alone comes in again where hardly anything else is left: then the
        attributes meant something else. A page of furniture alone is read as it is.
        """
        story = [len(text) if kind is Kind.STORY else 0 for text, kind in zip(self.texts, self._kinds, strict=True)]
        span = _dominant(articles, story) or _dominant(mains, story) or (0, len(story))
        texts, kinds = self.texts[slice(*span)], self._kinds[slice(*span)]
        told = sum(story[slice(*span)])
        ceiling = Kind.STORY
        if told < _MIN_STORY:
            suspect = sum(len(text) for text, kind in zip(texts, kinds, strict=True) if kind is Kind.SUSPECT)
            ceiling = Kind.SUSPECT if told < suspect / 2 else Kind.STORY
        for highest in (ceiling, Kind.LINKS, Kind.SUSPECT, Kind.FURNITURE):
            chosen = [text for text, kind in zip(texts, kinds, strict=True) if kind <= highest]
            if chosen:
                return chosen
        return []


def _dominant(spans: list[Span], story: list[int]) -> Span | None:
    """The span that holds the story: much of the page, and twice as much as any other.

    `story` has the length of each paragraph in characters, 0 for furniture.
    """
    sizes = sorted(((sum(story[slice(*span)]), span) for span in spans), reverse=True)
    if not sizes or not sizes[0][0] or sizes[0][0] < _MIN_SHARE * sum(story):
        return None
    return sizes[0][1] if len(sizes) == 1 or sizes[0][0] >= 2 * sizes[1][0] else None


def _is_teaser(outside: str) -> bool:
    """Whether a paragraph with links is nothing else, by its text outside of them."""
    return not outside or _TEASER_LEAD.fullmatch(outside) is not None or _WORD.search(outside) is None
