"""`status`: how missions stand."""

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from worker.cli.plain import json_page
from worker.cli.render import console, table
from worker.cli.subjects import timelines
from worker.missions.status import Due, State, state_on
from worker.missions.timeline import Timeline

_COLUMNS = ("subject", "mission", "status", "since", "until", "change", "sources", "confidence", "remarks")


@click.command(short_help="Show how missions stand, all or one.")
@click.argument("subject", required=False)
@click.option("--on", "day", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="As of this day [default: today].")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, instead of a table.")
def command(subject: str | None, day: dt.datetime | None, as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Show the present status of all missions and contributions, or of SUBJECT and the contributions to it.

    SUBJECT is a mission's slug (`minusma`), a contribution (`minusma/DE`), or a lead and a theatre (`FR@TD`). A date
    that has passed without news, of an end or a renewal that was announced, is shown as due: the status stays until an
    article reports another. With --on the day is an earlier one, seen with what is known today.
    """
    on = day.date() if day is not None else dt.datetime.now(dt.UTC).date()
    found = [(timeline, state_on(timeline, on)) for timeline in timelines(subject)]
    stated = [(timeline, state) for timeline, state in found if state is not None]
    if as_json:
        sys.stdout.buffer.write(json_page([as_object(timeline, state) for timeline, state in stated]))
        return
    table(console(), _COLUMNS, _rows(stated), right=frozenset({"sources", "confidence"}))
    if len(stated) < len(found):
        click.echo(f"Of {len(found) - len(stated)} more nothing is known to have happened by {on}.")


def as_object(timeline: Timeline, state: State) -> dict[str, Any]:
    """The state of a subject as a program reads it."""
    entry = state.entry
    return {
        "subject": timeline.subject,
        "mission": timeline.mission,
        "mission_name": timeline.mission_name,
        "predecessor": timeline.predecessor,
        "successor": timeline.successor,
        "scope": timeline.scope,
        "status": state.status,
        "since": state.since,
        "effective": state.effective,
        "due": [
            {"awaited": due.awaited, "effective": due.effective, "change": due.entry.change, "said": due.entry.occurred}
            for due in state.due
        ],
        "change": entry.change,
        "occurred": entry.occurred,
        "actors": entry.actors,
        "theatre": entry.theatre,
        "relocated_to": entry.relocated_to,
        "reasons": entry.reasons,
        "sources": state.sources,
        "confidence": state.confidence,
        "contradicted": state.contradicted,
        "events": timeline.sequence,
        "observations": timeline.observations,
    }


def due_text(due: Due) -> str:
    """What should have happened, for people: `end due since 2023-12-31`."""
    return f"{due.awaited.value} due since {due.effective}"


def _rows(stated: Sequence[tuple[Timeline, State]]) -> Iterator[Sequence[object]]:
    for timeline, state in stated:
        remarks = [due_text(due) for due in state.due]
        if state.contradicted:
            remarks.append("does not fit what was known before")
        if state.entry.relocated_to:
            remarks.append(f"goes on in {state.entry.relocated_to}")
        if timeline.successor:
            remarks.append(f"followed by {timeline.successor}")
        yield (
            timeline.subject,
            timeline.mission_name,
            state.status.value,
            state.since,
            state.effective,
            state.entry.change.value,
            state.sources,
            f"{state.confidence:.2f}",
            "; ".join(remarks),
        )
