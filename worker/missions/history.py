"""The entries of a timeline in their order, and what follows from it: statuses, contradictions and corrections."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise

from worker.missions.dates import PartialDate
from worker.missions.merge import confidence_of
from worker.missions.order import rank, span
from worker.missions.timeline import Entry
from worker.missions.transitions import CONTRADICTED_CONFIDENCE, fits
from worker.missions.vocabulary import Change, Status
from worker.missions.windows import ONCE


def settle(entries: Iterable[Entry], *, registered: bool) -> tuple[Entry, ...]:
    """The entries in the order in which they happened, each with what depends on those around it."""
    ordered = sorted(entries, key=lambda entry: rank(entry.change, entry.occurred))
    corrections = {id(later): former for later, former in chain(_other_dates(ordered), _reversals(ordered))}
    corrected = {id(former) for former in corrections.values()}
    settled = []
    before: Entry | None = None
    for entry in ordered:
        status = before.status if before is not None else None
        again = before is not None and before.change is entry.change and entry.change in ONCE
        settled.append(
            _placed(
                entry,
                previous_status=status,
                contradicts=not again and not fits(entry.change, status, registered=registered),
                corrects=former.key if (former := corrections.get(id(entry))) is not None else None,
                corrected=id(entry) in corrected,
            )
        )
        before = entry
    return tuple(settled)


def stands(entry: Entry) -> bool:
    """Whether the date of a settled entry holds: no later report dates the same change otherwise."""
    return not (entry.corrected and entry.change in ONCE)


def present(entries: Sequence[Entry]) -> tuple[Status, PartialDate]:
    """The status that the last of settled entries leaves behind, and the date since which it holds.

    Other changes may have come since, as long as they left the same status behind; of what is told with several dates
    the date that stands counts. Raises IndexError for no entries.
    """
    status = entries[-1].status
    since = entries[-1].occurred
    for entry in reversed(entries):
        if entry.status is not status:
            break
        if stands(entry):
            since = entry.occurred
    return status, since


def _placed(
    entry: Entry, *, previous_status: Status | None, contradicts: bool, corrects: str | None, corrected: bool
) -> Entry:
    found = (entry.previous_status, entry.contradicts, entry.corrects, entry.corrected)
    if found == (previous_status, contradicts, corrects, corrected):
        return entry
    confidence = entry.confidence
    if contradicts is not entry.contradicts:
        confidence = confidence_of(entry.claims) * (CONTRADICTED_CONFIDENCE if contradicts else 1)
    return replace(
        entry,
        previous_status=previous_status,
        contradicts=contradicts,
        corrects=corrects,
        corrected=corrected,
        confidence=confidence,
    )


def _other_dates(ordered: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """What happens once and is told with several dates: each entry with the one reported before it, which it corrects.

    News counts as reported after what is only recalled, however late that was: it is nearer to the change.
    """
    for change, run in groupby(ordered, key=lambda entry: entry.change):
        if change in ONCE:
            reports = sorted(run, key=lambda it: (not it.background, span(it.reported), rank(change, it.occurred)))
            for former, later in pairwise(reports):
                yield later, former


def _reversals(ordered: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """A mission that is to end and is extended: the extension with the decision to leave, which it reverses.

    Not where the extension runs out before the departure is to be complete: it only covers the departure.
    """
    decision: Entry | None = None
    for entry in ordered:
        if entry.status is Status.ENDING:
            if decision is None or entry.change is Change.WITHDRAWAL_ANNOUNCED:
                decision = entry
        else:
            if decision is not None and entry.change is Change.EXTENDED and not _within(entry, decision):
                yield entry, decision
            decision = None


def _within(extension: Entry, decision: Entry) -> bool:
    ends, leaves = extension.effective, decision.effective
    return ends is not None and leaves is not None and ends.first <= leaves.last
