"""What a date expression means before the article's date is known, and how it is resolved against it.

The method is that of HeidelTime's news mode (Strötgen & Gertz 2013): extract an underspecified value, then fill
in what lacks from the date of publication and the tense of the clause. Unlike it, no value is ever made more
precise than the text and the date of publication support.
"""

import datetime as dt
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Protocol

from worker.extraction.when.spans import date_in
from worker.missions.dates import PartialDate, Precision


class Tense(StrEnum):
    """The tense of the clause that a date stands in; `present` when unknown."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Pick(Enum):
    """Which of the recurring months, seasons or weekdays is meant."""

    BARE = 0
    LAST = -1
    THIS = 2
    NEXT = 1


class Value(Protocol):
    """What a date expression says by itself."""

    @property
    def precision(self) -> Precision:
        """How fine the value can become."""

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:
        """The date meant in an article of the given date; None where that can't be told."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A date that names its own year."""

    date: PartialDate

    @property
    def precision(self) -> Precision:
        """That of the date."""
        return self.date.precision

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:  # noqa: ARG002 - the protocol's
        """The date itself."""
        return self.date


@dataclass(frozen=True, slots=True)
class InYear:
    """A month, or a day of a month, without its year; or of the year `offset` years from publication."""

    month: int
    day: int | None = None
    pick: Pick = Pick.BARE
    offset: int | None = None

    @property
    def precision(self) -> Precision:
        """A day or a month."""
        return Precision.MONTH if self.day is None else Precision.DAY

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:
        """The one meant: by the modifier, else by the tense, else the nearest."""
        return date_in(published.year + self._years(published, tense), self.month, self.day)

    def _years(self, published: PartialDate, tense: Tense) -> int:
        if self.offset is not None:
            return self.offset
        if published.month is None or self.pick is Pick.THIS:
            return 0
        months = self.month - published.month
        days = self.day - published.day if self.day is not None and published.day is not None and not months else 0
        order = months or days
        if self.pick is Pick.LAST:
            return 0 if order < 0 else -1
        if self.pick is Pick.NEXT:
            return 0 if order > 0 else 1
        if tense is Tense.PAST:
            return -1 if order > 0 else 0
        if tense is Tense.FUTURE:
            return 1 if order < 0 else 0
        return -1 if months >= 6 else 1 if months <= -7 else 0


@dataclass(frozen=True, slots=True)
class Season:
    """A season, which names its year only: "the summer" is nobody's list of months.

    `month` is the one that it begins in (3, 6, 9 or 12), which tells the last one from the next.
    """

    month: int
    pick: Pick = Pick.BARE
    offset: int | None = None
    year: int | None = None

    @property
    def precision(self) -> Precision:
        """A year."""
        return Precision.YEAR

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:
        """The year of the season meant."""
        if self.year is not None:
            return PartialDate(self.year)
        if self.offset is not None or published.month is None or self.pick is Pick.THIS:
            return date_in(published.year + (self.offset or 0))
        begun = published.month >= self.month
        over = published.month >= self.month + 3
        if self.pick is Pick.LAST:
            return date_in(published.year - (not over))
        if self.pick is Pick.NEXT:
            return date_in(published.year + begun)
        if tense is Tense.PAST:
            return date_in(published.year - (not begun))
        return date_in(published.year + (over and tense is Tense.FUTURE))


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (0 is Monday), maybe of the week `weeks` weeks from that of publication."""

    weekday: int
    pick: Pick = Pick.BARE
    weeks: int | None = None

    @property
    def precision(self) -> Precision:
        """A day."""
        return Precision.DAY

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:
        """The latest such day on or before publication; in the future tense the first on or after it.

        "Last Friday" lies strictly before and "next Friday" strictly after. Where the day of publication is
        unknown, its month or year.
        """
        if published.day is None:
            return published
        today = published.first
        ahead = (self.weekday - today.weekday()) % 7
        if self.weeks is not None:
            days = self.weekday - today.weekday() + 7 * self.weeks
        elif self.pick is Pick.NEXT:
            days = ahead or 7
        elif self.pick is Pick.LAST:
            days = ahead - 7
        elif tense is Tense.FUTURE or not ahead:
            days = ahead
        else:
            days = ahead - 7
        try:
            return PartialDate.of(today + dt.timedelta(days=days))
        except OverflowError:
            return None
