"""Cutting a text into sentences: one expression for the candidates, rules from both sides to refuse some.

News comes without its full stops, with its headline run into the lead, with sentences glued together and with
every abbreviation of ranks and ministries. A line break ends a sentence, since subheads and captions have no full
stop; a quotation is cut like any other text.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from worker.extraction.text.fullstops import full_stops
from worker.extraction.text.page import Page
from worker.extraction.text.quotations import quotations
from worker.extraction.text.runins import run_ins


class Sentence(NamedTuple):
    """A sentence: `start` and `end` are offsets in code points, without the space around it.

    `paragraph` counts from 0; `quoted` says that all of it stands in quotation marks.
    """

    start: int
    end: int
    paragraph: int
    quoted: bool


_CANDIDATE: Final = re.compile(r"[.!?…\n][.!?…]*(?:[ \xa0\u202f]?»(?!\w)|[\"“”«’')\]])*[ \t\xa0\u202f]*")
_WRAPPED: Final = 45
"""A line at least this long, without a full stop and followed by a small letter, was only wrapped."""
_LONGEST: Final = 1_500
"""Characters of the longest sentence; three times what newspapers print, statutes and lists apart."""


def split(text: str, folded: bytes, language: str) -> list[Sentence]:
    """The sentences of a text, in order: together they hold all that is not white space.

    `folded` is the text folded (`fold`), `language` one that has an abbreviation list (`text.nl.toml`).
    """
    rules = full_stops(language)
    page = Page.of(text, folded)
    cuts = [(place, False) for place in run_ins(page, language)]
    for match in _CANDIDATE.finditer(text):
        start = match.start()
        if text[start] == "\n":
            if not _wrapped(text, start):
                cuts.append((start + 1, True))
        elif rules.end(page, start, match.end()):
            cuts.append((match.end(), False))
    cuts.sort()
    cuts.append((len(text), True))
    return _between(list(_bounded(cuts, text)), page)


def _bounded(cuts: list[tuple[int, bool]], text: str) -> Iterator[tuple[int, bool]]:
    """The cuts, with more of them where none comes for long: rules compare what stands in one sentence."""
    start = 0
    for cut in cuts:
        while cut[0] - start > _LONGEST:
            start = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST) + 1 or start + _LONGEST
            yield start, False
        yield cut
        start = cut[0]


def _between(cuts: list[tuple[int, bool]], page: Page) -> list[Sentence]:
    """The sentences between the cuts; a cut says whether it ends a paragraph too."""
    quoted = quotations(page.text, page.folded)
    upcoming = 0
    sentences: list[Sentence] = []
    paragraph = -1
    fresh = True
    start = 0
    for end, breaks in cuts:
        first, last = page.stripped(start, end)
        if first < last:
            paragraph += fresh
            fresh = False
            while upcoming < len(quoted) and quoted[upcoming][1] < last:
                upcoming += 1
            inside = upcoming < len(quoted) and quoted[upcoming][0] <= first
            sentences.append(Sentence(first, last, paragraph, inside))
        fresh = fresh or breaks
        start = end
    return sentences


def _wrapped(text: str, newline: int) -> bool:
    """Whether a line break only wraps a long line, as in a text set to a fixed width."""
    after = text[newline + 1 : newline + 2]
    if not after.islower() or text[newline - 1 : newline] in ("", ".", "!", "?", ":", "\n"):
        return False
    return newline - 1 - text.rfind("\n", max(0, newline - 2 * _WRAPPED), newline) >= _WRAPPED
