"""`consume`: what a topic holds, decoded."""

import sys

import click

from worker.cli.environment import cluster, load_settings
from worker.cli.interrupt import Interrupt
from worker.cli.shown import as_json, rows
from worker.streaming.codecs import codec
from worker.streaming.reading import read


@click.command(
    short_help="Print the records of a topic, decoded.",
    epilog="Examples: `consume`, `consume --from-beginning --until-end --json | jq .value.change`, "
    "`consume articles.dead-letter --from-beginning`.",
)
@click.argument("topic", required=False)
@click.option("--from-beginning", is_flag=True, help="Begin with the first record, not with the next to come.")
@click.option("--until-end", is_flag=True, help="Stop at what is the end now, instead of waiting for more.")
@click.option("--json", "lines", is_flag=True, help="One JSON object a line, instead of a table.")
def command(topic: str | None, from_beginning: bool, until_end: bool, lines: bool) -> None:  # noqa: FBT001 - click's way
    """Print the records of TOPIC as they arrive: the events, when no topic is named.

    Only what is committed is shown. With --json each record is {"topic", "partition", "offset", "key", "headers",
    "value"}: Avro as JSON, text as text, anything else as {"base64": …}.
    """
    settings = load_settings()
    name = topic or settings.topics.status_changed
    stopping = Interrupt()  # the usual end of the wait for more, and no failure
    with cluster(settings):
        reader = codec(settings)
        records = read(
            settings.kafka, name, from_beginning=from_beginning, until_end=until_end, stopping=lambda: stopping.asked
        )
        if lines:
            for record in records:
                sys.stdout.buffer.write(as_json(record, reader))
                sys.stdout.buffer.flush()
        else:
            for row in rows(records, reader, settings.topics, name):
                click.echo(row)
