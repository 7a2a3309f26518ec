"""The event that a new change becomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from worker.missions.event import StatusChanged
from worker.missions.history import stands
from worker.missions.observation import Coordinates, Observation, Versions
from worker.missions.timeline import Entry
from worker.missions.transitions import CONTRADICTED_CONFIDENCE, fits


class Mission(Protocol):
    """What the timeline needs to know of a mission."""

    @property
    def name(self) -> str:
        """What the mission calls itself."""

    @property
    def predecessor(self) -> str | None:
        """The slug of the mission that it took over from."""

    @property
    def successor(self) -> str | None:
        """The slug of the mission that it handed over to."""


class Missions(Protocol):
    """The register, as far as the timeline needs it."""

    @property
    def by_slug(self) -> Mapping[str, Mission]:
        """The missions that are known."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which mission a subject is about; all None where the register does not know it."""

    mission: str | None = None
    mission_name: str | None = None
    predecessor: str | None = None
    successor: str | None = None

    @classmethod
    def of(cls, slug: str | None, missions: Missions) -> "Identity":
        """The identity of a mission; its slug alone where a former register had it and this one has not."""
        mission = missions.by_slug.get(slug) if slug is not None else None
        if mission is None:
            return cls(slug)
        return cls(slug, mission.name, mission.predecessor, mission.successor)


def event_of(
    observation: Observation,
    entries: Sequence[Entry],
    index: int,
    corrects: str | None,
    sequence: int,
    *,
    identity: Identity,
    at: Coordinates,
    versions: Versions,
) -> StatusChanged:
    """The event of the observation that brought the entry at `index` of a timeline.

    It says what the article says; where that stands in the history is what the timeline says. `corrects` is the
    identifier of the event that it puts right.
    """
    entry, report = entries[index], observation.report
    contradicts = _contradicts(entries, index, registered=identity.mission is not None)
    return StatusChanged(
        subject=observation.subject,
        sequence=sequence,
        mission=identity.mission,
        mission_name=identity.mission_name,
        predecessor=identity.predecessor,
        successor=identity.successor,
        actors=report.actors,
        theatre=report.theatre,
        scope=report.scope,
        change=report.change,
        status=entry.status,
        previous_status=entry.previous_status,
        occurred=report.occurred,
        effective=report.effective,
        relocated_to=report.relocated_to,
        reasons=report.reasons,
        late=index < len(entries) - 1,
        contradicts=contradicts,
        corrects=corrects,
        confidence=report.confidence * (CONTRADICTED_CONFIDENCE if contradicts else 1),
        evidence=report.evidence,
        strengths=observation.strengths,
        sources=entry.sources,
        source=observation.source,
        observation=observation.id,
        observed_at=at,
        versions=versions,
    )


def _contradicts(entries: Sequence[Entry], index: int, *, registered: bool) -> bool:
    """Whether a change does not fit what came before it, what came after it, or a later report of the same change."""
    entry = entries[index]
    if entry.contradicts or not stands(entry):
        return True
    if index + 1 == len(entries):
        return False
    after = entries[index + 1]
    return after.contradicts and fits(after.change, entry.previous_status, registered=registered)
