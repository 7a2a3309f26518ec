"""Where forces go on: the destination of a move, decided or under consideration (domain: `relocated_to`)."""

from collections.abc import Sequence
from typing import Final

from worker.extraction.lexicon.load import ORGANISATIONS
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence, TagHit
from worker.extraction.triggers import Trigger
from worker.missions.vocabulary import Change

_MOVING: Final = frozenset(
    {Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED, Change.ENDED, Change.RELOCATED, Change.SUSPENDED}
)
_REACH: Final = 12
"""How many sentences after the change may say where the forces go on."""


def destination(
    reading: Reading, trigger: Trigger, change: Change, actors: Sequence[str], theatre: Sequence[str]
) -> str | None:
    """The country to which forces move, as an ISO code; None where the text names none."""
    sentence = trigger.clause.sentence
    if change in (Change.RELOCATED, Change.RESUMED):
        found = _towards(reading, trigger.clause.hits, actors) or _towards(reading, sentence.hits, actors)
        if change is Change.RESUMED:
            return _instead(sentence, actors) or (found if found not in theatre else None)
        if found is not None:
            return found
    if change not in _MOVING:
        return None
    for index in range(sentence.index, min(len(reading.sentences), sentence.index + _REACH + 1)):
        found = _onward(reading.sentences[index], actors, theatre)
        if found is not None:
            return found
    return None


def _instead(sentence: Sentence, actors: Sequence[str]) -> str | None:
    """The place named behind words such as *this time*: where it goes on instead."""
    for cue in sentence.of(Kind.FUNCTION, "instead"):
        for hit in sentence.hits:
            if hit.start >= cue.end and hit.tag.kind in (Kind.PLACE, Kind.SITE) and _country(hit):
                return hit.tag.value if hit.tag.value not in actors else None
    return None


def heads_for(reading: Reading, clause: Clause) -> str | None:
    """The country that forces leave *for*: who leaves for Jordan deploys there, but who leaves for home does not."""
    own = {hit.tag.value for hit in clause.hits if hit.tag.kind in (Kind.ADJECTIVE, Kind.PEOPLE)}
    for hit in clause.hits:
        if hit.tag.kind in (Kind.PLACE, Kind.SITE) and hit.tag.value not in ORGANISATIONS and hit.tag.value not in own:
            words = reading.words_before(hit.start, 2)
            if words and words[0] in reading.lexicon.determiners:
                words = words[1:]
            if words and words[0] in reading.lexicon.outward:
                return hit.tag.value
    return None


def _onward(sentence: Sentence, actors: Sequence[str], theatre: Sequence[str]) -> str | None:
    """The place in a sentence that speaks of going on elsewhere."""
    if not sentence.has(Kind.FUNCTION, "onward"):
        return None
    for hit in sentence.hits:
        if hit.tag.kind in (Kind.PLACE, Kind.SITE) and _country(hit) and hit.tag.value not in (*actors, *theatre):
            return hit.tag.value
    return None


def _towards(reading: Reading, hits: Sequence[TagHit], actors: Sequence[str]) -> str | None:
    """The place that a preposition of direction governs."""
    for hit in hits:
        if hit.tag.kind not in (Kind.PLACE, Kind.SITE, Kind.SEAT) or not _country(hit) or hit.tag.value in actors:
            continue
        words = reading.words_before(hit.start, 2)
        if any(word in reading.lexicon.directional for word in words):
            return hit.tag.value
    return None


def _country(hit: TagHit) -> bool:
    return len(hit.tag.value) == 2 and hit.tag.value not in ORGANISATIONS
