"""Cutting a text into date words: phrases of the lexicon, numbers that may be days or years, and what stands before."""

import re
from typing import Final, NamedTuple

from worker.extraction.when.lexicon import Lexicon, Word
from worker.missions.dates import PartialDate

_NUMBER: Final = re.compile(rb"[0-9][0-9.,/'-]*")
_ISO: Final = re.compile(rb"((?:19|20)[0-9]{2})-([0-9]{2})(?:-([0-9]{2}))?")
_NUMERIC: Final = re.compile(rb"([0-9]{1,2})([./-])([0-9]{1,2})\2((?:19|20)[0-9]{2})")
_YEARS: Final = re.compile(rb"((?:19|20)[0-9]{2})([-/])((?:19|20)?[0-9]{2})")
_DAYS: Final = re.compile(rb"([0-9]{1,2})-([0-9]{1,2})")
_YEAR: Final = re.compile(rb"(?:19|20)[0-9]{2}")

YEAR: Final = Word("Y")
DAY: Final = Word("D")
COUNT: Final = Word("C")
FULL: Final = Word("F")
_ANCHORS: Final = frozenset("MWUOAS")


class Token(NamedTuple):
    """A date word in the text; `number` is the day, year or count, `date` a date written in figures."""

    start: int
    end: int
    word: Word
    number: int
    date: PartialDate | None = None
    certain: bool = False
    """A year that needs no preposition, being half of "2006-2010"."""


def tokens(text: str, folded: bytes, lexicon: Lexicon) -> list[Token]:
    """The date words of a text in order, without overlaps."""
    found: list[Token] = []
    free = 0
    for start, end, word in lexicon.book.find(folded):
        if start < free or not _as_written(text[start], word, lexicon):
            continue
        free = end
        if word.code == "I":
            continue
        if word.code in _ANCHORS:
            found += _before(folded, start, lexicon, counted=word.code in "UOA")
        found.append(Token(start, end, word, word.number))
    found += _numbers(folded, lexicon)
    found.sort(key=lambda token: (token.start, -token.end))
    return _disjoint(found)


def _disjoint(found: list[Token]) -> list[Token]:
    """Drop what overlaps an earlier token."""
    kept: list[Token] = []
    free = 0
    for token in found:
        if token.start >= free:
            kept.append(token)
            free = token.end
    return kept


def _as_written(first: str, word: Word, lexicon: Lexicon) -> bool:
    """Whether a word has the capital, or lacks it, that its meaning takes."""
    if word.code == "M" and lexicon.capital:
        return first.isupper()
    return word.check != "lower" or not first.isupper()


def _before(folded: bytes, start: int, lexicon: Lexicon, *, counted: bool) -> list[Token]:
    """The count or demonstrative right before a date word, over at most three words like "further".

    The token reaches up to the date word, so that such words do not part the two.
    """
    end = start
    reach = start - 1 if folded[start - 1 : start] in {b" ", b"-"} else start
    for _ in range(4):
        while end and folded[end - 1] in b" '-":
            end -= 1
        first = end
        while first and (97 <= folded[first - 1] <= 122 or 48 <= folded[first - 1] <= 57):
            first -= 1
        word = folded[first:end]
        if not counted:
            known = lexicon.before.get(word)
            return [Token(first, end, known, 0)] if known is not None and known.code == "T" else []
        if word.isdigit() and len(word) <= 3 and folded[first - 1 : first] not in (b",", b"."):
            return [Token(first, reach, COUNT, int(word))]
        known = lexicon.before.get(word)
        if known is not None:
            return [Token(first, reach, known, known.number)]
        if word not in lexicon.fillers:
            return []
        end = first
    return []


def _numbers(folded: bytes, lexicon: Lexicon) -> list[Token]:
    """Days, years and dates in figures; other numbers are left to the count before a unit."""
    found: list[Token] = []
    for match in _NUMBER.finditer(folded):
        start = match.start()
        if start and (folded[start - 1] in b"$" or chr(folded[start - 1]).isalnum()):
            continue
        run = match.group().rstrip(b".,/'-")
        end = start + len(run)
        if run.isdigit():
            if len(run) <= 2 and 1 <= int(run) <= 31:
                found.append(Token(start, _day_end(folded, end, lexicon), DAY, int(run)))
            elif _YEAR.fullmatch(run) and not _more_digits(folded, start, end):
                found.append(Token(start, end, YEAR, int(run)))
        else:
            found += _figures(run, start, lexicon)
    return found


def _more_digits(folded: bytes, start: int, end: int) -> bool:
    """Whether a group of digits goes on beyond a space: "2 013", "1999 000", or is a share or a sum."""
    if start >= 2 and folded[start - 1] == 32 and 48 <= folded[start - 2] <= 57 and end - start == 3:
        return True
    return folded[end : end + 1] in (b"%", b"$") or (folded[end : end + 1] != b"" and chr(folded[end]).isalnum())


def _day_end(folded: bytes, end: int, lexicon: Lexicon) -> int:
    """Where a day's number ends, its ordinal ending or full stop included."""
    for ordinal in lexicon.ordinals:
        if folded.startswith(ordinal, end) and not folded[end + len(ordinal) : end + len(ordinal) + 1].isalpha():
            return end + len(ordinal)
    return end


def _figures(run: bytes, start: int, lexicon: Lexicon) -> list[Token]:
    """What a number with separators in it says, if it is a date."""
    end = start + len(run)
    if match := _ISO.fullmatch(run):
        year, month, day = (int(group) if group else None for group in match.groups())
        date = _valid(year or 0, month, day)
        if date is not None:
            return [Token(start, end, FULL, 0, date)]
    if match := _NUMERIC.fullmatch(run):
        date = _numeric(int(match[1]), int(match[3]), int(match[4]), doubtful=lexicon.month_first)
        return [Token(start, end, FULL, 0, date)] if date is not None else []
    if match := _YEARS.fullmatch(run):
        first, last = int(match[1]), int(match[3]) if len(match[3]) == 4 else int(match[1][:2] + match[3])
        if first < last:
            middle = start + match.start(2)
            return [
                Token(start, middle, YEAR, first, certain=True),
                Token(middle + 1, end, YEAR, last, certain=True),
            ]
    if match := _DAYS.fullmatch(run):
        first, last = int(match[1]), int(match[2])
        if 1 <= first < last <= 31:
            middle = start + match.end(1)
            return [Token(start, middle, DAY, first), Token(middle + 1, end, DAY, last)]
    return []


def _valid(year: int, month: int | None, day: int | None) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def _numeric(first: int, second: int, year: int, *, doubtful: bool) -> PartialDate | None:
    """Read day and month: by size where one order is impossible, else day first, or only the year if `doubtful`."""
    if first <= 12 < second:
        return _valid(year, first, second)
    if doubtful and first <= 12 and first != second:
        return PartialDate(year)
    return _valid(year, second, first)
