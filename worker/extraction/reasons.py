"""Why, as the article itself says (domain, ruling 18).

Some words are a reason only where a link ties them to the change (*because of the coup*); others state a ground by
themselves (*the mission has done its job*). Bad news told alongside is neither. How likely each is, the model learns
from where the words stand: signs begin with `?`.
"""

from typing import Final

from worker.extraction.lexicon.tags import Kind
from worker.extraction.model import Model, odds_of
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


def reasons_of(model: Model, reading: Reading, trigger: Trigger, change: Change) -> tuple[Reason, ...]:
    """The reasons that are likely those of a change, in the order in which they stand.

    What only *also* or *besides* adds to likely ones is one as well: the text itself says so.
    """
    all_of_them = offered(reading, trigger, change)
    likely = {reason for reason, signs in all_of_them.items() if odds_of(model.weight(signs)) >= _EVEN}
    return tuple(reason for reason, signs in all_of_them.items() if reason in likely or (likely and _ADDED in signs))


_ADDED: Final = "?rule=also"
_EVEN: Final = 0.8
"""The least odds of a reason that is reported."""


def offered(reading: Reading, trigger: Trigger, change: Change) -> dict[Reason, list[str]]:
    """What the text around a trigger offers as reasons, with the signs of each."""
    index = trigger.clause.sentence.index
    told = _told(reading, trigger)
    found: dict[Reason, list[str]] = {}
    for sentence in reading.sentences[max(0, index - _BEFORE) : index + _REACH + _LONGEST]:
        for hit in sorted([*sentence.of(Kind.REASON), *sentence.of(Kind.GROUND)], key=lambda hit: hit.start):
            reason = Reason(hit.tag.value)
            near = sentence.index <= index + _REACH or reason in told
            if near and _fits(reason, change):
                found.setdefault(reason, []).extend(_signs(reading, trigger, sentence, hit))
    made = {}
    for reason, around in found.items():
        manner = told.get(reason, "none")
        signs = [*around, "any", reason, f"{reason}:{change}", f"offered={min(len(found), 4)}"]
        signs += (f"rule={manner}", f"rule={manner}:{reason}")
        made[reason] = [f"?{sign}" for sign in dict.fromkeys(signs)]
    return made


_LONGEST: Final = 6
"""How many sentences of reasons beyond the reach may carry on those within it."""
_BEFORE: Final = 2
"""How many sentences before a change may give its reasons."""


def _signs(reading: Reading, trigger: Trigger, sentence: Sentence, hit: TagHit) -> list[str]:
    """The signs of one wording of a reason: where it stands, what ties it to the change, and the words."""
    apart = sentence.index - trigger.clause.sentence.index
    clause = sentence.clause_at(hit.start)
    where = "clause" if clause is trigger.clause else f"{min(apart, _FAR):+d}"
    linked = any(abs(link.start - hit.start) <= _TIED for link in sentence.of(Kind.LINK))
    tie = "linked" if linked else "loose" if sentence.has(Kind.LINK) else "alone"
    side = "<" if hit.start < trigger.start else ">"
    words = reading.folded[hit.start : hit.end].decode()
    signs = [
        f"{hit.tag.kind}.{where}",
        f"{hit.tag.kind}.{where}.{tie}",
        f"{where}{side}" if not apart else where,
        f"{hit.tag.value}&{where}",
        f"{hit.tag.value}&{tie}",
        f"in={clause.introducer}",
        f"{reading.lexicon.language}:{words}",
    ]
    if not apart and not _belongs(hit, trigger):
        signs.append("of_another")
    if apart and sentence.has(Kind.TRIGGER):
        signs.append(f"{hit.tag.kind}.with_trigger")
    return signs


_FAR: Final = 3
_TIED: Final = 60
"""How near a word such as *because* must stand to tie what it governs, in characters."""


def _told(reading: Reading, trigger: Trigger) -> dict[Reason, str]:
    """The reasons given in the trigger's sentence, or in sentences nearby that say that they give one, and how.

    A sentence that gives a reason may be carried on by others that begin with *also* or *besides*.
    """
    sentence = trigger.clause.sentence
    found = {Reason(hit.tag.value): "here" for hit in _given(sentence) if _belongs(hit, trigger)}
    given = bool(found)
    last = sentence.index + _REACH
    for other in reading.sentences[sentence.index + 1 :]:
        if other.index > last:
            break
        reasons, manner = _given(other), "carried" if given else "after"
        if not reasons and given and other.has(Kind.FUNCTION, "also"):
            reasons, manner = other.of(Kind.REASON), "also"
        given = bool(reasons)
        if given:
            last = max(last, other.index + _CARRIED)
        for hit in reasons:
            found.setdefault(Reason(hit.tag.value), manner)
    return found


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
