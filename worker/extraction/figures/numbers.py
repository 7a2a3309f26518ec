"""Numbers in a text: digits with any thousands separator, number words, collectives, scales and halves."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from text_to_num import text2num

from worker.extraction.figures.lexicon import Lexicon
from worker.extraction.figures.words import Span, after, leftwards

_DIGIT: Final = re.compile(rb"[0-9]")
_DIGITS: Final = re.compile(rb"[0-9]{1,3}([., '])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])|[0-9]+(?:[.,][0-9]{1,2}(?![0-9]))?")
_LARGEST: Final = 5_000_000
"""No force is larger; what is, is money or people displaced."""
_LONGEST: Final = 8
"""Words in one number."""


class Number(NamedTuple):
    """A number and its place; `rough` for a collective ("a dozen"); `plain` for four digits without separator."""

    start: int
    end: int
    value: int
    rough: bool = False
    plain: bool = False


def in_digits(folded: bytes, lexicon: Lexicon) -> list[Number]:
    """All numbers written in digits, a scale word after them included: `1,200`, `4 300`, `2.5 thousand`."""
    found: list[Number] = []
    for start, end in _runs(folded):
        before = folded[start - 1] if start else 32
        if before in b".-/$#:" or 97 <= before <= 122 or folded[end : end + 1] in (b"%", b"/", b"$", b":"):
            continue
        number = _read(folded[start:end], start, end, lexicon, folded)
        if number is not None:
            found.append(number)
    return found


def _runs(folded: bytes) -> Iterator[tuple[int, int]]:
    """Where the numbers in digits stand.

    The search for the first digit is a pattern of its own because only such a simple one is found fast.
    """
    end = 0
    while first := _DIGIT.search(folded, end):
        match = _DIGITS.match(folded, first.start())
        if match is None:
            return
        end = match.end()
        yield first.start(), end


def _read(digits: bytes, start: int, end: int, lexicon: Lexicon, folded: bytes) -> Number | None:
    """The value of a run of digits; None for a fraction that nothing multiplies and for what no force can be."""
    separator = next((sign for sign in (b".", b",", b" ", b"'") if sign in digits), b"")
    grouped = bool(separator) and len(digits.rpartition(separator)[2]) == 3
    scale, scaled_end = 1, end
    if folded[end + 1 : end + 2] in lexicon.scale_initials:
        following = after(folded, end, 1)
        if following.words and following.words[0] in lexicon.scales:
            scale, scaled_end = lexicon.scales[following.words[0]], following.span(0).end
    if separator and not grouped:
        if scale == 1:
            return None
        value = round(float(digits.replace(b",", b".")) * scale)
    else:
        value = int(digits.replace(separator, b"") if separator else digits) * scale
    if not 0 < value <= _LARGEST:
        return None
    return Number(start, scaled_end, value, plain=not separator and len(digits) == 4 and scale == 1)


def words_ending(text: str, folded: bytes, end: int, lexicon: Lexicon) -> Number | None:
    """The number in words that ends right before a place: `vierentwintighonderd`, `two dozen`, `une centaine`."""
    taken: list[Span] = []
    rough = 0
    pending: list[Span] = []
    for span in leftwards(folded, end):
        word = span.word
        if not taken and not rough and word in lexicon.collectives:
            rough = lexicon.collectives[word]
            pending.append(span)
        elif word in lexicon.vague:
            return None
        elif _is_numeral(word, lexicon):
            taken += [*pending, span] if taken else [span]
            pending = pending if rough and not taken else []
        elif taken and word in lexicon.links:
            pending.append(span)
        else:
            break
        if len(taken) > _LONGEST:
            return None
    if rough:
        return _collective(text, next(leftwards(folded, end)), rough, taken, lexicon)
    return _spelled(text, taken, lexicon)


def _is_numeral(word: bytes, lexicon: Lexicon) -> bool:
    return word in lexicon.halves or lexicon.numerals.fullmatch(word) is not None


def _collective(text: str, noun: Span, size: int, taken: list[Span], lexicon: Lexicon) -> Number | None:
    """`a dozen`, `two dozen`."""
    if not taken:
        return Number(noun.start, noun.end, size, rough=True)
    start = taken[-1].start
    factor = _value(text[start : noun.start], lexicon)
    if factor is None or factor > 99:
        return None
    return Number(start, noun.end, factor * size, rough=True)


def _spelled(text: str, taken: list[Span], lexicon: Lexicon) -> Number | None:
    if not taken:
        return None
    start, end = taken[-1].start, taken[0].end
    if len(taken) == 1 and taken[0].word in lexicon.articles:
        return None
    first = taken[-1].word
    if first in lexicon.halves:
        scale = _value(text[taken[-1].end : end], lexicon) if len(taken) > 1 else None
        return None if scale is None or scale < 100 else Number(start, end, round(lexicon.halves[first] * scale))
    if len(taken) > 1 and first in lexicon.articles:
        # "a hundred", "een honderd": the article is no part of the number.
        start = taken[-2].start
    value = _value(text[start:end], lexicon)
    return None if value is None or value < 2 or value > _LARGEST else Number(start, end, value)


def _value(words: str, lexicon: Lexicon) -> int | None:
    """What number words say; None where they are none."""
    return _read_words(words.strip().lower().replace("\xa0", " "), lexicon.language)


@lru_cache(maxsize=4096)
def _read_words(words: str, language: str) -> int | None:
    try:
        return int(text2num(words.replace("-", " ") if language == "en" else words, language))
    except ValueError:
        return None
