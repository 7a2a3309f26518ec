"""The history of a subject down the page: what changed when, by whose word, along an axis of time."""

import datetime as dt
import textwrap
from collections.abc import Iterator

from rich.text import Text

from worker.cli.glyphs import COLOUR, FILL, MARK
from worker.cli.render import NOTHING
from worker.missions.order import day_of
from worker.missions.status import AWAITED, due_on
from worker.missions.timeline import Entry, Sighting, Timeline

_MARGIN = 14
_DAYS_A_MONTH = 30.44


def chronicle(timeline: Timeline, today: dt.date, width: int | None) -> Iterator[Text]:
    """The changes of a subject from the first to the last, each with its sources; no line wider than `width` if any."""
    yield Text.assemble((timeline.subject, "bold"), f"  {timeline.mission_name or ''}")
    before: Entry | None = None
    for entry in timeline.entries:
        if before is not None:
            yield from _distance(before, entry)
        yield _headline(timeline, entry)
        for sighting in entry.sightings:
            for line, style in _source(sighting, None if width is None else width - _MARGIN):
                yield Text.assemble(_axis(entry), (line, style))
        before = entry
    for due in due_on(timeline, today):
        said = f"{due.entry.change.value.replace('_', ' ')} of {due.entry.occurred}"
        yield Text.assemble(
            f"{due.effective!s:10}  ", (f"! {due.awaited.value} due since then, without news ({said})", "bold red")
        )
    if timeline.forgotten:
        yield Text(f"{timeline.forgotten} observations of changes up to {timeline.horizon} are no longer kept", "dim")


def late(timeline: Timeline, entry: Entry) -> bool:
    """Whether a change was published when later ones had been already."""
    if not entry.events:
        return False
    later = timeline.entries[timeline.entries.index(entry) + 1 :]
    return any(event.sequence < entry.events[0].sequence for other in later for event in other.events)


def remarks(timeline: Timeline, entry: Entry) -> list[str]:
    """What is to be said of a change beside its date and kind, each in a few words."""
    told = []
    if entry.effective is not None:
        word = {"end": "by", "renewal": "until", "resumption": "until", "start": "from"}
        awaited = AWAITED.get(entry.change)
        told.append(f"{word[awaited.value] if awaited else 'effective'} {entry.effective}")
    if entry.relocated_to:
        told.append(f"goes on in {entry.relocated_to}")
    told += [reason.value.replace("_", " ") for reason in entry.reasons]
    told.append("1 source" if entry.sources == 1 else f"{entry.sources} sources")
    if late(timeline, entry):
        told.append("late")
    if entry.background:
        told.append("only recalled, not published")
    if entry.contradicts:
        told.append("does not fit what came before")
    if entry.corrects:
        told.append(f"corrects {entry.corrects}")
    if entry.corrected:
        told.append("corrected since")
    return told


def _headline(timeline: Timeline, entry: Entry) -> Text:
    previous = entry.previous_status.value if entry.previous_status else NOTHING
    colour = COLOUR[entry.status]
    return Text.assemble(
        (f"{entry.occurred!s:10}  ", "bold"),
        (f"{MARK[entry.change]} {entry.change.value.replace('_', ' ')}", f"bold {colour}"),
        f"   {previous} → ",
        (entry.status.value, colour),
        ("   " + " · ".join(remarks(timeline, entry)), "red" if entry.contradicts else "dim"),
    )


def _distance(before: Entry, entry: Entry) -> Iterator[Text]:
    """How far apart in time two changes are, unless they are of one day."""
    days = (day_of(entry.change, entry.occurred) - day_of(before.change, before.occurred)).days
    if days == 0:
        return
    if days < 2 * _DAYS_A_MONTH:
        told = f"{days} day{'' if days == 1 else 's'}"
    elif days < 730:
        told = f"{round(days / _DAYS_A_MONTH)} months"
    else:
        told = f"{days / 365.25:.1f} years"
    yield Text.assemble(_axis(before), (told, "dim italic"))


def _axis(entry: Entry) -> tuple[str, str]:
    return f"{' ' * 10}  {FILL[entry.status]} ", COLOUR[entry.status]


def _source(sighting: Sighting, width: int | None) -> Iterator[tuple[str, str]]:
    """The words of an article and where they stand, as lines with their style."""
    quote = " ".join(sighting.quote.split())
    about = (sighting.source, sighting.title, str(sighting.published), sighting.language, sighting.url)
    for text, style in ((f"“{quote}”", ""), (" · ".join(filter(None, about)), "dim")):
        lines = [text] if width is None else textwrap.wrap(text, max(width, 20), break_on_hyphens=False)
        yield from ((line, style) for line in lines)
