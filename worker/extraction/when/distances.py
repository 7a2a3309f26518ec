"""Values that are counted from publication or from another event: so many days, months or years away."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from worker.extraction.when.spans import Span, Unit, shifted
from worker.extraction.when.values import Tense
from worker.missions.dates import PartialDate, Precision

_PLANNED: Final = 5
"""Years: "the lowest level in twenty years" looks back, whatever the tense."""


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
