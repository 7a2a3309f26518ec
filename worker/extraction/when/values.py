"""What a date expression means before the article's date is known, and how it is resolved against it.

The method is that of HeidelTime's news mode (Strötgen & Gertz 2013): extract an underspecified value, then fill
in what lacks from the date of publication and the tense of the clause. Unlike it, no value is ever made more
precise than the text and the date of publication support.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final, Protocol

from worker.missions.dates import PartialDate, Precision

_PLANNED: Final = 5
"""Years: "the lowest level in twenty years" looks back, whatever the tense."""


class Tense(StrEnum):
    """The tense of the clause that a date stands in; `present` when unknown."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Unit(StrEnum):
    """A unit of the calendar."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Pick(Enum):
    """Which of the recurring months, seasons or weekdays is meant."""

    BARE = 0
    LAST = -1
    THIS = 2
    NEXT = 1


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: `count` units; `count` is None where the text is vague ("a few weeks")."""

    count: int | None
    unit: Unit


class Value(Protocol):
    """What a date expression says by itself."""

    @property
    def precision(self) -> Precision:
        """How fine the value can become."""

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:
        """The date meant in an article of the given date; None where that can't be told."""


def _date(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """A date, without its day where the month has no such day; None beyond the calendar."""
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    if month is not None and day is not None and day > calendar.monthrange(year, month)[1]:
        day = None
    return PartialDate(year, month, day)


def _middle(date: PartialDate) -> dt.date:
    """The day in the middle of the interval that a date stands for."""
    return date.first + (date.last - date.first) / 2


def shifted(date: PartialDate, span: Span, sign: int = 1) -> PartialDate | None:
    """The date that lies a span later (`sign` 1) or earlier (-1), no finer than the unit or the date itself.

    Weeks give a month: "three weeks ago" names no day. None for a vague span and beyond the calendar.
    """
    if span.count is None:
        return None
    count = sign * span.count
    if span.unit is Unit.YEAR:
        return _date(date.year + count)
    if span.unit is Unit.MONTH:
        if date.month is None:
            years = (date.first.month + 5 + count) // 12 if abs(count) < 12 else count // 12
            return _date(date.year + years)
        months = date.year * 12 + date.month - 1 + count
        return _date(months // 12, months % 12 + 1)
    try:
        day = _middle(date) + dt.timedelta(days=count * (7 if span.unit is Unit.WEEK else 1))
    except OverflowError:
        return None
    finest = Precision.DAY if span.unit is Unit.DAY else Precision.MONTH
    return PartialDate.of(day).coarsened(min(finest, date.precision))


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
        return _date(published.year + self._years(published, tense), self.month, self.day)

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
            return _date(published.year + (self.offset or 0))
        begun = published.month >= self.month
        over = published.month >= self.month + 3
        if self.pick is Pick.LAST:
            return _date(published.year - (not over))
        if self.pick is Pick.NEXT:
            return _date(published.year + begun)
        if tense is Tense.PAST:
            return _date(published.year - (not begun))
        return _date(published.year + (over and tense is Tense.FUTURE))


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


@dataclass(frozen=True, slots=True)
class Away:
    """A day, month or year counted from publication: "yesterday" is -1 day, "within six months" 6 months."""

    span: Span
    sign: int
    finest: Precision

    @property
    def precision(self) -> Precision:
        """That of the unit, a month for weeks."""
        return self.finest

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:  # noqa: ARG002 - the protocol's
        """The date so far away."""
        span = self.span
        if span.unit is Unit.YEAR and span.count is not None and self.finest is Precision.MONTH:
            span = Span(span.count * 12, Unit.MONTH)
        return shifted(published, span, self.sign)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The week, month or year of publication (`offset` 0), the one before (-1) or the one after (1)."""

    unit: Unit
    offset: int

    @property
    def precision(self) -> Precision:
        """A month, for weeks too, or a year."""
        return Precision.YEAR if self.unit is Unit.YEAR else Precision.MONTH

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:  # noqa: ARG002 - the protocol's
        """The unit's date; a week belongs to the month that its Thursday lies in, as ISO 8601 has it for years."""
        if self.unit is Unit.WEEK and published.day is not None:
            days = 3 - published.first.weekday() + 7 * self.offset
            try:
                return PartialDate.of(published.first + dt.timedelta(days=days)).coarsened(Precision.MONTH)
            except OverflowError:
                return None
        if self.unit is Unit.DAY:
            return published
        date = shifted(published, Span(abs(self.offset), self.unit), -1 if self.offset < 0 else 1)
        return published.coarsened(self.precision) if not self.offset else date


@dataclass(frozen=True, slots=True)
class Afar:
    """A span counted from another event: "two days later" (`sign` 1), "a year earlier" (-1)."""

    span: Span
    sign: int

    @property
    def precision(self) -> Precision:
        """A day for days, a year for years, else a month."""
        return {Unit.DAY: Precision.DAY, Unit.YEAR: Precision.YEAR}.get(self.span.unit, Precision.MONTH)

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:  # noqa: ARG002 - the protocol's
        """None: only the event that it counts from could tell."""
        return None

    def from_event(self, date: PartialDate) -> PartialDate | None:
        """The date so far from an event on the given date; None for a vague span."""
        return shifted(date, self.span, self.sign)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A length of time, or a date counted from another event: no date by itself."""

    @property
    def precision(self) -> Precision:
        """A year, for want of anything finer."""
        return Precision.YEAR

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:  # noqa: ARG002 - the protocol's
        """None."""
        return None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A span after "in": so far ahead in the future tense, otherwise a length of time."""

    span: Span
    finest: Precision

    @property
    def precision(self) -> Precision:
        """That of the unit, a month for weeks."""
        return self.finest

    def resolve(self, published: PartialDate, tense: Tense) -> PartialDate | None:
        """The date so far ahead; None unless the tense is future, and beyond what anybody plans."""
        long = self.span.unit is Unit.YEAR and (self.span.count or 0) > _PLANNED
        return Away(self.span, 1, self.finest).resolve(published, tense) if tense is Tense.FUTURE and not long else None
