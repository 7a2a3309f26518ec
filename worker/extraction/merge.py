"""One change an article: readings of the same change in several sentences are put together."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from worker.missions.dates import PartialDate
from worker.missions.report import ReportedChange
from worker.missions.vocabulary import Change

_LEAVING: Final = frozenset({Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED})


def merged(changes: Iterable[ReportedChange]) -> list[ReportedChange]:
    """Merge what is the same change: same family, actors or mission, and theatre; the fuller reading leads."""
    kept: list[ReportedChange] = []
    for change in sorted(changes, key=lambda c: (c.background, c.evidence.start)):
        for index, other in enumerate(kept):
            if same_change(change, other):
                kept[index] = _joined(other, change)
                break
        else:
            kept.append(change)
    return kept


def same_change(one: ReportedChange, other: ReportedChange) -> bool:
    """Whether two readings are of one change: same family, mission or actors, and theatre."""
    alike = one.change == other.change or {one.change, other.change} <= _LEAVING
    if not alike or one.background != other.background:
        return False
    if one.mission and other.mission and one.mission != other.mission:
        return False
    if not set(one.theatre) & set(other.theatre):
        return False
    if one.background and not one.occurred.overlaps(other.occurred):
        return False
    return bool(set(one.actors) & set(other.actors))


def _joined(first: ReportedChange, second: ReportedChange) -> ReportedChange:
    lead, other = (first, second) if first.confidence >= second.confidence else (second, first)
    change = lead.change
    if {first.change, second.change} == _LEAVING:
        change = Change.WITHDRAWAL_STARTED
    finer = min((first, second), key=lambda c: -c.occurred.precision).occurred
    return replace(
        lead,
        change=change,
        mission=lead.mission or other.mission,
        occurred=finer if lead.occurred.overlaps(finer) else lead.occurred,
        effective=_completion(lead, other),
        relocated_to=lead.relocated_to or other.relocated_to,
        reasons=tuple(dict.fromkeys(lead.reasons + other.reasons)),
    )


def _completion(lead: ReportedChange, other: ReportedChange) -> PartialDate | None:
    """When a merged change takes effect: of two dates of a departure the later, which is that of its completion."""
    if lead.change in _LEAVING and lead.effective and other.effective:
        return max(lead.effective, other.effective, key=lambda date: date.last)
    return lead.effective or other.effective


def consistent(changes: Iterable[ReportedChange]) -> list[ReportedChange]:
    """Of changes of the same forces that exclude each other, the likelier: who ends does not begin."""
    kept: list[ReportedChange] = []
    for change in sorted(changes, key=lambda it: (-it.confidence, it.evidence.start)):
        if not any(_excludes(other, change) for other in kept if not other.background):
            kept.append(change)
    return sorted(kept, key=lambda it: it.evidence.start)


_TOGETHER: Final = frozenset(
    {
        frozenset({Change.EXTENDED, Change.REINFORCED}),
        frozenset({Change.EXTENDED, Change.REDUCED}),
        frozenset({Change.EXTENDED, Change.WITHDRAWAL_ANNOUNCED}),  # a last extension (domain, ruling 5)
        frozenset({Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED}),
        frozenset({Change.REDUCED, Change.REINFORCED}),  # fewer soldiers, more police (ruling 23)
    }
)
"""What one article tells of the same forces together; all other pairs are two readings of one event."""


def _excludes(one: ReportedChange, other: ReportedChange) -> bool:
    """Whether two changes can't both be news of the same forces."""
    if other.background or one.change is other.change or frozenset({one.change, other.change}) in _TOGETHER:
        return False
    if one.mission and other.mission and one.mission != other.mission:
        return False
    return one.actors == other.actors and not set(one.theatre).isdisjoint(other.theatre)
