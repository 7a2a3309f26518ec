"""`explain`: an article with its evidence marked, what each claim rests on, and why the near misses are none."""

import sys
from collections.abc import Sequence
from typing import Final

import click
from rich.console import Console
from rich.text import Text

from worker.cli.explain_page import page
from worker.cli.findings import Finding, Kind, explained, findings
from worker.cli.marks import pieces
from worker.cli.plain import json_page, plain
from worker.cli.reading import STDIN, Reading, Refusal, load_reader, messages, read
from worker.cli.render import console, dated

_STYLES: Final = {
    Kind.CHANGE: "black on green",
    Kind.BACKGROUND: "green",
    Kind.STRENGTH: "cyan",
    Kind.NEAR_MISS: "yellow",
}
_SECTIONS: Final = {
    Kind.CHANGE: "Reported",
    Kind.BACKGROUND: "Recalled, as background",
    Kind.STRENGTH: "Troop figures",
    Kind.NEAR_MISS: "Read, but not reported",
}


@click.command(short_help="Show why an article is read as it is.")
@click.argument("path", metavar="[FILE]", default=STDIN, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--json", "form", flag_value="json", help="All that was read, as JSON, places in the text included.")
@click.option("--html", "form", flag_value="html", help="One page of HTML, complete in itself.")
def command(path: str, form: str | None) -> None:
    """Show an article with the words marked that were read, and say what was made of each.

    For every reported change: the rule that read it, how committed the text is to it, and the confidence. For every
    near miss: what it would have been, and why it is none. For every troop figure: whose, where and when. Reads FILE,
    or standard input.
    """
    message = next(messages([path]))
    outcome = read(load_reader(), message.value, message.timestamp_ms)
    if isinstance(outcome, Refusal):
        raise click.ClickException(f"{path} cannot be read, {outcome.reason}: {outcome.message}")
    found = findings(outcome.extraction)
    if form == "json":
        sys.stdout.buffer.write(json_page(plain(outcome)))
    elif form == "html":
        sys.stdout.buffer.write(page(outcome, found).encode())
    else:
        _print(console(), outcome, found)


def _print(out: Console, reading: Reading, found: Sequence[Finding]) -> None:
    article, extraction = reading.article, reading.extraction
    about = (dated(article), extraction.language or "language unknown", article.source, article.url)
    out.print(Text(" · ".join(filter(None, about)), "dim"))
    click.echo()
    marked = Text()
    for piece in pieces(article.text, found):
        marked.append(piece.text, _STYLES[piece.kind] if piece.kind else "")
        for finding in piece.ending:
            marked.append(f"[{finding.label}]", f"bold {_STYLES[finding.kind]}")
    out.print(marked)
    if extraction.skipped:
        click.echo()
        out.print(Text(f"Not read: {explained('skipped', extraction.skipped)}."))
    for kind, heading in _SECTIONS.items():
        of_kind = [finding for finding in found if finding.kind is kind]
        if of_kind:
            click.echo()
            out.print(Text(heading, "bold"))
        for finding in of_kind:
            out.print(Text.assemble((f"  {finding.label:<4}", f"bold {_STYLES[kind]}"), finding.headline))
            out.print(Text(f"      {finding.grounds}", "dim"))
