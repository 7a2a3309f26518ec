"""What one trigger may report: its object, tense and factuality, each kept as a sign and none as a verdict.

The old event coders accept or drop a reading at the first rule that objects. Here every rule only leaves a sign;
`model` weighs all signs of a reading together. The first objection is kept as the reason of a near miss.
"""

from dataclasses import dataclass, replace
from typing import Final

from worker.extraction.adverbs import frame_name
from worker.extraction.background import anterior
from worker.extraction.demands import lacking_in
from worker.extraction.factuality import Commitment, commitment
from worker.extraction.frames import ACTIVITY, FORCE, FRAMES, Frame, change_of
from worker.extraction.lexicon.tags import Kind, Tag
from worker.extraction.objects import distance, object_of
from worker.extraction.occurrence import dated
from worker.extraction.quantities import some_of, some_stay
from worker.extraction.reading import Clause, Reading, TagHit
from worker.extraction.relocation import heads_for
from worker.extraction.support import begun, shifted, supported
from worker.extraction.tense import Tense, tense_of
from worker.extraction.text.phrases import Hit
from worker.extraction.triggers import Trigger
from worker.missions.vocabulary import Change, Factuality

_JOINING: Final = frozenset({Tense.FUTURE, Tense.DONE})
"""Tenses in which *join* tells an event by itself; *joined the mission* mostly says who somebody is."""

_LEAVING: Final = frozenset({"withdraw", "leave", "exit"})
_CLOSING: Final = frozenset({"end", "close", "cease", "expire", "lapse"})

_NEAR: Final = (8, 25, 60)
"""Where classes of distance between a trigger and its object end, in characters."""


@dataclass(slots=True)
class Candidate:
    """One trigger as it may be read.

    `suggested` is the change that frame, tense and quantifiers call for; `signs` are those of the trigger and what it
    is about; `objection` is the code of the first ground against reporting it, None where there is none.
    """

    trigger: Trigger
    frame: Frame
    tense: Tense
    thing: TagHit | None
    committed: Commitment
    suggested: Change
    signs: list[str]
    objection: str | None = None

    @property
    def object_class(self) -> str:
        """The class of what changes: `named` for a mission by its name, `none` where nothing fits."""
        thing = self.thing
        if thing is None:
            return "none"
        if thing.start == self.trigger.start:
            return "itself"
        if thing.tag.kind is Kind.PEOPLE:
            return "people"
        return "named" if thing.tag.kind is Kind.MISSION else thing.tag.value

    def object_to(self, code: str) -> None:
        """Note a ground against reporting it."""
        self.signs.append(f"no:{code}")
        if self.objection is None or (self.objection == _WEAKEST and isinstance(code, Factuality)):
            self.objection = code


def candidate_of(reading: Reading, trigger: Trigger) -> Candidate:
    """Read one trigger as far as its own sentence goes."""
    trigger = replace(trigger, frame=frame_name(reading, trigger))
    frame = _frame_of(reading, trigger)
    tense = tense_of(reading, trigger)
    thing = object_of(reading, trigger, frame)
    made = Candidate(trigger, frame, tense, thing, Commitment(Factuality.ASSERTED), frame.ahead, [])
    signs = made.signs
    signs += (f"frame={trigger.frame}", f"form={trigger.form}", f"form:{tense}")
    if trigger.mark:
        made.object_to(trigger.mark)
    _object_signs(made)
    supposed = thing or Hit(trigger.start, trigger.end, Tag(Kind.OBJECT, FORCE))
    lacking = lacking_in(reading, trigger, supposed, tense)
    if lacking is not None:
        made.object_to(lacking)
    if tense is Tense.NOMINAL:
        given = supported(reading, trigger)
        if given is None:
            made.object_to(_WEAKEST)
            given = Tense.INFINITIVE
        tense = given
    tense = shifted(reading, trigger, begun(trigger, tense))
    made.tense = tense
    signs += (f"tense={tense}", f"{trigger.frame}:{tense}")
    if anterior(reading, trigger, tense):
        if dated(reading, trigger, tense):
            signs.append("anterior_dated")
        else:
            made.object_to(Factuality.RECALLED)
    made.committed = committed = commitment(reading, trigger, tense)
    signs.append(f"fact={committed.factuality}")
    made.suggested = _refined(reading, trigger, change_of(frame, tense), tense, supposed)
    if committed.negated:
        signs.append("negated")
        reversal = _reversal(trigger, committed)
        if reversal is None:
            made.object_to(Factuality.DENIED)
        else:
            made.suggested = reversal
            signs.append("reversed")
    elif not committed.reported:
        made.object_to(committed.factuality)
    if trigger.frame == "join" and committed.factuality is not Factuality.DECIDED and tense not in _JOINING:
        made.object_to("state")
    return made


def _object_signs(made: Candidate) -> None:
    """Leave the signs of what a trigger is about: its class, and where it stands."""
    thing, trigger, signs = made.thing, made.trigger, made.signs
    name = made.object_class
    signs += (f"object={name}", f"{trigger.frame}({name})")
    if thing is None:
        made.object_to("no_object")
        here = trigger.clause.has(Kind.OBJECT) or trigger.clause.has(Kind.MISSION)
        around = here or trigger.clause.sentence.has(Kind.OBJECT) or trigger.clause.sentence.has(Kind.MISSION)
        signs.append("object:another" if here else "object:elsewhere" if around else "object:nowhere")
        return
    apart = distance(thing, trigger)
    signs += (
        "object:clause" if trigger.clause.covers(thing.start) else "object:sentence",
        "object<" if thing.start < trigger.start else "object>",
        f"object~{sum(apart >= limit for limit in _NEAR)}",
    )


def _frame_of(reading: Reading, trigger: Trigger) -> Frame:
    """The frame of a trigger: what ends only until further notice is suspended, a base that closes is given up."""
    if trigger.frame in _CLOSING and trigger.clause.has(Kind.FUNCTION, "halt"):
        return FRAMES["suspend"]
    if trigger.frame == "end":
        base, mission = (
            object_of(reading, trigger, FRAMES["handover"]),
            object_of(reading, trigger, FRAMES[trigger.frame]),
        )
        if base is not None and (mission is None or distance(base, trigger) < distance(mission, trigger)):
            return FRAMES["handover"]
    return FRAMES[trigger.frame]


def _refined(reading: Reading, trigger: Trigger, change: Change, tense: Tense, thing: TagHit) -> Change:
    """What quantifiers in the clause make of a change."""
    clause = trigger.clause
    parts = clause.of(Kind.FUNCTION, "partial")
    partial = bool(parts) or some_of(reading, clause)
    lasts = [
        hit
        for hit in clause.of(Kind.FUNCTION, "total")
        if not any(part.start <= hit.start and hit.end <= part.end for part in parts)
        and not any(date.start <= hit.start and hit.end <= date.end for date in clause.sentence.dates)
    ]
    total = bool(lasts)
    if trigger.frame == "leave" and (heads_for(reading, clause) is not None or _leaves_home(trigger)):
        return change_of(FRAMES["deploy"], tense)
    if trigger.frame in _LEAVING:
        if clause.has(Kind.FUNCTION, "halt") or _waits(clause):
            return Change.SUSPENDED  # sent home until further notice
        if partial and not total:
            return Change.REDUCED
        if tense is Tense.PRESENT and any(0 < trigger.start - hit.start < _SUBJECT_REACH for hit in lasts):
            return Change.ENDED
        if change is Change.ENDED and not total and _from_a_site(clause, thing):
            return Change.WITHDRAWAL_STARTED
        if change is Change.ENDED and not total and (clause.has(Kind.FUNCTION, "first") or counted(reading, clause)):
            return Change.WITHDRAWAL_STARTED
    if trigger.frame == "handover" and some_stay(reading, trigger):
        return Change.REDUCED
    if trigger.frame == "cease" and thing.tag.value == ACTIVITY:
        return Change.SUSPENDED
    if trigger.frame in ("deploy", "arrive", "join") and _extra(reading, clause):
        return Change.REINFORCED
    return change


def _from_a_site(clause: Clause, thing: TagHit) -> bool:
    """Whether a mission as such leaves a town or base, and no country is named: it goes on elsewhere."""
    return (
        thing.tag.kind is Kind.MISSION
        and any(hit.tag.kind is Kind.SITE for hit in clause.hits)
        and not any(hit.tag.kind is Kind.PLACE for hit in clause.hits)
    )


def _extra(reading: Reading, clause: Clause) -> bool:
    """Whether a clause speaks of more than there were: *300 more soldiers*, and not *more than 300*."""
    comparative = reading.lexicon.comparative
    return any(reading.word_behind(hit.end) not in comparative for hit in clause.of(Kind.FUNCTION, "extra"))


def _waits(clause: Clause) -> bool:
    """Whether a clause lasts only until something changes: *home until the virus has passed*."""
    return any(
        other.introducer == "until" and other.parent is clause and other.has(Kind.FUNCTION, "till")
        for other in clause.sentence.clauses
    )


_SUBJECT_REACH: Final = 40
"""How far before its verb a subject may begin, in characters: *last US troops leave*."""


def counted(reading: Reading, clause: Clause) -> bool:
    """Whether a clause has a figure in digits."""
    return any(48 <= byte <= 57 for start, end in clause.spans for byte in reading.folded[start:end])


def _leaves_home(trigger: Trigger) -> bool:
    """Whether forces leave a town of their own country, and so set out: *Kenyan police left Nairobi*."""
    clause = trigger.clause
    own = {hit.tag.value for hit in clause.hits if hit.tag.kind in (Kind.ADJECTIVE, Kind.PEOPLE)}
    return any(
        hit.tag.value in own and not hit.start - trigger.end - _OBJECT_REACH > 0
        for hit in clause.hits
        if hit.tag.kind in (Kind.SEAT, Kind.SITE)
    )


_WEAKEST: Final = "unsupported_noun"
"""The ground that says least: a noun that nothing carries may still be refused, denied or demanded."""

_OBJECT_REACH: Final = 24
"""How far behind the verb the town that is left may stand, in characters."""


_GOING_ON: Final = frozenset({"extend", "grant", "run", "keep", "stay"})


def _reversal(trigger: Trigger, committed: Commitment) -> Change | None:
    """What a negated frame reports all the same: a mandate that is not extended ends."""
    if trigger.frame in _GOING_ON and committed.factuality in (Factuality.DECIDED, Factuality.ASSERTED):
        return Change.WITHDRAWAL_ANNOUNCED
    return None
