"""The state of a subject on a day, as far as its timeline knows today, and what should have happened by then."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from worker.missions.dates import PartialDate
from worker.missions.history import present, stands
from worker.missions.timeline import Entry, Timeline
from worker.missions.vocabulary import Change, Status


class Awaited(StrEnum):
    """What is to come on the date from which a change takes effect."""

    START = "start"
    RENEWAL = "renewal"
    RESUMPTION = "resumption"
    END = "end"


AWAITED: Final[Mapping[Change, Awaited]] = MappingProxyType(
    {
        Change.ANNOUNCED: Awaited.START,
        Change.EXTENDED: Awaited.RENEWAL,
        Change.SUSPENDED: Awaited.RESUMPTION,
        Change.WITHDRAWAL_ANNOUNCED: Awaited.END,
        Change.WITHDRAWAL_STARTED: Awaited.END,
    }
)
"""What each change lets await; the others take effect without leaving anything open."""


@dataclass(frozen=True, slots=True)
class Due:
    """A date that has passed without news: `awaited` was to come on `effective`, by what `entry` says.

    A mandate that has run out, say. It is for a person to look into; the status stays until an article reports another.
    """

    awaited: Awaited
    effective: PartialDate
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What holds on a day.

    `status` holds `since` that date, by the `entry` that set it last; `effective` is when it is to change or takes
    effect, None where nobody says. `due` lists what should have come before.
    """

    status: Status
    since: PartialDate
    effective: PartialDate | None
    entry: Entry
    due: tuple[Due, ...]

    @property
    def contradicted(self) -> bool:
        """Whether the change that set the status does not fit what was known before it."""
        return self.entry.contradicts

    @property
    def sources(self) -> int:
        """The articles that report the change that set the status."""
        return self.entry.sources

    @property
    def confidence(self) -> float:
        """How sure the change that set the status is, in 0–1."""
        return self.entry.confidence


def state_on(timeline: Timeline, day: dt.date) -> State | None:
    """The state of a subject on a day; None where nothing is known to have happened by then.

    It is today's knowledge of that day, not what was known on it: what was reported later counts, corrections too. A
    month or a year counts from its first day on.
    """
    entries = [entry for entry in timeline.entries if stands(entry) and entry.occurred.first <= day]
    if not entries:
        return None
    status, since = present(entries)
    return State(status=status, since=since, effective=_effective(entries), entry=entries[-1], due=_due(entries, day))


def due_on(timeline: Timeline, day: dt.date) -> tuple[Due, ...]:
    """What should have happened before a day, by the dates that articles give, and is not known to have."""
    state = state_on(timeline, day)
    return state.due if state is not None else ()


def _effective(entries: Sequence[Entry]) -> PartialDate | None:
    """The date set last by the changes that left the present status behind."""
    for entry in reversed(entries):
        if entry.status is not entries[-1].status:
            break
        if entry.effective is not None:
            return entry.effective
    return None


def _due(entries: Sequence[Entry], day: dt.date) -> tuple[Due, ...]:
    return tuple(
        Due(AWAITED[entry.change], entry.effective, entry)
        for place, entry in enumerate(entries)
        if entry.change in AWAITED
        and entry.effective is not None
        and entry.effective.last < day
        and not any(_answers(later, entry) for later in entries[place + 1 :])
    )


def _answers(later: Entry, entry: Entry) -> bool:
    """Whether a later change is what an entry let await, or sets another date for it.

    A change that leaves another status behind does: things took another course. One that contradicts what is known does
    not. A mandate that is extended again is renewed, until when ever; other dates hold until another is set.
    """
    if later.status is not entry.status:
        return not later.contradicts
    if AWAITED.get(later.change) is not AWAITED[entry.change]:
        return False
    return later.effective is not None or later.change is Change.EXTENDED
