"""How far a long job has come: a bar on a terminal, a line now and then where there is none."""

import time
from types import TracebackType
from typing import Final, Self

import click
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from worker.cli.render import console

_EVERY_SECONDS: Final = 10.0


class Advance:
    """Shows progress on standard error, so that the output of a command stays data.

    Args:
        what: what is being done, in one word.
        total: the size of the whole job, in any unit.
        quiet: show nothing at all.
    """

    def __init__(self, what: str, total: int, *, quiet: bool = False) -> None:
        out = console(stderr=True)
        self._what, self._total = what, total
        self._lines = not quiet and not out.is_terminal
        self._told = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            TaskProgressColumn(),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[told]}"),
            console=out,
            transient=True,
            disable=quiet or self._lines,
        )
        self._task = self._bar.add_task(what, total=max(total, 1), told="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def show(self, done: int, told: str) -> None:
        """Show how much is done, and what came of it."""
        self._bar.update(self._task, completed=done, told=told)
        if self._lines and time.monotonic() - self._told >= _EVERY_SECONDS:
            self._told = time.monotonic()
            click.echo(f"{self._what} {100 * done // max(self._total, 1)} %  {told}", err=True)
