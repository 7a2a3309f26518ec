"""What each frame demands of its sentence before it reports anything, and the code of a near miss where it is lacking.

The code says why the sentence reports no change: `goes_on`, `runs_until`, `describes`, `existing`, …
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from worker.extraction.creation import creates
from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.occurrence import bounded, lasts_until
from worker.extraction.reading import Reading, TagHit
from worker.extraction.relocation import heads_for
from worker.extraction.support import lies_ahead
from worker.extraction.tense import Tense
from worker.extraction.triggers import Trigger
from worker.extraction.when import Relation

_PAST: Final = frozenset({Tense.PAST, Tense.DONE, Tense.PLUPERFECT})
_AHEAD: Final = frozenset({Tense.FUTURE, Tense.INFINITIVE, Tense.CONDITIONAL})
_DEPARTURES: Final = ("withdraw", "leave", "end", "close", "exit")
_NON_FINITE: Final = frozenset({Form.GERUND, Form.INFINITIVE, Form.PRESENT_OR_INFINITIVE})

_GOVERNED: Final = 14
"""How far behind *begin* the verb that it governs may start, in characters: *has begun gradually closing*."""
_NAMED_BEHIND: Final = 40
"""How far, in characters, the mission may stand from the words that approve it: *agreed to a new mission*."""


def lacking_in(reading: Reading, trigger: Trigger, thing: TagHit, tense: Tense) -> str | None:
    """What a trigger lacks to report a change at all, as the code of a near miss; None where it lacks nothing."""
    if _foreign_subject(reading, trigger):
        return "not_an_owner"
    if tense is Tense.ATTRIBUTIVE:
        return "attributive"
    if trigger.frame in _ROTATING and _rotates(reading, trigger):
        return "rotation"
    for code, lacks in _DEMANDS.get(trigger.frame, ()):
        if lacks(reading, trigger, thing, tense):
            return code
    return None


def _rotates(reading: Reading, trigger: Trigger) -> bool:
    """Whether the sentence, the one before it or the headline speaks of a rotation or of the end of a tour."""
    sentence = trigger.clause.sentence
    near = [sentence, *reading.before(sentence, 1), *(first for first in reading.sentences[:1] if first.title)]
    return any(other.has(Kind.FUNCTION, "rotation") for other in near)


_ROTATING: Final = frozenset(
    {"deploy", "arrive", "leave", "withdraw", "replace", "yield", "join", "start", "go", "handover", "exit"}
)
"""Frames that a routine rotation is told in too, which is no change (domain, ruling 4)."""


def _foreign_subject(reading: Reading, trigger: Trigger) -> bool:
    """Whether a party that owns no mission stands as the subject right in the trigger's clause."""
    clause = trigger.clause
    presupposed = [hit.start for hit in clause.of(Kind.CUE, "decide") if hit.tag.form is None]
    return any(
        party.start < trigger.start
        and not any(party.end <= place < trigger.start for place in presupposed)
        and not any(word in reading.lexicon.genitive for word in reading.words_before(party.start, 2))
        for party in clause.of(Kind.PARTY, "host")
    )


def _merely_stays(reading: Reading, trigger: Trigger, __: TagHit, tense: Tense) -> bool:
    return not (bounded(reading, trigger, further=True) and tense in (Tense.PRESENT, Tense.FUTURE, Tense.INFINITIVE))


def _still_runs(_: Reading, __: Trigger, ___: TagHit, tense: Tense) -> bool:
    return tense not in _PAST


def _mandate_ends_later(reading: Reading, trigger: Trigger, thing: TagHit, tense: Tense) -> bool:
    """Whether only the term of a mandate is told: *the mandate comes to an end on June 30*."""
    clause = trigger.clause
    return (
        thing.tag.value == "mandate"
        and tense in (Tense.PRESENT, Tense.FUTURE)
        and lies_ahead(reading, clause)
        and not clause.has(Kind.CUE)
    )


def _has_no_new_end(_: Reading, trigger: Trigger, __: TagHit, tense: Tense) -> bool:
    return tense is not Tense.FUTURE or not lasts_until(trigger)


def _puts_nothing_off(reading: Reading, trigger: Trigger, __: TagHit, ___: Tense) -> bool:
    """Whether it is no departure or end that is put off, or to no date (domain, ruling 11)."""
    departs = any(
        hit.tag.value in _DEPARTURES and hit.start != trigger.start for hit in trigger.clause.of(Kind.TRIGGER)
    )
    return not departs or not bounded(reading, trigger)


def _unbounded(reading: Reading, trigger: Trigger, __: TagHit, ___: Tense) -> bool:
    return not bounded(reading, trigger)


def _describes(_: Reading, trigger: Trigger, __: TagHit, tense: Tense) -> bool:
    """Whether *takes part*, *supplies* tells how things stand, and no decision or beginning.

    A bare present or past only describes; a decision, a headline or the date of the beginning make it news.
    """
    clause = trigger.clause
    if tense in _AHEAD:
        return False
    if tense is Tense.PRESENT:
        return not (clause.sentence.title or clause.sentence.has(Kind.CUE, "decide", "announce", "approve", "order"))
    since = any(clause.covers(m.start) and m.relation is Relation.SINCE for m in clause.sentence.dates)
    return not (since and tense in (Tense.PAST, Tense.UNDER_WAY))


def _stands(_: Reading, trigger: Trigger, __: TagHit, ___: Tense) -> bool:
    """Whether a participle tells how things stand: the German *sind stationiert*, unlike *sind entsandt worden*."""
    clause = trigger.clause
    if trigger.form is not Form.PARTICIPLE:
        return False
    served = any(hit.start <= trigger.end + 1 for hit in clause.of(Kind.AUXILIARY, "passive_past", "passive"))
    return not served and (clause.has(Kind.AUXILIARY, "state") or clause.has(Kind.FUNCTION, "now"))


def _aspectual(_: Reading, trigger: Trigger, __: TagHit, ___: Tense) -> bool:
    """Whether *begin* governs another verb, which tells what begins."""
    return any(
        hit.tag.form in _NON_FINITE and 0 < hit.start - trigger.end <= _GOVERNED
        for hit in trigger.clause.of(Kind.TRIGGER)
    )


def _sets_out(_: Reading, trigger: Trigger, __: TagHit, ___: Tense) -> bool:
    """Whether a first group leaves no place that is named: it may as well set out."""
    clause = trigger.clause
    return clause.has(Kind.FUNCTION, "first") and not any(
        hit.tag.kind in (Kind.PLACE, Kind.SITE) or (hit.tag.kind is Kind.FUNCTION and hit.tag.value == "country")
        for hit in clause.hits
    )


def _not_new(reading: Reading, trigger: Trigger, thing: TagHit, _: Tense) -> bool:
    """Whether what is approved has been heard of before: *agreed to the extension*, and not *to a force*."""
    if min(abs(thing.start - trigger.end), abs(trigger.start - thing.end)) > _NAMED_BEHIND:
        return True
    if any(hit.tag.form is Form.NOUN and hit.start != trigger.start for hit in trigger.clause.of(Kind.TRIGGER)):
        return True
    return not any(word in reading.lexicon.indefinite for word in reading.words_before(thing.start, 3))


def _exists(reading: Reading, trigger: Trigger, thing: TagHit, _: Tense) -> bool:
    return not creates(reading, trigger, thing)


def _goes_nowhere(reading: Reading, trigger: Trigger, _: TagHit, __: Tense) -> bool:
    return heads_for(reading, trigger.clause) is None


_Demand = Callable[[Reading, Trigger, TagHit, Tense], bool]

_DEMANDS: Final[Mapping[str, tuple[tuple[str, _Demand], ...]]] = MappingProxyType(
    {
        "stay": (("goes_on", _merely_stays),),
        "run": (("goes_on", _has_no_new_end),),
        "grant": (("unbounded", _unbounded),),
        "postpone": (("nothing_put_off", _puts_nothing_off),),
        "expire": (("runs_until", _still_runs),),
        "lapse": (("runs_until", _still_runs),),
        "end": (("runs_until", _mandate_ends_later),),
        "close": (("runs_until", _mandate_ends_later),),
        "partake": (("describes", _describes),),
        "supply": (("describes", _describes),),
        "deploy": (("state", _stands),),
        "join": (("state", _stands),),
        "create": (("state", _stands), ("existing", _exists)),
        "approve": (("nothing_new", _not_new),),
        "start": (("aspect", _aspectual),),
        "leave": (("sets_out", _sets_out),),
        "go": (("no_destination", _goes_nowhere),),
    }
)
"""By frame: what may be lacking, each with its code."""
