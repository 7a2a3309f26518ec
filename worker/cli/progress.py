"""Bars that show how far a long command is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from worker.cli.render import console


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each step, on standard error where that is a terminal; nothing elsewhere.

    What it gives is to be told a step, and how much of how much of it is done.
    """
    err = console(stderr=True)
    columns = (TextColumn("{task.description:>20}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=err, disable=not err.is_terminal) as bars:

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step)
            bars.update(tasks[step], completed=done, total=total)

        yield tell
