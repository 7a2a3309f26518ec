"""One change an article: readings of the same change in several sentences are put together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from worker.missions.dates import PartialDate
from worker.missions.report import ReportedChange
from worker.missions.vocabulary import Change

_LEAVING: Final = frozenset({Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED})


def merged(changes: Iterable[ReportedChange], title_end: int = 0) -> list[ReportedChange]:
    """Merge what is the same change: same family, actors or mission, and theatre; the fuller reading leads.

    `title_end` is where the headline ends, which may claim more than the text.
    """
    kept: list[ReportedChange] = []
    for change in sorted(changes, key=lambda c: (c.background, c.evidence.start)):
        for index, other in enumerate(kept):
            if same_change(change, other):
                kept[index] = _joined(other, change)
                break
        else:
            kept.append(change)
    return sorted(_consistent(kept, title_end), key=lambda c: c.evidence.start)


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


def _consistent(changes: Sequence[ReportedChange], title_end: int) -> list[ReportedChange]:
    """Drop what another change of the same forces makes idle (`_IDLE_BESIDE`).

    In the text, a reduction on the way out is idle too; in the headline, a departure where the text tells of a mere
    reduction or a move; and anywhere, a move that only says where those who leave go.
    """
    news = [c for c in changes if not c.background]
    going = {(c.mission, c.actors, c.relocated_to) for c in changes if c.change in _GONE}
    moved = [c for c in news if c.change is Change.RELOCATED]
    reduced = [c for c in news if c.change is Change.REDUCED]
    leaving = [c for c in news if c.change in _LEAVING and c.evidence.end > title_end]

    def idle(c: ReportedChange) -> bool:
        if any(_of_same(c, other) for other in news if other.change in _IDLE_BESIDE.get(c.change, ())):
            return True
        if c.change in _GONE and c.evidence.end <= title_end:
            return any(_of_same(c, other) for other in reduced) or any(_of_move(c, other) for other in moved)
        if c.change is Change.REDUCED and c.evidence.end > title_end:
            return any(_of_same(c, other) for other in leaving)
        return c.change is Change.RELOCATED and (c.mission, c.actors, c.relocated_to) in going

    return [c for c in changes if c.background or not idle(c)]


_IDLE_BESIDE: Final = {
    Change.WITHDRAWAL_ANNOUNCED: frozenset({Change.ENDED, Change.SUSPENDED}),
    Change.WITHDRAWAL_STARTED: frozenset({Change.ENDED, Change.SUSPENDED}),
    Change.SUSPENDED: frozenset({Change.ENDED, Change.RESUMED}),
    Change.ANNOUNCED: frozenset({Change.RESUMED, Change.EXTENDED}),
}
"""What tells nothing new beside another change of the same forces: a decision beside its execution."""


def _of_same(one: ReportedChange, other: ReportedChange) -> bool:
    """Whether two changes are of the same forces."""
    same_mission = one.mission is None or other.mission is None or one.mission == other.mission
    return one.actors == other.actors and same_mission


def _of_move(leaving: ReportedChange, move: ReportedChange) -> bool:
    """Whether forces that a headline lets leave only move from there, whatever mission they are taken for."""
    return leaving.actors == move.actors and bool(set(leaving.theatre) & set(move.theatre))


_GONE: Final = _LEAVING | {Change.ENDED}
"""What a headline may make of a reduction: *second battlegroup comes home*."""
