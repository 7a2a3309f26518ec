"""Lengths of time, and the dates that lie so far from another."""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from worker.missions.dates import PartialDate, Precision


class Unit(StrEnum):
    """A unit of the calendar."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: `count` units; `count` is None where the text is vague ("a few weeks")."""

    count: int | None
    unit: Unit


def date_in(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
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
        return date_in(date.year + count)
    if span.unit is Unit.MONTH:
        if date.month is None:
            years = (date.first.month + 5 + count) // 12 if abs(count) < 12 else count // 12
            return date_in(date.year + years)
        months = date.year * 12 + date.month - 1 + count
        return date_in(months // 12, months % 12 + 1)
    try:
        day = _middle(date) + dt.timedelta(days=count * (7 if span.unit is Unit.WEEK else 1))
    except OverflowError:
        return None
    finest = Precision.DAY if span.unit is Unit.DAY else Precision.MONTH
    return PartialDate.of(day).coarsened(min(finest, date.precision))
