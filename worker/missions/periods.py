"""The life of a subject as stretches of time, each under one status: what a drawing of its timeline shows."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby, zip_longest
from operator import itemgetter

from worker.missions.history import stands
from worker.missions.order import day_of
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time under one status: from its `first` day up to, and without, the day `until`; None: to this day.

    A date that is a month or a year stands for the day of it that orders the changes: see `order.rank`.
    """

    status: Status
    first: dt.date
    until: dt.date | None


def periods(timeline: Timeline) -> tuple[Period, ...]:
    """The statuses of a subject one after another, without gaps, from the first change that is known to the last.

    Entries whose date a later report puts right are left out, as they are where the status of a day is asked for.
    """
    days: dict[dt.date, Status] = {}  # of two changes on one day the later one leaves its status behind
    for entry in timeline.entries:
        if stands(entry):
            days[day_of(entry.change, entry.occurred)] = entry.status
    starts = [next(group) for _, group in groupby(days.items(), key=itemgetter(1))]
    ends = [day for day, _ in starts[1:]]
    return tuple(Period(status, day, end) for (day, status), end in zip_longest(starts, ends))
