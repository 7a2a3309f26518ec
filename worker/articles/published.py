"""When an article was published: every form of date that a message may give."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final

from worker.missions.dates import PartialDate

_PREFIX: Final = re.compile(r"\s{0,16}date:?[ \t]{1,8}([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?(?=\s|$)\s{0,16}")
# RFC 3339, and ISO 8601's other calendar dates: `2022`, `2022-02`, `20220217`, `2022-02-17 10:15`, `…T10:15+0100`.
_ISO: Final = re.compile(
    r"""
    ([0-9]{4}) (?: - ([0-9]{1,2}) (?: - ([0-9]{1,2}) )? | ([0-9]{2}) ([0-9]{2}) )?
    (?:
        (?: [Tt] | [ ]+ ) [0-9]{2} (?: :?[0-9]{2} (?: :?[0-9]{2} (?: [.,][0-9]{1,9} )? )? )?
        [ ]? (?: [Zz] | UTC | GMT | [+-][0-9]{2} (?: :?[0-9]{2} )? )?
    )?
    """,
    re.VERBOSE,
)
_EPOCH: Final = re.compile(r"[0-9]{9,10}|[0-9]{12,13}")
_MAX_LENGTH: Final = 64
_EARLIEST: Final = 1900  # programs write year 1 (.NET, Go) for "unknown"
_LATEST: Final = 2200
_MILLISECONDS_FROM: Final = 10**11  # as seconds this lies in the year 5138


def split_prefix(text: str) -> tuple[PartialDate | None, str]:
    """The date in the words ` date YYYY-MM` or ` date YYYY-MM-DD` in front of a text, and the text behind them.

    (None, text) where the text does not begin so. A day that its month does not have leaves the month.
    """
    match = _PREFIX.match(text)
    if match is None:
        return None, text
    published = _month_or_day(match[1], match[2], match[3])
    return (None, text) if published is None else (published, text[match.end() :])


def read_date(value: str | float) -> PartialDate | None:
    """The day (month, year) that a date field names, in the zone that it is written in.

    Reads RFC 3339 and ISO 8601 dates down to the year, dates of RFC 5322 (`Thu, 17 Feb 2022 10:15:00 +0100`), and Unix
    time in seconds or milliseconds. None for a blank value and for dates that programs write when they know none
    (year 1, Unix time 0). Raises ValueError for anything else.
    """
    if isinstance(value, str):
        return _read_text(value.strip())
    if _EARLIEST <= value <= _LATEST:
        return PartialDate(int(value))  # a year that was written as a number
    if not abs(value) < 10**14:  # also true of NaN
        raise ValueError("a number that is no Unix time")
    return from_timestamp(int(value if abs(value) >= _MILLISECONDS_FROM else value * 1000))


def from_timestamp(milliseconds: int) -> PartialDate | None:
    """The UTC day of a Kafka timestamp; None for 0 and for -1, which stand for "none".

    Raises ValueError beyond the calendar.
    """
    if milliseconds in (0, -1):
        return None
    try:
        return PartialDate.of((dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=milliseconds)).date())
    except OverflowError as error:
        raise ValueError("a timestamp beyond the calendar") from error


@lru_cache(maxsize=1024)
def _read_text(text: str) -> PartialDate | None:
    if not text:
        return None
    if len(text) > _MAX_LENGTH:
        raise ValueError(f"a date of {len(text)} characters")
    if _EPOCH.fullmatch(text):
        return read_date(int(text))
    match = _ISO.fullmatch(text)
    if match is not None:
        year, month, day = match[1], match[2] or match[4], match[3] or match[5]
        if int(year) < _EARLIEST or text.startswith("1970-01-01T00:00:00"):
            return None
        return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    try:
        return PartialDate.of(parsedate_to_datetime(text).date())
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise ValueError("neither RFC 3339 nor a year, a month or a day") from error


@lru_cache(maxsize=1024)
def _month_or_day(year: str, month: str, day: str | None) -> PartialDate | None:
    for candidate in (int(day) if day else None, None):
        try:
            return PartialDate(int(year), int(month), candidate)
        except ValueError:
            continue
    return None
