"""Plain text that was broken into lines of a fixed width, as wire services and mail do, joined to paragraphs again.

A line break ends a sentence for every rule that reads an article; one that a program put in only for lack of room must
not. Such breaks give themselves away: the next word would not have fitted. In text with a paragraph a line, or a list,
it would have, now and then.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_NARROWEST, _WIDEST = 40, 100  # columns: of the widest line of a text that is wrapped
_FEWEST: Final = 3  # breaks for lack of room
_SHARE: Final = 0.8  # of all breaks within paragraphs


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines with those joined that a break for lack of room had parted; all as they are where there is no such.

    `lines` are in normal form, blank ones included. A hyphen at the end of a line stays, unless it divides
    a word in small letters. Linear in the length.
    """
    width = max(map(len, lines), default=0)
    if len(lines) <= _FEWEST or not _NARROWEST <= width <= _WIDEST:
        return list(lines)
    breaks = [(line, following) for line, following in pairwise(lines) if line and following]
    forced = sum(_forced(line, following, width) for line, following in breaks)
    if forced < _FEWEST or forced < _SHARE * len(breaks):
        return list(lines)
    paragraphs: list[list[str]] = [[lines[0]]]
    for line, following in pairwise(lines):
        if line and following and _forced(line, following, width):
            paragraphs[-1].append(following)
        else:
            paragraphs.append([following])
    return [_joined(paragraph) for paragraph in paragraphs]


def _forced(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    return len(line) + 1 + len(following.partition(" ")[0]) > width


def _joined(parts: list[str]) -> str:
    pieces = [parts[0]]
    for line, following in pairwise(parts):
        if len(line) > 1 and line[-1] == "-" and line[-2].isalpha():
            if line[-2].islower() and following[:1].islower():
                pieces[-1] = pieces[-1][:-1]
            pieces.append(following)
        else:
            pieces.append(f" {following}")
    return "".join(pieces)
