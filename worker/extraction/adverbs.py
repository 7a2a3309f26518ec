"""Small words that make another event of a verb: who *begins again* resumes, who *takes part for longer* stays."""

from typing import Final

from worker.extraction.lexicon.tags import Kind
from worker.extraction.occurrence import bounded
from worker.extraction.reading import Reading
from worker.extraction.triggers import Trigger

_AGAIN: Final = {"start": "resume"}
_FURTHER: Final = {"join": "stay", "deploy": "stay"}


def frame_name(reading: Reading, trigger: Trigger) -> str:
    """The frame of a trigger, as the adverbs of its clause shift it."""
    clause = trigger.clause
    if trigger.frame in _AGAIN and clause.has(Kind.FUNCTION, "again"):
        return _AGAIN[trigger.frame]
    if trigger.frame in _FURTHER and clause.has(Kind.FUNCTION, "further"):
        return _FURTHER[trigger.frame]
    alone = len({hit.start for hit in clause.of(Kind.TRIGGER)}) == 1  # not *approved the withdrawal by May*
    if trigger.frame == "approve" and alone and bounded(reading, trigger, further=True):
        return "extend"
    return trigger.frame
