"""Why, as the article itself says: stated grounds tied to the change by a link word (domain, ruling 18)."""

from typing import Final

from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Reading, Sentence
from worker.extraction.triggers import Trigger
from worker.missions.vocabulary import Reason


def reasons_of(reading: Reading, trigger: Trigger) -> tuple[Reason, ...]:
    """The reasons given in the trigger's sentence, or in sentences nearby that say that they give one.

    A sentence that gives a reason may be carried on by others that begin with *also* or *besides*.
    """
    sentence = trigger.clause.sentence
    found = _linked(sentence)
    given = False
    for other in reading.sentences[sentence.index + 1 : sentence.index + 1 + _REACH]:
        if other.has(Kind.LINK) or (given and other.has(Kind.FUNCTION, "also")):
            reasons = [Reason(hit.tag.value) for hit in other.of(Kind.REASON)]
            given = bool(reasons)
            found += reasons
        else:
            given = False
    return tuple(dict.fromkeys(found))


_REACH: Final = 5
"""How many sentences after a change may still give its reasons."""


def _linked(sentence: Sentence) -> list[Reason]:
    if not sentence.has(Kind.LINK):
        return []
    return [Reason(hit.tag.value) for hit in sentence.of(Kind.REASON)]
