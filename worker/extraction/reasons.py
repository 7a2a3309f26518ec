"""Why, as the article itself says (domain, ruling 18).

Some words are a reason only where a link ties them to the change (*because of the coup*); others state a ground by
themselves (*the mission has done its job*). Bad news told alongside is neither.
"""

from typing import Final

from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence, TagHit
from worker.extraction.triggers import Trigger
from worker.missions.vocabulary import Change, Reason

_REACH: Final = 5
"""How many sentences after a change may still give its reasons."""

_CARRIED: Final = 2
"""How many sentences after a reason may give another, however far behind the change."""


_LEAVING: Final = frozenset({Change.ENDED, Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED, Change.REDUCED})
_INTERRUPTING: Final = _LEAVING | {Change.SUSPENDED, Change.RELOCATED}

_FITTING: Final = {
    Reason.MANDATE_EXPIRED: frozenset({Change.ENDED, Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED}),
    Reason.OBJECTIVES_MET: _LEAVING,
    Reason.COST: _LEAVING,
    Reason.OTHER_PRIORITY: _LEAVING,
    Reason.DOMESTIC_POLITICS: _INTERRUPTING,
    Reason.COUP: _INTERRUPTING,
    Reason.HOST_OBSTRUCTION: _INTERRUPTING,
    Reason.DIPLOMATIC_RIFT: _INTERRUPTING,
    Reason.MERCENARIES: _INTERRUPTING,
    Reason.ELECTIONS_DELAYED: _INTERRUPTING,
    Reason.CASUALTIES: _INTERRUPTING | {Change.REINFORCED},
}
"""The changes that a reason can be one for; those not listed fit any but `resumed`."""


def _fits(reason: Reason, change: Change) -> bool:
    if reason in _FITTING:
        return change in _FITTING[reason]
    return change is not Change.RESUMED or reason is Reason.HOST_REQUEST


def reasons_of(reading: Reading, trigger: Trigger, change: Change) -> tuple[Reason, ...]:
    """The reasons given in the trigger's sentence, or in sentences nearby that say that they give one.

    A sentence that gives a reason may be carried on by others that begin with *also* or *besides*.
    """
    sentence = trigger.clause.sentence
    found = [hit for hit in _given(sentence) if _belongs(hit, trigger)]
    given = bool(found)
    last = sentence.index + _REACH
    for other in reading.sentences[sentence.index + 1 :]:
        if other.index > last:
            break
        reasons = _given(other)
        if not reasons and given and other.has(Kind.FUNCTION, "also"):
            reasons = other.of(Kind.REASON)
        given = bool(reasons)
        if given:
            last = max(last, other.index + _CARRIED)
        found += reasons
    codes = dict.fromkeys(Reason(hit.tag.value) for hit in found)
    return tuple(code for code in codes if _fits(code, change))


def _given(sentence: Sentence) -> list[TagHit]:
    """The reasons of a sentence: those with a link, and those that need none."""
    grounds = [hit for hit in sentence.of(Kind.GROUND) if sentence.clause_at(hit.start).introducer != "until"]
    if not sentence.has(Kind.LINK):
        return grounds
    return grounds + [hit for hit in sentence.of(Kind.REASON) if sentence.clause_at(hit.start).introducer != "relative"]


def _belongs(hit: TagHit, trigger: Trigger) -> bool:
    """Whether a reason in the trigger's own sentence is given for it, and not for another event told there."""
    clause: Clause | None = trigger.clause.sentence.clause_at(hit.start)
    while clause is not None and clause is not trigger.clause:
        if any(not hit.start <= told.start < hit.end for told in clause.of(Kind.TRIGGER)):
            return False
        clause = clause.parent
    return True
