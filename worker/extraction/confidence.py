"""How far a reading is to be trusted, by what had to be supplied to make it.

The weights are shares of right readings in labelled articles, rounded: of changes whose participants stand in the
trigger's own clause four in five are right, of those put together from the whole article one in three.
"""

from typing import Final

from worker.extraction.lexicon.paradigms import Form
from worker.extraction.reading import TagHit
from worker.extraction.resolve import Distance, Participants
from worker.extraction.triggers import Trigger

LEAST: Final = 0.5
"""A reading below this is a near miss (`low_confidence`)."""

_BY_DISTANCE: Final = {Distance.CLAUSE: 1.0, Distance.SENTENCE: 0.85, Distance.BEFORE: 0.8, Distance.ARTICLE: 0.6}
_BY_FRAME: Final = {"leave": 0.9, "arrive": 0.9, "create": 0.8, "start": 0.9, "handover": 0.9}
_BY_INTRODUCER: Final = {"relative": 0.75, "time": 0.75, "concession": 0.75, "purpose": 0.9}
_WITHOUT_SLUG: Final = 0.7
_WITHOUT_SLUG_IN_CLAUSE: Final = 0.8
_OBJECT_ELSEWHERE: Final = 0.65
_NOUN: Final = 0.9


def confidence_of(trigger: Trigger, thing: TagHit, who: Participants, distance: Distance) -> float:
    """A number in 0–1: 1 where the clause itself says everything."""
    confidence = who.confidence * _BY_DISTANCE[distance] * _BY_FRAME.get(trigger.frame, 1.0)
    confidence *= _BY_INTRODUCER.get(trigger.clause.introducer or "", 1.0)
    if who.mission is None:
        confidence *= _WITHOUT_SLUG_IN_CLAUSE if distance is Distance.CLAUSE else _WITHOUT_SLUG
    if not trigger.clause.covers(thing.start):
        confidence *= _OBJECT_ELSEWHERE
    if trigger.form is Form.NOUN:
        confidence *= _NOUN
    return round(min(confidence, 1.0), 3)
