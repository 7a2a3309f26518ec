"""The fold: a timeline and one more observation give the next timeline, and what was new in it."""

from dataclasses import dataclass

from worker.missions.event import StatusChanged
from worker.missions.history import present
from worker.missions.observation import Coordinates, Observation, Versions
from worker.missions.outcome import Outcome, judge, refined, with_event
from worker.missions.publish import Identity, Missions, event_of
from worker.missions.remember import holds, remember
from worker.missions.subject import scope_of
from worker.missions.timeline import Published, Timeline


@dataclass(frozen=True, slots=True)
class Folded:
    """The next timeline, what the observation was to it, and the event to publish, if any."""

    timeline: Timeline
    outcome: Outcome
    event: StatusChanged | None = None


def fold(
    timeline: Timeline | None, observation: Observation, at: Coordinates, missions: Missions, versions: Versions
) -> Folded:
    """Fold an observation, which stands `at` a place of its topic, into the timeline of its subject (None: the first).

    The entries of the result, but for their events, depend on which observations were folded in, not on their order
    (up to the bound, see `bounds`). What is published does depend on it: an event says what was known when it was
    written. Raises ValueError for an observation of another subject.
    """
    if timeline is None:
        timeline = _opened(observation, at, versions)
    elif timeline.subject != observation.subject:
        raise ValueError(f"an observation of {observation.subject!r} is not for the timeline of {timeline.subject!r}")
    if holds(timeline, observation):
        return Folded(timeline, Outcome.DUPLICATE)
    memory = remember(timeline, observation)
    entries, report = list(memory.entries), observation.report
    index = next((i for i, it in enumerate(entries) if it.change is report.change and it.claim(report.occurred)), None)
    identity = Identity.of(timeline.mission, missions)
    outcome, event, sequence = Outcome.FORGOTTEN, None, timeline.sequence
    if index is not None:
        outcome, corrects = judge(entries, index, observation)
        if outcome in {Outcome.CHANGED, Outcome.CORRECTED}:
            sequence += 1
            event = event_of(
                observation, entries, index, corrects, sequence, identity=identity, at=at, versions=versions
            )
            entries[index] = with_event(entries[index], report.occurred, Published(event.id, sequence))
        elif not report.background:
            entries[index] = refined(entries[index], report.occurred)
    status, since = present(entries)
    folded = Timeline(
        subject=timeline.subject,
        mission=timeline.mission,
        mission_name=identity.mission_name,
        predecessor=identity.predecessor,
        successor=identity.successor,
        scope=timeline.scope,
        status=status,
        since=since,
        entries=tuple(entries),
        sequence=sequence,
        observations=timeline.observations + 1,
        forgotten=memory.forgotten,
        horizon=memory.horizon,
        last_observation=observation.id,
        last_observed_at=at,
        versions=versions,
    )
    return Folded(folded, outcome, event)


def _opened(observation: Observation, at: Coordinates, versions: Versions) -> Timeline:
    """The timeline of a subject of which nothing is known."""
    return Timeline(
        subject=observation.subject,
        mission=observation.report.mission,
        mission_name=None,
        predecessor=None,
        successor=None,
        scope=scope_of(observation.subject),
        status=None,
        since=None,
        entries=(),
        sequence=0,
        observations=0,
        forgotten=0,
        horizon=None,
        last_observation=observation.id,
        last_observed_at=at,
        versions=versions,
    )
