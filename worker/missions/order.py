"""The order of changes in time, where their dates have limited precision."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from worker.missions.dates import PartialDate
from worker.missions.vocabulary import Change

_STAGES: Final = (
    Change.ANNOUNCED,
    Change.STARTED,
    Change.RESUMED,
    Change.EXTENDED,
    Change.REINFORCED,
    Change.RELOCATED,
    Change.REDUCED,
    Change.SUSPENDED,
    Change.WITHDRAWAL_ANNOUNCED,
    Change.WITHDRAWAL_STARTED,
    Change.ENDED,
)

STAGE: Final[Mapping[Change, int]] = MappingProxyType({change: stage for stage, change in enumerate(_STAGES)})
"""How late in the life of a mission a change comes: of two changes on one day the lower is the earlier one."""


@lru_cache(maxsize=1 << 16)
def span(date: PartialDate) -> tuple[int, int]:
    """The first and last day of a date as proleptic Gregorian ordinals (day 1 is 1 January of year 1)."""
    return date.first.toordinal(), date.last.toordinal()


def day_of(change: Change, occurred: PartialDate) -> dt.date:
    """The day that a date stands for in the order of changes: see `rank`."""
    return dt.date.fromordinal(rank(change, occurred)[0])


@lru_cache(maxsize=1 << 16)
def rank(change: Change, occurred: PartialDate) -> tuple[int, int, int, str]:
    """A key that sorts changes in the order in which they happened.

    A date that is no day stands for a day of its interval: the first for an announcement, the last for an end, those
    between for the other changes by `STAGE`. Any day of the interval keeps the order of dates that do not overlap;
    this one makes that of overlapping dates the likely one: what started "in 2022" comes before what happened in March
    2022, what ended "in 2022" after it. Doubts that remain are settled for good by stage, fineness and date.
    """
    first, last = span(occurred)
    stage = STAGE[change]
    return first + (last - first) * stage // (len(_STAGES) - 1), stage, last - first, str(occurred)
