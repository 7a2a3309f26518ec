"""Embedded posts: a quotation from a social network, with its signature and its own date.

What a post says is its author's, often in another language, and its date dates the article to the day.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from worker.extraction.text.calendar import date_in
from worker.extraction.text.language import identify_paragraph
from worker.extraction.text.sentences import Sentence
from worker.missions.dates import PartialDate

_HANDLE: Final = b"(@"
_DASH: Final = b"-"  # folding makes every dash one
_LONGEST_DATE: Final = 30
_LONGEST_SIGNATURE: Final = 110
_LINKS: Final = (b"pic.twitter.com/", b"https://t.co/", b"http://t.co/")
_SHORT: Final = 600
_MOST_BEFORE: Final = 3


class Post(NamedTuple):
    """An embedded post: its sentences from `first` to before `last`, and the day that it gives, if any."""

    first: int
    last: int
    date: PartialDate | None


def find_posts(sentences: Sequence[Sentence], text: str, folded: bytes, language: str) -> list[Post]:
    """The posts of an article, in order."""
    if b" - " not in folded and b"\n- " not in folded and not any(sign in folded for sign in (_HANDLE, *_LINKS)):
        return []
    posts: list[Post] = []
    first = 0
    while first < len(sentences):
        last = first
        while last < len(sentences) and sentences[last].paragraph == sentences[first].paragraph:
            last += 1
        post = _post(sentences, text, folded, language, (first, last))
        if post is not None:
            posts.append(post)
        first = last
    return posts


def _signature(folded: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Where a paragraph is signed: `— Name (@handle) date`, or `— Name, date` at its end."""
    handle = folded.find(_HANDLE, start, end)
    if handle >= 0:
        close = folded.find(b")", handle, end)
        dash = folded.rfind(_DASH, max(start, handle - _LONGEST_SIGNATURE), handle)
        return (dash if dash >= 0 else handle), min(end, close + _LONGEST_DATE)
    dash = folded.rfind(_DASH, max(start, end - _LONGEST_SIGNATURE), end)
    return (dash, end) if dash >= 0 and (dash == start or folded[dash - 1 : dash + 2] == b" - ") else None


def _post(
    sentences: Sequence[Sentence], text: str, folded: bytes, language: str, paragraph: tuple[int, int]
) -> Post | None:
    """The post in a paragraph, if one is there: all of a short paragraph, a few sentences of a long one."""
    first, last = paragraph
    start, end = sentences[first].start, sentences[last - 1].end
    signed = _signature(folded, start, end)
    handle = folded.find(_HANDLE, start, end) >= 0
    links = [place for link in _LINKS if (place := folded.find(link, start, end)) >= 0]
    date = None
    if signed and (handle or folded[signed[1] - 1 : signed[1]].isdigit()):
        date = date_in(folded[signed[0] : signed[1]])
    if not (handle or links or (date is not None and date.day is not None)):
        return None
    if signed and signed[0] == start and first:
        return Post(first - 1, last, date)  # the signature stands on a line of its own
    if end - start <= _SHORT:
        return Post(first, last, date)
    place = signed[1] if signed and date else max(links, default=start)
    inside = next(index for index in range(first, last) if sentences[index].end >= place)
    begin = inside
    while begin > first and inside - begin < _MOST_BEFORE:
        before = sentences[begin - 1]
        if identify_paragraph(text[before.start : before.end]) in (language, None):
            break
        begin -= 1
    return Post(begin, inside + 1, date)
