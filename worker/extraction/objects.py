"""What a trigger is about: the mission, force, mandate, base or activity that changes."""

from typing import Final

from worker.extraction.binding import actors_in
from worker.extraction.frames import FORCE, Frame
from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind, Tag
from worker.extraction.reading import Reading, TagHit
from worker.extraction.text.phrases import Hit
from worker.extraction.triggers import Trigger

_COMPLEMENT_REACH: Final = 48
"""How far behind the noun of an event its complement may stand, in characters."""

_SUBJECT_SCORE: Final = 2.0
"""From which score on an actor is taken for the subject (see `binding`)."""

_PLACE_REACH: Final = 24
"""How far behind the verb the place that is left may stand: *quittera cette semaine le Mali*."""

_PLACE_BACK: Final = 2
"""How far before a verb at the end of its clause it may stand."""

_LEAVING: Final = frozenset({"withdraw", "leave"})
_TAKING_PART: Final = frozenset({"join", "partake"})
_OWN_MOVES: Final = frozenset({"withdraw", "exit", "deploy"})
"""Frames whose nouns need not say of what: *the withdrawal*, *this deployment*."""


def object_of(reading: Reading, trigger: Trigger, frame: Frame) -> TagHit | None:
    """What the trigger is about: the nearest fitting noun in its clause, else in its sentence.

    In a language whose nouns join what they happen to by a preposition (*le retrait des troupes*), the object of a
    noun is its complement and nothing else.
    """
    if trigger.form is Form.NOUN and reading.lexicon.complement:
        return _complement(reading, trigger, frame)
    for hits in (trigger.clause.hits, trigger.clause.sentence.hits):
        best: TagHit | None = None
        for hit in hits:
            if not _fits(hit, frame) or trigger.start <= hit.start < trigger.end:
                continue
            if best is None or distance(hit, trigger) < distance(best, trigger):
                best = hit
        if best is None and hits is trigger.clause.hits and FORCE in frame.objects:
            best = _people(trigger)
        if best is not None:
            return best
    return _itself(reading, trigger)


def _people(trigger: Trigger) -> TagHit | None:
    """The people of a country as its forces, where no word for forces is used: *the Danes are leaving*."""
    people = trigger.clause.of(Kind.PEOPLE)
    return min(people, key=lambda hit: distance(hit, trigger)) if people else None


def _itself(reading: Reading, trigger: Trigger) -> TagHit | None:
    """The forces that go where no word is used for them: *France pulls out*, *leaves Mali*, *their withdrawal*."""
    return Hit(trigger.start, trigger.end, Tag(Kind.OBJECT, FORCE)) if _moves_itself(reading, trigger) else None


def _moves_itself(reading: Reading, trigger: Trigger) -> bool:
    if trigger.form is Form.NOUN:
        if reading.lexicon.complement:
            # *this deployment* takes up what has been told
            taken_up = any(word in reading.lexicon.demonstrative for word in reading.words_before(trigger.start, 1))
            return trigger.frame in _OWN_MOVES and not taken_up
        clause = trigger.clause
        told = clause.has(Kind.PLACE) or clause.has(Kind.SITE) or clause.has(Kind.ASPECT, "begin", "complete")
        return trigger.frame in _LEAVING and told
    if trigger.clause.has(Kind.FUNCTION, "civil"):
        return False  # ambassadors and citizens leave too
    if trigger.frame in _TAKING_PART:
        return any(word in reading.lexicon.thereto for word in reading.words_before(trigger.start, 1))
    if trigger.frame == "exit":
        return _led(reading, trigger)
    return trigger.frame == "leave" and _leaves_place(reading, trigger) and _led(reading, trigger)


def _fits(hit: TagHit, frame: Frame) -> bool:
    if hit.tag.kind is Kind.MISSION:
        return "mission" in frame.objects
    return hit.tag.kind is Kind.OBJECT and hit.tag.value in frame.objects


def distance(hit: TagHit, trigger: Trigger) -> int:
    """How far a hit stands from a trigger, in characters."""
    return min(abs(hit.start - trigger.end), abs(trigger.start - hit.end))


def _complement(reading: Reading, trigger: Trigger, frame: Frame) -> TagHit | None:
    """The first fitting noun behind the noun of an event that a preposition such as *of* joins to it."""
    for hit in trigger.clause.hits:
        if not 0 <= hit.start - trigger.end <= _COMPLEMENT_REACH or not _fits(hit, frame):
            continue
        between = reading.folded[trigger.end : hit.start]
        if any(mark in between for mark in (b",", b";", b":", b"(", b".")):
            break
        if any(word in reading.lexicon.complement for word in between.replace(b"'", b" ").split()):
            return hit
        break
    return _itself(reading, trigger)


def _led(reading: Reading, trigger: Trigger) -> bool:
    """Whether an actor stands as the subject before the trigger, in its clause or in those it depends on."""
    clause = trigger.clause
    while clause is not None:
        for actor in actors_in(reading, clause, trigger):
            if actor.score >= _SUBJECT_SCORE and actor.start < trigger.start:
                return True
        if clause.parent is None:
            return False
        clause = clause.parent
    return False


def _leaves_place(reading: Reading, trigger: Trigger) -> bool:
    back = reading.lexicon.inverting  # *dat België Rwanda verlaat*
    for hit in trigger.clause.hits:
        left = hit.tag.kind in (Kind.PLACE, Kind.SITE) or (hit.tag.kind is Kind.FUNCTION and hit.tag.value == "country")
        behind = 0 <= hit.start - trigger.end <= _PLACE_REACH
        if left and (behind or (back and 0 <= trigger.start - hit.end <= _PLACE_BACK)):
            words = reading.words_before(hit.start, 2)
            return not any(word in reading.lexicon.locative for word in words)
    return False
