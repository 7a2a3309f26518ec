"""Builders of domain values for tests: everything has a default, so that a test names only what it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from worker.missions.dates import PartialDate
from worker.missions.fold import Folded, fold
from worker.missions.observation import Coordinates, Observation, Source, Versions, observe
from worker.missions.report import Evidence, Extraction, ReportedChange, Strength
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Change, Qualifier, Reason, Scope

VERSIONS = Versions(code="1.0.0+rules", register="r1")


def evidence(quote: str = "The mission leaves.", start: int = 0, rule: str = "en.withdraw.active") -> Evidence:
    return Evidence(quote, start, start + len(quote), rule)


def reported(
    change: Change = Change.ENDED,
    occurred: str = "2022-02-17",
    *,
    mission: str | None = "minusma",
    actors: tuple[str, ...] = ("UN",),
    theatre: tuple[str, ...] = ("ML",),
    scope: Scope = Scope.MISSION,
    effective: str | None = None,
    relocated_to: str | None = None,
    reasons: tuple[Reason, ...] = (),
    background: bool = False,
    confidence: float = 0.8,
    quote: str = "The mission leaves.",
) -> ReportedChange:
    return ReportedChange(
        mission=mission,
        actors=actors,
        theatre=theatre,
        scope=scope,
        change=change,
        occurred=PartialDate.parse(occurred),
        effective=PartialDate.parse(effective) if effective else None,
        relocated_to=relocated_to,
        reasons=reasons,
        background=background,
        confidence=confidence,
        evidence=evidence(quote),
    )


def source(article: str = "a1", published: str = "2022-02-18", *, offset: int = 0) -> Source:
    return Source(
        article=article,
        published=PartialDate.parse(published),
        language="en",
        title="A title",
        url=f"https://news.example/{article}",
        source="news.example",
        topic="articles.raw",
        partition=3,
        offset=offset,
        timestamp_ms=1_645_142_400_000,
    )


def strength(actor: str = "UN", place: str = "ML", number: int = 2400) -> Strength:
    return Strength(
        actor=actor, place=place, count=number, qualifier=Qualifier.ABOUT, when=None, evidence=evidence(str(number))
    )


def observation(change: ReportedChange, article: str = "a1", published: str = "2022-02-18") -> Observation:
    """The one observation of an article that reports the one change."""
    (only,) = observe(Extraction(language="en", changes=(change,)), source(article, published), VERSIONS)
    return only


@dataclass(frozen=True)
class Named:
    """A mission of the register, as far as the timeline asks."""

    name: str
    predecessor: str | None = None
    successor: str | None = None


@dataclass(frozen=True)
class Register:
    """A register of two missions, one of which took over from the other."""

    by_slug: Mapping[str, Named] = field(
        default_factory=lambda: {
            "minusma": Named("MINUSMA", predecessor="afisma"),
            "afisma": Named("AFISMA", successor="minusma"),
        }
    )


def place(offset: int) -> Coordinates:
    return Coordinates("missions.observations", 1, offset)


def fold_all(observations: Iterable[Observation], timeline: Timeline | None = None) -> list[Folded]:
    """Fold observations of one subject one after another; what each of them gave."""
    folded = []
    for offset, each in enumerate(observations):
        folded.append(fold(timeline, each, place(offset), Register(), VERSIONS))
        timeline = folded[-1].timeline
    return folded
