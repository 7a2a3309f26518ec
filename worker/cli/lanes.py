"""A drawing of timelines: a lane each over a common axis of time, filled by status, with a mark for every change."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from worker.cli.axis import Axis
from worker.cli.glyphs import COLOUR, DUE, FILL, MARK, SEVERAL
from worker.missions.order import day_of
from worker.missions.periods import periods
from worker.missions.status import due_on
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Change, Status

_GAP = 2
_OTHER_SIGNS = {SEVERAL: "several", DUE: "due, without news"}


def draw(timelines: Sequence[Timeline], today: dt.date, width: int) -> Iterator[Text]:
    """The lines of the drawing, none wider than `width` columns as long as that leaves room for an axis at all.

    The axis reaches from the first change to the last date that is told, and to today while a subject has not ended.
    """
    label = max(len(timeline.subject) for timeline in timelines) + _GAP
    first, last = _reach(timelines, today)
    axis = Axis(first, last, max(width - label, 20))
    yield from _scale(axis, label)
    used: set[Change] = set()
    shown: set[Status] = set()
    signs: set[str] = set()
    for timeline in timelines:
        marks, changes = _marks(timeline, axis, today)
        yield _line(" " * label, marks)
        yield _line(timeline.subject.ljust(label), _bar(timeline, axis, today))
        used |= changes
        shown |= {period.status for period in periods(timeline)}
        signs |= {glyph for glyph, _ in marks}
    yield Text()
    yield from _legend(shown, used, signs, width)


def _reach(timelines: Sequence[Timeline], today: dt.date) -> tuple[dt.date, dt.date]:
    entries = [entry for timeline in timelines for entry in timeline.entries]
    days = [day_of(entry.change, entry.occurred) for entry in entries]
    ahead = [entry.effective.last for entry in entries if entry.effective is not None]
    running = [today for timeline in timelines if timeline.status is not Status.ENDED]
    return min(days), max([*days, *ahead, *running])


def _scale(axis: Axis, label: int) -> Iterator[Text]:
    names, rule = [" "] * axis.width, ["─"] * axis.width
    for column, name in axis.ticks():
        names[column : column + len(name)] = name
        rule[column] = "┬"
    yield Text(" " * label + "".join(names).rstrip(), "dim")
    yield Text(" " * label + "".join(rule), "dim")


def _marks(timeline: Timeline, axis: Axis, today: dt.date) -> tuple[list[tuple[str, str]], set[Change]]:
    """The marks above a lane, each with its style, and the changes that they stand for."""
    cells = [(" ", "")] * axis.width
    for entry in timeline.entries:
        column = axis.column(day_of(entry.change, entry.occurred))
        style = "bold red" if entry.contradicts else f"bold {COLOUR[entry.status]}"
        cells[column] = (MARK[entry.change], style) if cells[column][0] == " " else (SEVERAL, "bold")
    for due in due_on(timeline, today):
        cells[axis.column(due.effective.last)] = (DUE, "bold red")
    return cells, {entry.change for entry in timeline.entries}


def _bar(timeline: Timeline, axis: Axis, today: dt.date) -> list[tuple[str, str]]:
    cells = [(" ", "")] * axis.width
    for period in periods(timeline):
        end = axis.last if period.until is None and period.status is Status.ENDED else period.until or today
        for column in range(axis.column(period.first), axis.column(max(end, period.first)) + 1):
            cells[column] = (FILL[period.status], COLOUR[period.status])
    return cells


def _line(start: str, cells: Iterable[tuple[str, str]]) -> Text:
    line = Text(start)
    for glyph, style in cells:
        line.append(glyph, style)
    line.rstrip()
    return line


def _legend(statuses: set[Status], changes: set[Change], signs: set[str], width: int) -> Iterator[Text]:
    fills = [Text.assemble((FILL[it] * 2, COLOUR[it]), f" {it.value}") for it in Status if it in statuses]
    yield from _in_lines(fills, width)
    marks = [Text(f"{MARK[it]} {it.value.replace('_', ' ')}", "dim") for it in Change if it in changes]
    marks += [Text(f"{sign} {told}", "dim") for sign, told in _OTHER_SIGNS.items() if sign in signs]
    yield from _in_lines(marks, width)


def _in_lines(parts: Iterable[Text], width: int) -> Iterator[Text]:
    line = Text()
    for part in parts:
        if line and line.cell_len + 3 + part.cell_len > width:
            yield line
            line = Text()
        line = Text.assemble(line, "   ", part) if line else part
    yield line
