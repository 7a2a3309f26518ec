"""What an observation is to a timeline that holds it already: news to publish, or one more source."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from worker.missions.clusters import gap
from worker.missions.dates import PartialDate
from worker.missions.observation import Observation
from worker.missions.timeline import Entry, Published
from worker.missions.windows import WINDOW


class Outcome(StrEnum):
    """What an observation was to the timeline of its subject. The first two come with an event, the others without.

    * `changed`: a change that was not published yet.
    * `corrected`: a change that puts right one that was published: another date, or a decision reversed.
    * `corroborated`: one more source of a change that is known.
    * `recalled`: a change that was not known and that the article only recalls: history, which the timeline keeps and
      which is not reported as news.
    * `duplicate`: the very same observation again. Nothing changes.
    * `forgotten`: older than what the timeline keeps, so that it cannot be judged. It is counted.
    """

    CHANGED = "changed"
    CORRECTED = "corrected"
    CORROBORATED = "corroborated"
    RECALLED = "recalled"
    DUPLICATE = "duplicate"
    FORGOTTEN = "forgotten"


def judge(entries: Sequence[Entry], index: int, observation: Observation) -> tuple[Outcome, str | None]:
    """What an observation was to the entry at `index`, which it is part of now, and the event that it corrects.

    An entry that was not published is published with its first news. One that was is put right when the date that the
    timeline settles on is no longer near the one published, and it is this observation that gives it.
    """
    entry, report = entries[index], observation.report
    events = entry.events
    if report.background:
        alone = sum(claim.seen for claim in entry.claims) == 1
        return (Outcome.RECALLED if alone else Outcome.CORROBORATED), None
    if not events:
        former = next((it.events for it in entries if entry.corrects == it.key), ()) if entry.corrects else ()
        return (Outcome.CORRECTED, former[-1].id) if former else (Outcome.CHANGED, None)
    published = next(claim.occurred for claim in entry.claims if events[-1] in claim.events)
    if entry.occurred == report.occurred and gap(published, report.occurred) > WINDOW[entry.change]:
        return Outcome.CORRECTED, events[-1].id
    return Outcome.CORROBORATED, None


def with_event(entry: Entry, occurred: PartialDate, event: Published) -> Entry:
    """The entry with an event that was published on the strength of its claim of the given date."""
    claims = [
        replace(claim, events=(*claim.events, event)) if claim.occurred == occurred else claim for claim in entry.claims
    ]
    return replace(entry, claims=tuple(claims))


def refined(entry: Entry, occurred: PartialDate) -> Entry:
    """The entry after news of the given date corroborated it.

    Where that is finer than the dates published, the last event goes over to it: it is the claim by which the change
    will be known from now on, whatever other change the coarser dates may turn out to be nearer to.
    """
    anchors = [claim for claim in entry.claims if claim.events]
    if not anchors or max(claim.occurred.precision for claim in anchors) >= occurred.precision:
        return entry
    last = entry.events[-1]
    without = [replace(claim, events=tuple(it for it in claim.events if it != last)) for claim in entry.claims]
    return with_event(replace(entry, claims=tuple(without)), occurred, last)
