"""`replay`: all derived topics once more, under another prefix."""

import os
import sys
import time
from typing import Any

import click
from pydantic import ValidationError

from worker.cli.environment import RefusedError, cluster, load_settings
from worker.cli.plain import json_line
from worker.cli.progress import progress
from worker.events.receipt import Receipt
from worker.settings import Topics
from worker.settings.faults import faults_of
from worker.streaming.codecs import codec
from worker.streaming.reading import read
from worker.streaming.rebuild import Origin, Target, rebuild
from worker.telemetry import logs


@click.command(
    short_help="Rebuild all derived topics under another prefix.",
    epilog="Example: `replay --from articles --to-prefix 2026-12.`, then `MISSION_WORKER_TOPIC_PREFIX=2026-12. "
    "mission-worker verify`, and run the service under the new prefix.",
)
@click.option(
    "--from",
    "origin",
    type=click.Choice([it.value for it in Origin]),
    required=True,
    help="Read the articles anew, or take the observations as they are and fold them anew.",
)
@click.option("--to-prefix", "prefix", required=True, help="What the names of the new topics begin with.")
@click.option("--processes", type=click.IntRange(1, 256), help="Worker processes [default: one a processor].")
@click.option("--json", "as_json", is_flag=True, help="One JSON object at the end, instead of a table.")
def command(origin: str, prefix: str, processes: int | None, as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Make all derived topics once more, by the code and register of today, and leave those in use as they are.

    The service does it, in groups of its own, each batch a transaction: when it is interrupted the same command goes
    on where it was, and a second time it does nothing but take in what is new. `verify` under the new prefix proves the
    result.
    """
    settings = load_settings()
    logs.configure(settings.logs.model_copy(update={"level": "error"}), stream=sys.stderr)
    began = time.monotonic()
    with cluster(settings), progress() as tell:
        codes = codec(settings)
        try:
            target = rebuild(settings, Origin(origin), prefix, processes or os.cpu_count() or 1, codes, tell)
        except ValidationError as error:
            raise RefusedError("\n".join(faults_of(Topics, error))) from error
    with cluster(settings):
        made = _made(settings.kafka, target, codes)
    made["seconds"] = round(time.monotonic() - began, 1)
    if as_json:
        sys.stdout.buffer.write(json_line({"prefix": prefix, "from": origin, **made}))
        return
    for name, count in made.items():
        click.echo(f"{count:>10}  {name.replace('_', ' ')}")


def _made(kafka: Any, target: Target, codes: Any) -> dict[str, Any]:
    """What the receipts under the new prefix account for."""
    made = dict.fromkeys(("articles", "observations", "events", "dead_letters"), 0)
    for record in read(kafka, target.topics.receipts):
        receipt = codes.decode(record.value, Receipt).value
        if receipt.stage == "extract":
            made["articles"] += sum(receipt.outcomes.values())
        for kind in ("observations", "events", "dead_letters"):
            made[kind] += receipt.outputs.get(kind, 0)
    return made
