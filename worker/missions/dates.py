"""Calendar dates of limited precision: a year, a month or a day."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Self

_FORM: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Precision(IntEnum):
    """How fine a date is; a finer one is greater."""

    YEAR = 1
    MONTH = 2
    DAY = 3


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A Gregorian date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: the reduced precision forms of ISO 8601.

    Such a date stands for the interval from its first to its last day. Raises ValueError where no
    such day exists, or where a day comes without a month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        dt.date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Raises ValueError for anything else."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {text!r}")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, date: dt.date) -> Self:
        """The given day, with day precision."""
        return cls(date.year, date.month, date.day)

    @property
    def precision(self) -> Precision:
        """Whether this is a year, a month or a day."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def first(self) -> dt.date:
        """The first day of the interval."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day of the interval."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether the two intervals share a day."""
        return self.first <= other.last and other.first <= self.last

    def contains(self, other: "PartialDate") -> bool:
        """Whether every day of the other interval lies in this one."""
        return self.first <= other.first and other.last <= self.last

    def coarsened(self, precision: Precision) -> "PartialDate":
        """The same date, no finer than the given precision."""
        if precision >= self.precision:
            return self
        return PartialDate(self.year, self.month if precision >= Precision.MONTH else None)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)
