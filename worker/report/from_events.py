"""Rows of events alone: what was published, each change with the article that reported it first."""

from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest
from operator import attrgetter

from worker.missions.event import StatusChanged
from worker.missions.order import day_of, rank
from worker.missions.subject import scope_of
from worker.missions.windows import ONCE
from worker.report.from_timelines import troops
from worker.report.model import Bar, Mark, Quote, Row
from worker.report.names import Missions, name_of


def rows(events: Iterable[StatusChanged], missions: Missions) -> list[Row]:
    """A row for each subject of the events, in alphabetical order."""
    ordered = sorted(events, key=lambda it: (it.subject, rank(it.change, it.occurred), it.sequence))
    return [_row(subject, list(group), missions) for subject, group in groupby(ordered, key=attrgetter("subject"))]


def _row(subject: str, events: Sequence[StatusChanged], missions: Missions) -> Row:
    wrong = {event.corrects for event in events}
    marks = tuple(_mark(event, corrected=event.id in wrong) for event in events)
    # As in a timeline: what happens once has one date, and the one that was put right does not count.
    standing = [mark for mark in marks if not (mark.corrected and mark.change in ONCE)]
    changes = [next(run) for _, run in groupby(standing, key=attrgetter("status"))]
    last = events[-1]
    return Row(
        subject=subject,
        group=last.mission or subject,
        name=name_of(subject, last.mission_name),
        mission=last.mission_name,
        scope=scope_of(subject),
        kind=missions.kind(last.mission),
        predecessor=missions.name(last.predecessor),
        successor=missions.name(last.successor),
        status=changes[-1].status if changes else None,
        since=changes[-1].occurred if changes else None,
        bars=tuple(
            Bar(status=mark.status, first=mark.day, until=after.day if after is not None else None)
            for mark, after in zip_longest(changes, changes[1:])
        ),
        marks=marks,
    )


def _mark(event: StatusChanged, *, corrected: bool) -> Mark:
    source = event.source
    quote = Quote(
        text=event.evidence.quote,
        rule=event.evidence.rule,
        title=source.title,
        url=source.url,
        source=source.source,
        published=source.published,
        language=source.language,
        background=False,
    )
    return Mark(
        change=event.change,
        status=event.status,
        before=event.previous_status,
        occurred=event.occurred,
        day=day_of(event.change, event.occurred),
        first=event.occurred.first,
        last=event.occurred.last,
        effective=event.effective,
        relocated_to=event.relocated_to,
        actors=event.actors,
        theatre=event.theatre,
        reasons=event.reasons,
        confidence=event.confidence,
        late=event.late,
        contradicts=event.contradicts,
        corrects=event.corrects is not None,
        corrected=corrected,
        background=False,
        sources=event.sources,
        quotes=(quote,),
        troops=troops([event]),
    )
