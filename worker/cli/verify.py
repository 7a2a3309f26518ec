"""`verify`: prove from the log that every input was taken in exactly once."""

import sys

import click
import orjson

from worker.cli.environment import cluster, load_settings
from worker.streaming.audit import audit
from worker.streaming.codecs import codec
from worker.streaming.problem import Problem
from worker.streaming.verify import Auditor


@click.command(short_help="Prove from the log that everything was processed exactly once.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, instead of a table.")
def command(as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Check that receipts tile every input partition and add up to what the topics hold; exit with 1 where not.

    Reads all topics from their beginnings; a running service does not disturb it. Also checks that no observation,
    event or dead letter is double, that every identifier is that of its content, and that the events of a subject
    are numbered without a gap. Folds the observations anew, in memory, and compares what comes of them with every
    event and every state, word for word. Each fault is printed with its coordinates. What another version of this
    program decided otherwise than this one would is noted, and is no fault.
    """
    settings = load_settings()
    with cluster(settings):
        auditor = audit(settings.kafka, settings.topics, codec(settings), tell=_tell)
    problems = auditor.problems()
    _print_json(auditor, problems) if as_json else _print(auditor, problems)
    sys.exit(1 if problems else 0)


def _tell(topic: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"reading {topic}", err=True)


def _print(auditor: Auditor, problems: list[Problem]) -> None:
    click.echo(f"{'INPUT':44}  {'RECEIPTS':>8}  {'NEXT':>10}  OUTCOMES")
    for where, account in sorted(auditor.accounts.items()):
        outcomes = " ".join(f"{outcome}={count}" for outcome, count in sorted(account.outcomes.items()))
        click.echo(f"{where!s:44}  {len(account.receipts):>8}  {account.next_offset:>10}  {outcomes}")
    for note in auditor.notes:
        click.echo(f"NOTE   {note}")
    for problem in problems:
        click.echo(f"FAULT  {problem}")
    click.echo(f"{auditor.proved_events} events and {auditor.proved_states} states are what the observations give")
    click.echo(_counted(problems) if problems else "everything was processed exactly once")


def _counted(problems: list[Problem]) -> str:
    return "1 fault" if len(problems) == 1 else f"{len(problems)} faults"


def _print_json(auditor: Auditor, problems: list[Problem]) -> None:
    inputs = [
        {
            "stage": where.stage,
            "topic": where.topic,
            "partition": where.partition,
            "receipts": len(account.receipts),
            "next_offset": account.next_offset,
            "records": len(account.offsets),
            "outcomes": dict(account.outcomes),
        }
        for where, account in sorted(auditor.accounts.items())
    ]
    answer = {
        "inputs": inputs,
        "proved": {"events": auditor.proved_events, "states": auditor.proved_states},
        "notes": [{"where": note.where, "what": note.what} for note in auditor.notes],
        "faults": [{"where": problem.where, "what": problem.what} for problem in problems],
    }
    sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
