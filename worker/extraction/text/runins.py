"""Where a sentence begins without a mark before it: behind a headline on the same line, or glued to a word."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import ahocorasick_rs

from worker.extraction.text.data import read
from worker.extraction.text.fullstops import full_stops
from worker.extraction.text.page import SMALL, Page

_MIXED: Final = re.compile(r"\S*[a-zß-ÿ]")
_LONGEST_HEADLINE: Final = 160
_LASTS: Final = "abcdefghijklmnopqrstuvwxyzàâäçèéêëîïôöùûüß0123456789"
_GLUED_BEHIND: Final = (b"aaaa", b"Aaaa", b"0000")


@cache
def _automaton(language: str) -> tuple[ahocorasick_rs.BytesAhoCorasick, tuple[int, ...]]:
    """Finds the words that give away a sentence by their capital, behind a letter or figure; and where they begin."""
    words = read(f"text.{language}.toml")["sentences"]["run_in"].split()
    patterns = [f"{last}{gap}{word} ".encode("latin-1") for word in words for gap in ("", " ") for last in _LASTS]
    return ahocorasick_rs.BytesAhoCorasick(patterns), tuple(pattern[1:2] == b" " for pattern in patterns)


def run_ins(page: Page, language: str) -> Iterator[int]:
    """The beginnings of sentences that no mark announces, in no particular order."""
    text, _, latin, shape = page
    automaton, apart = _automaton(language)
    for index, start, end in automaton.find_matches_as_indexes(latin):
        if end >= len(text):
            continue
        place = start + 1 + apart[index]
        if apart[index]:
            if shape[end] == SMALL and _behind_subhead(text, place):
                yield place
        elif place >= 4 and shape[place - 4 : place] in _GLUED_BEHIND:
            yield place
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if start == 0 or shape[start : start + 2] == b"AA":
            lead = _behind_headline(page, start, end, language)
            if lead is not None:
                yield lead
        start = end + 1


def _behind_subhead(text: str, place: int) -> bool:
    """Whether what stands before is a headline without a full stop: short, but of three words or more."""
    limit = max(0, place - _LONGEST_HEADLINE)
    start = max(text.rfind(mark, limit, place) for mark in '.!?:\n"”»“')
    return (start >= 0 or limit == 0) and text.count(" ", start + 2, place - 1) >= 2


def _behind_headline(page: Page, start: int, end: int, language: str) -> int | None:
    """Where the lead begins behind a headline that is all in capitals, or set off by two spaces."""
    text = page.text
    openers = full_stops(language).openers
    start, _ = page.stripped(start, min(end, start + 8))
    limit = min(end, start + _LONGEST_HEADLINE)
    if text[start : start + 2].isupper():
        match = _MIXED.search(text, start, limit)
        if match and text[match.start()].isupper() and text[match.start() - 1] == " ":
            headline = text[start : match.start()].rstrip()
            words = [word for word in headline.split() if sum(map(str.isalpha, word)) > 1]
            set_off = text[match.start() - 2 : match.start()] == "  "
            enough = 3 if set_off or page.word(match.start()) in openers else 5
            if len(words) >= enough and headline[-1] not in ",-–—:(":
                return match.start()
    gap = text.find("  ", start, limit) if start < 8 else -1
    if gap <= start:
        return None
    lead, _ = page.stripped(gap, end)
    is_headline = text.count(" ", start, gap) >= 3 and text[gap - 1].isalnum()
    return lead if is_headline and text[lead : lead + 1].isupper() and page.word(lead) in openers else None
