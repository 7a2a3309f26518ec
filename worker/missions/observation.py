"""Observations: what one article reports about one subject, and where it came from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from worker.articles.article import Article
from worker.missions.codes import REGION_COUNTRIES
from worker.missions.dates import PartialDate
from worker.missions.identity import content_id
from worker.missions.order import rank
from worker.missions.report import Extraction, ReportedChange, Strength
from worker.missions.subject import actor_of, subjects
from worker.missions.vocabulary import Scope


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Where a record stands in the log: a topic's name, a partition and an offset in it, both from 0."""

    topic: str
    partition: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What produced a record: the version of the code with its rules, and that of the register's data."""

    code: str
    register: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The article behind a claim, and the record that brought it.

    `language` is an ISO 639-1 code, `timestamp_ms` the record's time in milliseconds since the Unix epoch; what the
    article does not tell is None.
    """

    article: str
    published: PartialDate
    language: str | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    topic: str
    partition: int
    offset: int
    timestamp_ms: int | None = None

    @classmethod
    def of(cls, article: Article, language: str | None, at: Coordinates, timestamp_ms: int | None) -> "Source":
        """The source that a decoded article at the given place of the log is."""
        return cls(
            article=article.id,
            published=article.published,
            language=language or article.language,
            title=article.title,
            url=article.url,
            source=article.source,
            topic=at.topic,
            partition=at.partition,
            offset=at.offset,
            timestamp_ms=timestamp_ms,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One reported change of one subject.

    `report` is the change as the article tells it, its actors narrowed to the contributor where the subject is a
    contribution. `strengths` are the troop figures of the article that concern the subject. `id` is the UUIDv5 of the
    content: all but the place in the log and the versions, so that an article that is delivered or read again gives
    the same observations.
    """

    id: str
    subject: str
    report: ReportedChange
    strengths: tuple[Strength, ...] = ()
    source: Source
    versions: Versions

    def content_id(self) -> str:
        """The identifier that the content has; an observation whose `id` is another was tampered with."""
        return _identify(self.subject, self.report, self.strengths, self.source)


def observe(extraction: Extraction, source: Source, versions: Versions) -> tuple[Observation, ...]:
    """What an article reports, one observation for each change and subject; those that recall the past included.

    They come in the order in which the changes happened, so that an article that tells of an extension and of the end
    that follows it leaves the subject `ending`, whatever the order of its sentences.
    """
    changes = sorted(extraction.changes, key=lambda change: rank(change.change, change.occurred))
    return tuple(
        _observation(subject, report, extraction, source, versions)
        for change in changes
        for subject, report in _by_subject(change)
    )


def _observation(
    subject: str, report: ReportedChange, extraction: Extraction, source: Source, versions: Versions
) -> Observation:
    strengths = tuple(strength for strength in extraction.strengths if _concerns(strength, report))
    return Observation(
        id=_identify(subject, report, strengths, source),
        subject=subject,
        report=report,
        strengths=strengths,
        source=source,
        versions=versions,
    )


def _by_subject(change: ReportedChange) -> Iterator[tuple[str, ReportedChange]]:
    for subject in subjects(change):
        actor = actor_of(subject)
        if change.scope is Scope.CONTRIBUTION and actor in change.actors:
            yield subject, replace(change, actors=(actor,))
        else:
            yield subject, change


def _concerns(strength: Strength, change: ReportedChange) -> bool:
    """Whether a troop figure is one of the change's actors, and of a place that the change is about.

    That is its theatre, the place where forces go on, a region around these, or a country in a region that is the
    theatre: the figures of a force in several countries are given for their region.
    """
    if strength.actor not in change.actors:
        return False
    places = {*change.theatre, change.relocated_to}
    around = REGION_COUNTRIES.get(strength.place, frozenset())
    return (
        strength.place in places
        or not around.isdisjoint(change.theatre)
        or any(strength.place in REGION_COUNTRIES.get(theatre, ()) for theatre in change.theatre)
    )


def _identify(subject: str, report: ReportedChange, strengths: tuple[Strength, ...], source: Source) -> str:
    evidence = report.evidence
    return content_id(
        "observation",
        (
            subject,
            (source.article, source.published, source.language, source.title, source.url, source.source),
            (report.mission, report.actors, report.theatre, report.scope, report.change),
            (report.occurred, report.effective, report.relocated_to, report.reasons),
            (report.background, report.factuality, report.confidence),
            (evidence.quote, evidence.start, evidence.end, evidence.rule),
            strength_parts(strengths),
        ),
    )


def strength_parts(strengths: tuple[Strength, ...]) -> tuple[tuple[object, ...], ...]:
    """What of troop figures goes into the identifier of the record that holds them."""
    return tuple(
        (item.actor, item.place, item.count, item.qualifier, item.when, item.evidence.start, item.evidence.end)
        for item in strengths
    )
