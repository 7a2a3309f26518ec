"""What the page shows: subjects, the stretches of time under one status, and the changes with their sources."""

import datetime as dt
from dataclasses import dataclass

from worker.missions.dates import PartialDate
from worker.missions.vocabulary import Change, Reason, Scope, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What one article says of a change: its words, the rule that read them, and where they stand."""

    text: str
    rule: str
    title: str | None
    url: str | None
    source: str | None
    published: PartialDate
    language: str | None
    background: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Troops:
    """A figure of an article on the change: `about 2400 of FR in ML`."""

    actor: str
    place: str
    count: int
    qualifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A change as a mark on the axis.

    `day` is where it stands, the day that orders it; `first` and `last` are those of its date. `late`: it was reported
    when later ones were known already. `contradicts`: it does not fit what is known. `corrects` and `corrected`: it
    puts another change of the subject right, or another does it. `background`: articles only recall it. `sources` is
    the number of articles, of which `quotes` has the best.
    """

    change: Change
    status: Status
    before: Status | None
    occurred: PartialDate
    day: dt.date
    first: dt.date
    last: dt.date
    effective: PartialDate | None
    relocated_to: str | None
    actors: tuple[str, ...]
    theatre: tuple[str, ...]
    reasons: tuple[Reason, ...]
    confidence: float
    late: bool
    contradicts: bool
    corrects: bool
    corrected: bool
    background: bool
    sources: int
    quotes: tuple[Quote, ...]
    troops: tuple[Troops, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch of time under one status, from a day up to, and without, another; None: to this day."""

    status: Status
    first: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A subject.

    `group` is what it stands under: a mission and the contributions to it have one. `mission` is the name of the
    mission, None for one that the register does not know; `kind` is that of the mission in
    the register, `predecessor` and `successor` are names of missions.
    """

    subject: str
    group: str
    name: str
    mission: str | None
    scope: Scope
    kind: str | None
    predecessor: str | None
    successor: str | None
    status: Status | None
    since: PartialDate | None
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
