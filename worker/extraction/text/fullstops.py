"""Whether a full stop ends a sentence, or belongs to an abbreviation, an initial, an ordinal or an address."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from worker.extraction.text.data import read
from worker.extraction.text.fold import fold
from worker.extraction.text.page import CAPITAL, OTHER, SMALL, Page

_SPACES: Final = " \t\xa0\u202f"
_OPENING: Final = " \t\xa0\u202f\"'“”„‘’«»([–—-•*"
_DOTTED: Final = re.compile(rb"(?:[a-z]{1,2}[.\-]+)+[a-z]{1,2}")
_ROMANS: Final = frozenset(b"ii iii iv vi vii viii ix xi xii xiii xiv xv xvi".split())
_NAME_PARTICLES: Final = frozenset(b"de la le les du des van den der die von al el bin ten ter in op".split())
_LONGEST_ABBREVIATION: Final = 14
_LONGEST_ADDRESS: Final = 30


@dataclass(frozen=True, slots=True)
class FullStops:
    """What one language knows of full stops: abbreviations of several kinds, and the words that begin sentences."""

    bound: frozenset[bytes]
    before_figure: frozenset[bytes]
    may_end: frozenset[bytes]
    before_ordinal: frozenset[bytes]
    after_ordinal: frozenset[bytes]
    openers: frozenset[bytes]
    suspicious: frozenset[bytes]

    def end(self, page: Page, mark: int, after: int) -> bool:
        """Whether the full stop (or other mark) at `mark` ends a sentence, the next one beginning at `after`."""
        text, folded, _, shape = page
        if after >= len(text) or text[after] == "\n":
            return False  # the end of the text or the line does
        if text[after - 1] not in _SPACES:
            return shape[mark - 3 : mark] == b"aaa" and shape[after] == CAPITAL and _glued(text, mark, after)
        first = after
        while shape[first] == OTHER and first < after + 5 and first + 1 < len(text) and text[first] in _OPENING:
            first += 1
        if shape[first] == SMALL and not _elided(text, first):
            return False
        if text[mark] != "." or text[mark + 1] not in _SPACES:
            return True
        token = folded[folded.rfind(b" ", 0, mark) + 1 : mark]
        if token.isalpha() and len(token) > 1 and token not in self.suspicious:
            return True
        return not self._abbreviated(page, mark, first)

    def _abbreviated(self, page: Page, stop: int, first: int) -> bool:
        """Whether the full stop belongs to an abbreviation, an initial or an ordinal inside a sentence."""
        text, folded, _, shape = page
        start = stop
        limit = max(0, stop - _LONGEST_ABBREVIATION)
        while start > limit and not text[start - 1].isspace() and text[start - 1] not in "(\"'“„‘«/":
            start -= 1
        if start == limit and limit:
            return False
        token = folded[start:stop]
        if token.isdigit():
            return len(token) <= 3 and self._ordinal(page, start, first)
        if token in self.bound or (token in self.before_figure and text[first : first + 1].isdigit()):
            return True
        opener = page.word(first) in self.openers
        dotted = bool(_DOTTED.fullmatch(token))
        if (len(token) == 1 and shape[start] == CAPITAL) or (dotted and b"-" in token):
            return not opener or page.word(first) in _NAME_PARTICLES
        if dotted or token in self.may_end:
            return not opener
        return bool(self.after_ordinal) and token in _ROMANS and shape[start] == CAPITAL

    def _ordinal(self, page: Page, start: int, first: int) -> bool:
        """Whether a figure with a full stop is an ordinal (*am 31. Mai*) or counts the lines of a list (*1. Gao*)."""
        before = page.folded[max(0, start - 16) : start]
        words = before.split()
        if not words or before.rstrip(b" ").endswith(b"\n"):
            return True
        if words[-1].endswith((b".", b":", b";")):
            return words[-1].rstrip(b".:;") not in self.suspicious
        return words[-1].strip(b'("') in self.before_ordinal or page.word(first) in self.after_ordinal


def _elided(text: str, first: int) -> bool:
    """Whether a sentence begins with a Dutch elision: *'s Avonds*, *'t Is*."""
    return text[first - 1] in "'’‘" and text[first + 1 : first + 2] == " " and text[first + 2 : first + 3].isupper()


def _glued(text: str, mark: int, after: int) -> bool:
    """Whether two sentences are glued at a mark, as in *Soedan.Twee*: not an address, not an abbreviation."""
    start = mark
    while start > max(0, mark - _LONGEST_ADDRESS) and not text[start - 1].isspace():
        start -= 1
    if any(sign in text[start:mark] for sign in ".@/"):
        return False
    end = after
    while end < min(len(text), after + _LONGEST_ADDRESS) and text[end].isalpha():
        end += 1
    rest, behind = text[after + 1 : end], text[end : end + 1]
    return behind == " " if not rest else rest.islower() and behind not in (".", "/", "@")


@cache
def full_stops(language: str) -> FullStops:
    """The rules of one language. Raises FileNotFoundError where it has no data file."""
    data = read(f"text.{language}.toml")["sentences"]

    def words(text: str) -> frozenset[bytes]:
        return frozenset(fold(word) for word in text.split())

    bound, before_figure, may_end = (words(data[key]) for key in ("bound", "before_figure", "may_end"))
    return FullStops(
        bound=bound,
        before_figure=before_figure,
        may_end=may_end,
        before_ordinal=words(data.get("before_ordinal", "")),
        after_ordinal=words(data.get("after_ordinal", "")),
        openers=words(read("languages.toml")[language]["stop"]),
        suspicious=bound | before_figure | may_end | _ROMANS,
    )
