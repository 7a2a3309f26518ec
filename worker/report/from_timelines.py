"""Rows of timelines: all that is known, every source included."""

from collections.abc import Collection, Iterable

from worker.missions.event import StatusChanged
from worker.missions.order import day_of
from worker.missions.periods import periods
from worker.missions.timeline import Entry, Sighting, Timeline
from worker.report.model import Bar, Mark, Quote, Row, Troops
from worker.report.names import Missions, name_of


def rows(timelines: Iterable[Timeline], events: Iterable[StatusChanged], missions: Missions) -> list[Row]:
    """A row for each timeline. Whether a change came late, and its troop figures, stand in its `events` alone."""
    published = {event.id: event for event in events}
    return [_row(timeline, published, missions) for timeline in timelines]


def _row(timeline: Timeline, published: dict[str, StatusChanged], missions: Missions) -> Row:
    return Row(
        subject=timeline.subject,
        group=timeline.mission or timeline.subject,
        name=name_of(timeline.subject, timeline.mission_name),
        mission=timeline.mission_name,
        scope=timeline.scope,
        kind=missions.kind(timeline.mission),
        predecessor=missions.name(timeline.predecessor),
        successor=missions.name(timeline.successor),
        status=timeline.status,
        since=timeline.since,
        bars=tuple(Bar(status=it.status, first=it.first, until=it.until) for it in periods(timeline)),
        marks=tuple(
            _mark(entry, [published[it.id] for it in entry.events if it.id in published]) for entry in timeline.entries
        ),
    )


def _mark(entry: Entry, events: Collection[StatusChanged]) -> Mark:
    return Mark(
        change=entry.change,
        status=entry.status,
        before=entry.previous_status,
        occurred=entry.occurred,
        day=day_of(entry.change, entry.occurred),
        first=entry.occurred.first,
        last=entry.occurred.last,
        effective=entry.effective,
        relocated_to=entry.relocated_to,
        actors=entry.actors,
        theatre=entry.theatre,
        reasons=entry.reasons,
        confidence=entry.confidence,
        late=any(event.late for event in events),
        contradicts=entry.contradicts,
        corrects=entry.corrects is not None,
        corrected=entry.corrected,
        background=entry.background,
        sources=entry.sources,
        quotes=tuple(map(_quote, entry.sightings)),
        troops=troops(events),
    )


def _quote(sighting: Sighting) -> Quote:
    return Quote(
        text=sighting.quote,
        rule=sighting.rule,
        title=sighting.title,
        url=sighting.url,
        source=sighting.source,
        published=sighting.published,
        language=sighting.language,
        background=sighting.background,
    )


def troops(events: Iterable[StatusChanged]) -> tuple[Troops, ...]:
    """The troop figures of events, each once."""
    found = (
        Troops(actor=it.actor, place=it.place, count=it.count, qualifier=it.qualifier.value)
        for event in events
        for it in event.strengths
    )
    return tuple(dict.fromkeys(found))
