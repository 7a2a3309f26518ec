"""What the reading of one article yields: reported changes, troop strengths and near misses, each with its evidence."""

from dataclasses import dataclass, field

from worker.missions.dates import PartialDate
from worker.missions.vocabulary import Change, Factuality, Qualifier, Reason, Scope


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a claim rests on.

    `start` and `end` are offsets in code points into `Article.text`, `quote` is exactly what stands there,
    `rule` names the rule that read it (`nl.withdraw.separable`).
    """

    quote: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedChange:
    """One change of status that an article reports, in the terms of the domain.

    `actors` are ISO 3166-1 alpha-2 codes or organisations, `theatre` ISO codes or regions, both without
    doubles and in the order of importance. `mission` is a slug of the register, or None where the article
    does not identify one. `confidence` lies in 0–1.
    """

    mission: str | None
    actors: tuple[str, ...]
    theatre: tuple[str, ...]
    scope: Scope
    change: Change
    occurred: PartialDate
    effective: PartialDate | None = None
    relocated_to: str | None = None
    reasons: tuple[Reason, ...] = ()
    background: bool = False
    factuality: Factuality = Factuality.ASSERTED
    confidence: float = 1.0
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """A troop figure: `count` people of `actor` at `place`; `when` is None for the article's present."""

    actor: str
    place: str
    count: int
    qualifier: Qualifier
    when: PartialDate | None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A trigger that was read and not reported; `why` is a stable code (`denied`, `demanded`, `no_mission` …)."""

    change: Change
    why: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was read in one article.

    `skipped` is None when the article was read, else the code of why it was not (`irrelevant`,
    `language_unknown` …); `language` is an ISO 639-1 code or None where undetermined.
    """

    language: str | None = None
    changes: tuple[ReportedChange, ...] = field(default=())
    strengths: tuple[Strength, ...] = field(default=())
    near_misses: tuple[NearMiss, ...] = field(default=())
    skipped: str | None = None
