"""`report`: a page that shows how missions came to stand as they do."""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

import click

from worker.backfill.place import STATES, Place
from worker.cli.environment import RefusedError, cluster, load_settings
from worker.events.container import records
from worker.events.errors import EventError
from worker.missions.event import StatusChanged
from worker.missions.register import Register
from worker.missions.timeline import Timeline
from worker.report import from_events, from_timelines
from worker.report.model import Row
from worker.report.names import Missions
from worker.report.page import page
from worker.streaming.codecs import codec
from worker.streaming.lookup import archive
from worker.streaming.reading import read


@click.command(
    short_help="Make a page that shows the history of missions.",
    epilog="Examples: `report --out missions.html`, `report events.avro --out missions.html`.",
)
@click.argument(
    "source", metavar="[FILE]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The page to write.")
@click.option("--title", default="Missions and how they came to stand", show_default=True, help="Its heading.")
@click.option(
    "--on", "day", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Draw up to this day [default: today]."
)
def command(source: Path | None, out: Path, title: str, day: dt.datetime | None) -> None:
    """Write one page of HTML that needs no network: missions as bars over time, with a mark for each change.

    A mark opens its quotes and sources. The data comes from the topics, or from FILE, which `backfill` wrote: with the
    states beside it (FILE.status.avro) every source of a change is there, without them the first one.
    """
    missions = Missions(Register.load())
    rows = _from_file(source, missions) if source is not None else _from_topics(missions)
    written = page(rows, title=title, today=day.date() if day is not None else _today())
    fresh = out.with_name(out.name + ".new")
    fresh.write_text(written, "utf-8")
    fresh.replace(out)
    changes = sum(len(row.marks) for row in rows)
    click.echo(f"{len(rows)} subjects with {changes} changes: {out}")


def _from_file(source: Path, missions: Missions) -> Sequence[Row]:
    states = Place(source).finished[STATES]
    try:
        events = [it.value for it in records(source, StatusChanged)]
        if not states.exists():
            return from_events.rows(events, missions)
        return from_timelines.rows((it.value for it in records(states, Timeline)), events, missions)
    except EventError as error:
        raise RefusedError(f"{source} is no file of events: {error}") from error


def _from_topics(missions: Missions) -> Sequence[Row]:
    settings = load_settings()
    decoder = codec(settings)
    with cluster(settings):
        known = archive(settings.kafka, settings.topics.status, decoder)
        records_read = read(settings.kafka, settings.topics.status_changed)
        try:
            events = [decoder.decode(record.value, StatusChanged).value for record in records_read]
            return from_timelines.rows((known[subject] for subject in known.subjects), events, missions)
        except EventError as error:
            raise RefusedError(f"the topics hold what is no event ({error}); `verify` says where") from error


def _today() -> dt.date:
    """Today, or the day that the environment sets for reproducible output."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = dt.datetime.fromtimestamp(int(given), dt.UTC) if given.isdigit() else dt.datetime.now(dt.UTC)
    return now.date()
