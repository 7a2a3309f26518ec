"""The timeline of a subject: the changes that are known of it, in the order in which they happened.

A timeline has `entries`, one a change. An entry rests on `claims`, one for each date that articles give for it; a claim
on `sightings`, one an observation. All that an entry says is derived from its claims, and those depend only on which
observations there are, not on the order in which they came. Only `events`, the record of what was published, knows
that order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from worker.missions.dates import PartialDate
from worker.missions.observation import Coordinates, Versions
from worker.missions.vocabulary import Change, Reason, Scope, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What the timeline keeps of an observation.

    `observation` is its identifier, `article` that of its article. `quote` and `title` are cut to a bounded length.
    """

    observation: str
    article: str
    published: PartialDate
    language: str | None
    title: str | None
    url: str | None
    source: str | None
    actors: tuple[str, ...]
    theatre: tuple[str, ...]
    effective: PartialDate | None
    relocated_to: str | None
    reasons: tuple[Reason, ...]
    background: bool
    confidence: float
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Published:
    """An event that was published: its `id` and `sequence`."""

    id: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One date that articles give for a change, and who gives it.

    `sightings` are the best few, in their canonical order, `seen` is how many there were. `events` are those that were
    published on the strength of this claim.
    """

    occurred: PartialDate
    sightings: tuple[Sighting, ...]
    seen: int
    events: tuple[Published, ...] = ()

    @property
    def news(self) -> bool:
        """Whether an article reports the change as news: not all of them only recall it."""
        return not self.sightings[0].background


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change in the history of a subject, merged from all articles that report it.

    `status` is what it leaves behind, `previous_status` what held before it. `background`: articles only recall it, so
    that it was not published. `reported` is when the first article that reports it appeared. `sources` is the number of
    articles; beyond the bound on sightings each observation counts as one. `confidence`, in 0–1, is that of the best
    sighting, lowered where the change `contradicts` what is known before it. `corrects` is the `key` of the entry that
    this one puts right, `corrected` tells that another entry puts this one right.
    """

    change: Change
    status: Status
    previous_status: Status | None
    occurred: PartialDate
    effective: PartialDate | None
    relocated_to: str | None
    actors: tuple[str, ...]
    theatre: tuple[str, ...]
    reasons: tuple[Reason, ...]
    background: bool
    reported: PartialDate
    sources: int
    confidence: float
    contradicts: bool
    corrects: str | None
    corrected: bool
    claims: tuple[Claim, ...]

    @property
    def key(self) -> str:
        """What names the entry within its timeline: `withdrawal_announced@2022-02-17`."""
        return f"{self.change}@{self.occurred}"

    def claim(self, occurred: PartialDate) -> Claim | None:
        """The claim of exactly this date."""
        return next((claim for claim in self.claims if claim.occurred == occurred), None)

    @property
    def events(self) -> tuple[Published, ...]:
        """What was published of this change, oldest first; usually one event, none for background."""
        events = [event for claim in self.claims for event in claim.events]
        return tuple(sorted(events, key=attrgetter("sequence")) if len(events) > 1 else events)

    @property
    def sightings(self) -> Iterator[Sighting]:
        """The observations that the entry rests on, as far as they are kept."""
        return (sighting for claim in self.claims for sighting in claim.sightings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All that is known of a subject: the record of `missions.status`, under the subject's key.

    `mission`, `mission_name`, `predecessor` and `successor` are as in `StatusChanged`. `status` is the present one and
    `since` the date of the change that brought it about. `sequence` is that of the last event published (0: none),
    `observations` the number of observations folded in, without repetitions that were recognised. `forgotten` of them
    were dropped at the bound, all of them on changes up to `horizon`. `last_observation`, at `last_observed_at`, is
    the one folded in last, by the code and register of `versions`.
    """

    subject: str
    mission: str | None
    mission_name: str | None
    predecessor: str | None
    successor: str | None
    scope: Scope
    status: Status | None
    since: PartialDate | None
    entries: tuple[Entry, ...]
    sequence: int
    observations: int
    forgotten: int
    horizon: PartialDate | None
    last_observation: str
    last_observed_at: Coordinates
    versions: Versions
