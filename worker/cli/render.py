"""Tables and text for people: in colour on a terminal, plain and complete in a pipe."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Final

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from worker.articles.article import Article, DatedBy

_GAP: Final = "  "
_UNBOUNDED: Final = 1_000_000  # a pipe has no width: nothing is wrapped or cut
_DATED_BY: Final = {
    DatedBy.ENVELOPE: "as its JSON says",
    DatedBy.PREFIX: "as its first words say",
    DatedBy.PAGE: "as its page says",
    DatedBy.RECORD: "the date of its file",
}
NOTHING: Final = "–"
"""What stands in a cell without a value."""


def console(*, stderr: bool = False) -> Console:
    """A console on standard output (or error), without colour where that is no terminal or `NO_COLOR` is set."""
    stream = sys.stderr if stderr else sys.stdout
    width = shutil.get_terminal_size().columns if stream.isatty() else _UNBOUNDED
    return Console(file=stream, width=width, highlight=False, soft_wrap=not stream.isatty())


def dated(article: Article) -> str:
    """The date of an article that was read from a file, and what it comes from."""
    return f"{article.published}, {_DATED_BY[article.dated_by]}"


def cell(value: object) -> str:
    """A value as a cell shows it: sequences joined by commas, `NOTHING` for None and for what is empty."""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or NOTHING
    if isinstance(value, bool):
        return "yes" if value else NOTHING
    return NOTHING if value is None or value == "" else str(value)


def table(
    out: Console, columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: frozenset[str] = frozenset()
) -> None:
    """Print a table. `right` names the columns whose cells are numbers.

    On a terminal with rules and wrapped cells; in a pipe with columns that line up, a line for each row, and no
    control characters, so that `cut`, `grep` and a reader can do with it.
    """
    cells = [[cell(value) for value in row] for row in rows]
    if out.is_terminal:
        drawn = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for name in columns:
            drawn.add_column(name, justify="right" if name in right else "left", overflow="fold")
        for row in cells:
            drawn.add_row(*map(Text, row))
        out.print(drawn)
        return
    widths = [max(len(name), *(len(row[at]) for row in cells), 0) for at, name in enumerate(columns)]
    for row in [list(columns), *cells]:
        padded = (
            text.rjust(width) if name in right else text.ljust(width)
            for name, text, width in zip(columns, row, widths, strict=True)
        )
        click.echo(_GAP.join(padded).rstrip())
