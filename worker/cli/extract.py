"""`extract`: what articles report, without a broker."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from worker.cli.jsonl import answers
from worker.cli.plain import json_page, plain
from worker.cli.reading import STDIN, Reading, Refusal, load_reader, messages, read
from worker.cli.render import console, dated, table
from worker.missions.dates import PartialDate


@click.command(
    short_help="Print what articles report.",
    epilog="Without a file, standard input is read: `curl -s ADDRESS | mission-worker extract`.",
)
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER]...", type=click.Path(exists=True, allow_dash=True))
@click.option("--json", "form", flag_value="json", help="One JSON array: each article with all that was read in it.")
@click.option(
    "--jsonl",
    "form",
    flag_value="jsonl",
    help='JSON lines: {"id", "raw"} in, {"id", "changes", "strengths"} out, one for one, in the same order.',
)
def command(paths: tuple[str, ...], form: str | None) -> None:
    """Read articles from files, from all files in folders, or from standard input.

    An article is plain text, HTML, or a JSON object with "text" or "html", in any common encoding. Its date is its own
    (in front of it, in the JSON, in the page), or else that of the file. Prints the changes of missions' status that
    it reports, with the words that say so, and its troop figures. Exits with 1 if an article could not be decoded.
    """
    paths = paths or (STDIN,)
    if form is None and paths == (STDIN,) and sys.stdin.isatty():
        click.echo("Reading an article from the keyboard; Ctrl-D ends it.", err=True)
    if form == "jsonl":
        _lines(paths)
        return
    reader = load_reader()
    outcomes = ((message.name, read(reader, message.value, message.timestamp_ms)) for message in messages(paths))
    failed = _json(outcomes) if form == "json" else _tables(outcomes)
    sys.exit(1 if failed else 0)


def _lines(paths: Sequence[str]) -> None:
    out = sys.stdout.buffer
    for answer in answers(load_reader(), _input(paths)):
        out.write(answer)
        out.flush()  # whoever feeds line by line waits for the answer


def _input(paths: Sequence[str]) -> Iterator[bytes]:
    for path in paths:
        if path == STDIN:
            yield from sys.stdin.buffer
        else:
            with Path(path).open("rb") as lines:
                yield from lines


def _json(outcomes: Iterator[tuple[str, Reading | Refusal]]) -> bool:
    articles: list[dict[str, Any]] = []
    failed = False
    for name, outcome in outcomes:
        if isinstance(outcome, Refusal):
            failed = True
            articles.append({"file": name, "error": plain(outcome)})
        else:
            articles.append({"file": name, **plain(outcome)})
    sys.stdout.buffer.write(json_page(articles))
    return failed


def _tables(outcomes: Iterator[tuple[str, Reading | Refusal]]) -> bool:
    out = console()
    failed = False
    for number, (name, outcome) in enumerate(outcomes):
        if number:
            click.echo()
        if isinstance(outcome, Refusal):
            failed = True
            out.print(Text.assemble((f"{name}: ", "bold"), (f"not read, {outcome.reason}: {outcome.message}", "red")))
        else:
            _article(out, name, outcome)
    return failed


def _article(out: Console, name: str, reading: Reading) -> None:
    article, extraction = reading.article, reading.extraction
    headline = article.title or article.text.partition("\n")[0]
    out.print(Text.assemble((headline if len(headline) <= 100 else f"{headline[:99]}…", "bold")))
    out.print(Text(f"{name} · {dated(article)} · {extraction.language or 'language unknown'}", "dim"))
    if extraction.skipped:
        out.print(Text(f"Not read: {extraction.skipped}."))
    elif not extraction.changes:
        out.print(Text("No change of a mission's status is reported."))
    if extraction.changes:
        table(out, ("change", "mission", "actors", "theatre", "occurred", "details", "words"), _changes(reading))
    if extraction.strengths:
        rows = [(it.actor, it.place, it.count, it.qualifier.value, it.when) for it in extraction.strengths]
        table(out, ("troops of", "in", "count", "exactness", "when"), rows, right=frozenset({"count"}))


def _changes(reading: Reading) -> Iterator[Sequence[object]]:
    for it in reading.extraction.changes:
        details = [
            "background" if it.background else "",
            "" if it.scope == "mission" else f"scope {it.scope.value}",
            _detail("effective", it.effective),
            _detail("to", it.relocated_to),
            _detail("because of", ", ".join(it.reasons)),
        ]
        words = " ".join(it.evidence.quote.split())
        told = "; ".join(filter(None, details))
        yield it.change.value, it.mission, it.actors, it.theatre, it.occurred, told, f"“{words}”"


def _detail(name: str, value: PartialDate | str | None) -> str:
    return f"{name} {value}" if value else ""
