"""The product: one event for each change of a mission's status that was not known before."""

from dataclasses import dataclass

from worker.missions.dates import PartialDate
from worker.missions.identity import content_id
from worker.missions.observation import Coordinates, Source, Versions, strength_parts
from worker.missions.report import Evidence, Strength
from worker.missions.vocabulary import Change, Reason, Scope, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged:
    """The status of a subject changed, and the article that said so first.

    What changed
        `mission` is the slug in the register, `mission_name` its name there, `predecessor` and `successor` the slugs
        that the register links it with; all None for a mission that the register does not know. `actors`, `theatre`,
        `scope`, `change`, `occurred`, `effective`, `relocated_to` and `reasons` are as the article reports them.

    Where it stands in the history of the subject
        `status` is what the change leaves behind, `previous_status` what held before it as of `occurred`, None where
        nothing earlier is known. `sequence` counts the events of the subject from 1, without gaps, in the order of
        publication. `late`: changes that happened later are known already, so that this one is history and does not
        set the present status. `contradicts`: the change does not fit what is known (an ended mission that is
        extended); `confidence`, in 0–1, is lowered for it. `corrects` is the `id` of the event that this one puts
        right: another date for the same change, or a decision that is reversed.

    What it rests on
        `evidence` and `strengths` are those of the article `source`; `sources` is the number of articles known to
        report the change when it was published. `observation` is the identifier of the observation that it came from,
        `observed_at` where that stands in the log, `versions` what decided on the event.

    `id` is the UUIDv5 of the content: all but places in the log and versions, so that the same observations in the same
    order give the same identifiers in any topic. It is filled in where it is left out. When an event was written is for
    the writer to add.
    """

    id: str = ""
    subject: str
    sequence: int
    mission: str | None
    mission_name: str | None
    predecessor: str | None
    successor: str | None
    actors: tuple[str, ...]
    theatre: tuple[str, ...]
    scope: Scope
    change: Change
    status: Status
    previous_status: Status | None
    occurred: PartialDate
    effective: PartialDate | None
    relocated_to: str | None
    reasons: tuple[Reason, ...]
    late: bool
    contradicts: bool
    corrects: str | None
    confidence: float
    evidence: Evidence
    strengths: tuple[Strength, ...]
    sources: int
    source: Source
    observation: str
    observed_at: Coordinates
    versions: Versions

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", self.content_id())

    def content_id(self) -> str:
        """The identifier that the content has; an event whose `id` is another was tampered with."""
        evidence = self.evidence
        return content_id(
            "mission-status-changed",
            (
                (self.subject, self.sequence, self.observation),
                (self.mission, self.mission_name, self.predecessor, self.successor),
                (self.actors, self.theatre, self.scope),
                (self.change, self.status, self.previous_status),
                (self.occurred, self.effective, self.relocated_to, self.reasons),
                (self.late, self.contradicts, self.corrects, self.confidence, self.sources),
                (evidence.quote, evidence.start, evidence.end, evidence.rule),
                strength_parts(self.strengths),
            ),
        )
