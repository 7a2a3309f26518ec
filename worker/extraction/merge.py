"""One change an article: readings of the same change in several sentences are put together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from worker.missions.report import ReportedChange
from worker.missions.vocabulary import Change

_LEAVING: Final = frozenset({Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED})


def merged(changes: Iterable[ReportedChange]) -> list[ReportedChange]:
    """Merge what is the same change: same family, actors or mission, and theatre; the fuller reading leads."""
    kept: list[ReportedChange] = []
    for change in sorted(changes, key=lambda c: (c.background, c.evidence.start)):
        for index, other in enumerate(kept):
            if _same(change, other):
                kept[index] = _joined(other, change)
                break
        else:
            kept.append(change)
    return sorted(_consistent(kept), key=lambda c: c.evidence.start)


def _same(one: ReportedChange, other: ReportedChange) -> bool:
    same_change = one.change == other.change or {one.change, other.change} <= _LEAVING
    if not same_change or one.background != other.background:
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
        effective=lead.effective or other.effective,
        relocated_to=lead.relocated_to or other.relocated_to,
        reasons=tuple(dict.fromkeys(lead.reasons + other.reasons)),
    )


def _consistent(changes: Sequence[ReportedChange]) -> list[ReportedChange]:
    """Drop a decision to end what the same article reports as ended."""
    ended = [c for c in changes if c.change is Change.ENDED and not c.background]
    return [
        c
        for c in changes
        if c.background
        or c.change not in _LEAVING
        or not any(
            c.actors == end.actors and (c.mission is None or end.mission is None or c.mission == end.mission)
            for end in ended
        )
    ]
