"""`timeline`: how a mission came to stand as it does, drawn."""

import datetime as dt
import sys

import click

from worker.cli.chronicle import chronicle, late
from worker.cli.lanes import draw
from worker.cli.plain import json_page, plain
from worker.cli.render import console
from worker.cli.status import as_object
from worker.cli.subjects import timelines
from worker.missions.periods import periods
from worker.missions.status import state_on
from worker.missions.timeline import Timeline

_WIDTH_OF_A_DRAWING_IN_A_PIPE = 100


@click.command(short_help="Draw the history of a mission, with sources and quotes.")
@click.argument("subject")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, instead of a drawing.")
def command(subject: str, as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Show how SUBJECT changed over time: a lane for the mission and one for each contribution, then every change.

    SUBJECT is as for `status`. Each change comes with what articles say of it, where they stand, and how many they are;
    one that was reported late, only recalled, contradicted or corrected says so.
    """
    today = dt.datetime.now(dt.UTC).date()
    found = timelines(subject)
    if as_json:
        sys.stdout.buffer.write(json_page([_as_object(timeline, today) for timeline in found]))
        return
    out = console()
    told = [timeline for timeline in found if timeline.entries]
    for line in draw(told, today, out.width if out.is_terminal else _WIDTH_OF_A_DRAWING_IN_A_PIPE) if told else ():
        out.print(line)
    for timeline in found:
        out.print()
        for line in chronicle(timeline, today, out.width if out.is_terminal else None):
            out.print(line)


def _as_object(timeline: Timeline, today: dt.date) -> dict[str, object]:
    """A timeline as a program reads it: the record of the state topic, and what follows from it."""
    state = state_on(timeline, today)
    record = plain(timeline)
    for entry, written in zip(timeline.entries, record["entries"], strict=True):
        written["late"] = late(timeline, entry)
    return {
        **record,
        "today": None if state is None else as_object(timeline, state),
        "periods": [
            {"status": it.status, "first": it.first.isoformat(), "until": it.until and it.until.isoformat()}
            for it in periods(timeline)
        ],
    }
