"""`backfill`: articles that lie in files, in bulk."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from worker.backfill.inputs import Input, inputs
from worker.backfill.place import PlaceError
from worker.backfill.pool import PoolError
from worker.backfill.run import Options, StoppedError, backfill
from worker.backfill.sending import Sender, Sent
from worker.backfill.summary import Summary
from worker.cli.advance import Advance
from worker.cli.environment import cluster, load_settings
from worker.cli.interrupt import Interrupt
from worker.cli.plain import json_page
from worker.settings import Settings

_INTERRUPTED = 130  # what a shell reports of a process that SIGINT ended
_AGAIN = "the same command goes on from there"


@click.command(
    short_help="Read files and archives in bulk.",
    epilog="Examples: `backfill archive/ --out events.avro`, `backfill crawl-*.warc.gz news.jsonl.zst --to-topics`.",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file of events to write.")
@click.option("--to-topics", is_flag=True, help="Send the articles to the topic of raw articles instead.")
@click.option("--processes", type=click.IntRange(1), help="Processes that read [default: one for each core].")
@click.option("--force", is_flag=True, help="Begin anew, whatever is there or was sent already.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
def command(
    paths: tuple[str, ...],
    out: Path | None,
    to_topics: bool,  # noqa: FBT001 - click's way
    processes: int | None,
    force: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Read articles from files, folders, JSON lines (each line an article) and web archives (WARC).

    Any of them may be compressed with gzip or Zstandard. With --out the events go to an Avro container file: the same
    events as the service would publish for the articles in this order. Beside it are the final states
    (FILE.status.avro) and the dead letters with their bytes (FILE.dead-letters.avro). With --to-topics the service
    reads the articles as it reads all others.

    A run that was stopped or killed goes on where it was when the same command is given again: no event is written
    twice, no article is left out. Exits with 1 where a file could not be read to its end. SOURCE_DATE_EPOCH sets the
    time that events have for `recorded_at`.
    """
    if (out is None) is not to_topics:
        raise click.UsageError("Give either --out FILE or --to-topics.")
    settings = load_settings()
    given = inputs(paths)
    if out is None:
        broken = _send(given, settings, force=force, as_json=as_json)
    else:
        options = Options(
            processes=processes or len(os.sched_getaffinity(0)), articles=settings.articles, topics=settings.topics
        )
        broken = _write(given, out, options, force=force, as_json=as_json)
    sys.exit(1 if broken else 0)


def _write(given: Sequence[Input], out: Path, options: Options, *, force: bool, as_json: bool) -> bool:
    interrupt, began, before = Interrupt(), time.monotonic(), None
    with Advance("reading", sum(each.size for each in given)) as advance:

        def tell(state: Any) -> bool:
            nonlocal before
            before = state.articles if before is None else before
            rate = (state.articles - before) / max(time.monotonic() - began, 1e-3)
            dead = sum(state.dead_letters.values())
            told = f"{state.articles} articles  {state.events} events  {dead} dead letters  {rate:.0f}/s"
            advance.show(state.bytes_read, told)
            return not interrupt.asked

        try:
            summary = backfill(given, out, options, started_ms=_now(), force=force, tell=tell)
        except StoppedError as stopped:
            click.echo(f"{stopped}; {_AGAIN}", err=True)
            sys.exit(_INTERRUPTED)
        except (PlaceError, PoolError) as error:
            raise click.ClickException(str(error)) from error
    _print_json(summary) if as_json else _print(summary)
    return bool(summary.broken)


def _send(given: Sequence[Input], settings: Settings, *, force: bool, as_json: bool) -> bool:
    interrupt = Interrupt()
    with cluster(settings), Advance("sending", sum(each.size for each in given)) as advance:

        def tell(sent: Sent) -> bool:
            rate = (sent.messages - sent.before) / max(sent.seconds, 1e-3)
            advance.show(sent.bytes_read, f"{sent.messages} messages  {rate:.0f}/s")
            return not interrupt.asked

        sent = Sender(given, settings).run(tell, anew=force)
    fresh = sent.messages - sent.before
    if as_json:
        told = {"topic": sent.topic, "messages": sent.messages, "sent_before": sent.before, "sent": fresh}
        sys.stdout.buffer.write(json_page({**told, "broken": sent.broken, "seconds": round(sent.seconds, 3)}))
    else:
        rate = fresh / max(sent.seconds, 1e-3)
        earlier = f", {sent.before} had been before" if sent.before else ""
        click.echo(f"{fresh} messages sent to {sent.topic}{earlier}: {rate:.0f}/s")
        _print_broken(sent.broken)
    if interrupt.asked:
        click.echo(f"stopped; {_AGAIN}", err=True)
        sys.exit(_INTERRUPTED)
    return bool(sent.broken)


def _print(summary: Summary) -> None:
    again = ", resumed" if summary.resumed else ""
    click.echo(
        f"{summary.articles} articles in {summary.seconds:.1f} s{again}: {summary.articles_per_second:.0f} articles/s"
    )
    click.echo(f"{summary.observations} observations of {summary.subjects} subjects, {summary.events} events")
    for outcome, count in summary.outcomes.items():
        click.echo(f"  {outcome:28} {count:>10}")
    if summary.dead_letters:
        click.echo("dead letters by reason")
        for reason, count in summary.dead_letters.items():
            click.echo(f"  {reason:28} {count:>10}")
    for kind, path in summary.files.items():
        click.echo(f"{kind}: {path}")
    _print_broken(summary.broken)


def _print_broken(broken: Mapping[str, str]) -> None:
    for name, what in broken.items():
        click.echo(f"{name}: {what}", err=True)


def _print_json(summary: Summary) -> None:
    told = {
        "articles": summary.articles,
        "observations": summary.observations,
        "subjects": summary.subjects,
        "events": summary.events,
        "outcomes": summary.outcomes,
        "dead_letters": summary.dead_letters,
        "broken": summary.broken,
        "seconds": round(summary.seconds, 3),
        "articles_per_second": round(summary.articles_per_second, 1),
        "resumed": summary.resumed,
        "files": summary.files,
    }
    sys.stdout.buffer.write(json_page({name: dict(it) if isinstance(it, Mapping) else it for name, it in told.items()}))


def _now() -> int:
    """Now, or the time that the environment sets for reproducible output; milliseconds since the Unix epoch."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) * 1000 if given.isdigit() else int(time.time() * 1000)
