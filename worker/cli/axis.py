"""An axis of time across a terminal: which column a day falls into, and where the axis bears a label."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_GAP: Final = 2
_MONTH_STEPS: Final = (1, 2, 3, 6)
_YEAR_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last`, both included, over `width` columns (at least 1), in proportion."""

    first: dt.date
    last: dt.date
    width: int

    def column(self, day: dt.date) -> int:
        """The column of a day, from 0; days before or after the axis fall on its ends."""
        days = (self.last - self.first).days
        if days <= 0:
            return 0
        place = (day - self.first).days * (self.width - 1) / days
        return min(max(round(place), 0), self.width - 1)

    def ticks(self) -> list[tuple[int, str]]:
        """Columns with their labels, years or months, as close together as there is room for; at least one."""
        for step in (*_MONTH_STEPS, *(12 * years for years in _YEAR_STEPS)):
            ticks = [(self.column(day), _label(day, step)) for day in self._firsts(step)]
            if ticks and all(left + len(label) + _GAP <= right for (left, label), (right, _) in pairwise(ticks)):
                break
        else:
            ticks = []
        fitting = [(at, label) for at, label in ticks if at + len(label) <= self.width]
        return fitting or [(0, self.first.isoformat()[: self.width])]

    def _firsts(self, step: int) -> Iterator[dt.date]:
        """The first days of every `step` months on the axis, counted from the turn of an era."""
        start = self.first.year * 12 + self.first.month - 1 + (self.first.day > 1)
        for month in range(-(-start // step) * step, self.last.year * 12 + self.last.month, step):
            yield dt.date(month // 12, month % 12 + 1, 1)


def _label(day: dt.date, step: int) -> str:
    return f"{day:%Y-%m}" if step % 12 else f"{day.year:04d}"
