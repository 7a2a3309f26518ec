"""Dates as datelines, closing lines and posts write them: a day, a month by name or number, a year or none.

This is no grammar of dates in prose (`worker.extraction.when`): it reads the one date of a short line.
"""

import re
from functools import cache

from worker.extraction.text.data import read
from worker.missions.dates import PartialDate

_EARLIEST, _LATEST = 1945, 2100


@cache
def _months() -> dict[bytes, int]:
    return {
        name.encode(): number
        for number, names in enumerate(read("furniture.toml")["months"], 1)
        for name in names.split()
    }


@cache
def _forms() -> tuple[re.Pattern[bytes], ...]:
    month = b"(?P<month>" + b"|".join(sorted(_months(), reverse=True)) + rb")\b\.?"
    day = rb"(?<!\d)(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|e|ste|de)?\b"
    year = rb"(?P<year>(?:19|20)\d\d)\b"
    return (
        re.compile(day + rb"\.?(?: de| of)? " + month + rb",?(?: " + year + rb")?"),
        re.compile(rb"\b" + month + rb" " + day + rb",?(?: " + year + rb")?"),
        re.compile(rb"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
        re.compile(rb"(?<!\d)(?P<day>[0-3]?\d)[./-] ?(?P<month>[01]?\d)[./-] ?(?P<year>(?:19|20)\d\d)(?!\d)"),
        re.compile(rb"\b" + month + rb" " + year),
    )


def date_in(folded: bytes, published: PartialDate | None = None) -> PartialDate | None:
    """The first date of a short folded line, of the finest form that it has; None where it has none.

    A date without a year takes that of `published` where the month agrees, or lies just before it.
    """
    for form in _forms():
        for match in form.finditer(folded):
            parts = match.groupdict()
            month = (
                _months().get(parts["month"]) or int(parts["month"])
                if parts["month"].isdigit()
                else _months()[parts["month"]]
            )
            date = _date(parts.get("year"), month, parts.get("day"), published)
            if date is not None:
                return date
    return None


def _date(year: bytes | None, month: int, day: bytes | None, published: PartialDate | None) -> PartialDate | None:
    """The date of these parts, None where there is no such day or no telling of the year."""
    if year is not None:
        number = int(year)
    elif published is not None and (published.month is None or month in (published.month, published.month - 1)):
        number = published.year
    elif published is not None and published.month == 1 and month == 12:
        number = published.year - 1
    else:
        return None
    if not _EARLIEST <= number <= _LATEST:
        return None
    try:
        return PartialDate(number, month, int(day) if day else None)
    except ValueError:
        return None
