"""Whether an article only recalls a change: by its date, its tense, or the clause that it is told in."""

from typing import Final

from worker.extraction.lexicon.tags import Kind
from worker.extraction.occurrence import Times
from worker.extraction.reading import Reading
from worker.extraction.tense import Tense
from worker.extraction.triggers import Trigger
from worker.missions.dates import Precision

_BACKGROUND_DAYS: Final = 45
"""News of an event older than this only recalls it (reading notes: two months at most, or another year)."""

_TOLD: Final = frozenset({Tense.PAST, Tense.DONE, Tense.PLUPERFECT})


def recalled(reading: Reading, trigger: Trigger, tense: Tense, times: Times) -> bool:
    """Whether the article only recalls the change."""
    if tense is Tense.PLUPERFECT:
        return True
    if tense in (Tense.PAST, Tense.DONE) and trigger.clause.introducer in ("relative", "time"):
        # told to say who or when, not as news
        return _introducer(reading, trigger) not in reading.lexicon.concurrent
    if long_ago(reading, times):
        return True
    if anterior(reading, trigger, tense):
        return True
    return tense in (Tense.PAST, Tense.DONE) and trigger.clause.has(Kind.CUE, "recalled")


def long_ago(reading: Reading, times: Times) -> bool:
    """Whether the text dates a change too early for it to be news, whatever else speaks for it."""
    if not times.dated:
        return False
    if times.occurred.precision is Precision.YEAR:
        return times.occurred.year < reading.published.year
    return (reading.published.first - times.occurred.last).days > _BACKGROUND_DAYS


def anterior(reading: Reading, trigger: Trigger, tense: Tense) -> bool:
    """Whether a change is told as what came before another: *six years after it was sent in*."""
    clause = trigger.clause
    if clause.introducer not in ("time", "until") or tense not in _TOLD:
        return False
    return _introducer(reading, trigger) in reading.lexicon.anterior


def _introducer(reading: Reading, trigger: Trigger) -> bytes:
    """The first word of a trigger's clause."""
    start = trigger.clause.start
    return reading.folded[start : start + 16].lstrip(b" ,\"'").split(b" ", 1)[0]
