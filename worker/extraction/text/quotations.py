"""Where somebody is quoted: the spans between quotation marks of any style.

Marks are told apart by what stands beside them rather than by their shape, since `»` opens in German print and
closes in French, and `“` closes in German and opens in English. A quotation ends with its paragraph at the latest.
"""

import re
from typing import Final

_SINGLE_END: Final = re.compile(r"['’](?!\w)|\n")
_LONGEST_SINGLE: Final = 600
_OPENS_AFTER: Final = frozenset(b" \n\t([-:/'")
_CLOSES_BEFORE: Final = frozenset(b" \n\t)],.;:!?-/'")


def quotations(text: str, folded: bytes) -> list[tuple[int, int]]:
    """The quotations of a text as (start, end), marks included, in order and without overlap."""
    spans: list[tuple[int, int]] = []
    opened = -1
    size = len(folded)
    place = folded.find(b'"')
    while place >= 0:
        if opened >= 0:
            newline = folded.find(b"\n", opened, place)
            if newline >= 0:
                spans.append((opened, newline))
                opened = -1
        opens = _opens(text, folded, place, size, is_open=opened >= 0)
        if opened < 0 and opens:
            opened = place
        elif opened >= 0 and not opens:
            spans.append((opened, place + 1))
            opened = -1
        place = folded.find(b'"', place + 1)
    if opened >= 0:
        newline = folded.find(b"\n", opened)
        spans.append((opened, newline if newline >= 0 else size))
    return _with_single(text, folded, spans)


def _opens(text: str, folded: bytes, place: int, size: int, *, is_open: bool) -> bool:
    """Whether the mark at a place opens a quotation."""
    after_gap = place == 0 or folded[place - 1] in _OPENS_AFTER
    before_gap = place + 1 == size or folded[place + 1] in _CLOSES_BEFORE
    if after_gap != before_gap:
        return after_gap
    glyph = text[place]
    if glyph in "«„":
        return True
    return glyph != "»" and not is_open


def _with_single(text: str, folded: bytes, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add what stands in single quotation marks outside the others."""
    found: list[tuple[int, int]] = []
    place = folded.find(b"'")
    while place >= 0:
        after = place + 1
        if _opens_single(text, place):
            end = _SINGLE_END.search(text, after, after + _LONGEST_SINGLE)
            if end is not None and end.group() != "\n":
                found.append((place, end.end()))
                after = end.end()
        place = folded.find(b"'", after)
    if not found:
        return spans
    outside = [span for span in found if not any(start < span[1] and span[0] < end for start, end in spans)]
    return sorted(spans + outside)


def _opens_single(text: str, place: int) -> bool:
    """Whether a single mark opens a quotation, not an elision: before a capital or a figure, not behind a letter."""
    before, behind = text[place - 1 : place], text[place + 1 : place + 2]
    return (
        text[place] in "'‘"
        and (behind.isupper() or behind.isdigit())
        and not (before.isalnum() or before in ("'", "’", "_"))
    )
