"""From one trigger to one reported change, or to a near miss that says what was lacking."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from worker.extraction.adverbs import frame_name
from worker.extraction.approval import awaited
from worker.extraction.background import anterior, recalled
from worker.extraction.binding import Focus
from worker.extraction.confidence import LEAST, confidence_of
from worker.extraction.demands import lacking_in
from worker.extraction.factuality import Commitment, commitment
from worker.extraction.frames import ACTIVITY, FRAMES, Frame, change_of
from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.objects import distance, object_of
from worker.extraction.occurrence import dated, times_of
from worker.extraction.quantities import some_of, some_stay
from worker.extraction.reading import Clause, Reading, TagHit
from worker.extraction.reasons import reasons_of
from worker.extraction.reference import Referents, named
from worker.extraction.relocation import destination, heads_for
from worker.extraction.resolve import Participants, distance_of, participants
from worker.extraction.support import begun, shifted, supported
from worker.extraction.tense import Tense, tense_of
from worker.extraction.triggers import Trigger
from worker.extraction.wars import belligerent
from worker.missions.report import Evidence, NearMiss, ReportedChange
from worker.missions.vocabulary import Change, Factuality, Scope

_JOINING: Final = frozenset({Tense.FUTURE, Tense.DONE})
"""Tenses in which *join* tells an event by itself; *joined the mission* mostly says who somebody is."""

_LEAVING: Final = frozenset({"withdraw", "leave", "exit"})
_CLOSING: Final = frozenset({"end", "close", "cease", "expire", "lapse"})


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What became of a trigger: the changes that it reports (several where several missions share it), or a miss."""

    changes: tuple[ReportedChange, ...] = ()
    miss: NearMiss | None = None
    trigger: Trigger | None = None


def interpret(reading: Reading, referents: Referents, focus: Focus, trigger: Trigger) -> Interpretation:
    """Read one trigger."""
    trigger = replace(trigger, frame=frame_name(reading, trigger))
    frame = _frame_of(reading, trigger)
    tense = tense_of(reading, trigger)
    thing = object_of(reading, trigger, frame)
    if thing is None:
        return _miss(reading, trigger, frame.ahead, "no_object")
    lacking = lacking_in(reading, trigger, thing, tense)
    if lacking is not None:
        return _miss(reading, trigger, frame.ahead, lacking)
    if tense is Tense.NOMINAL:
        given = supported(reading, trigger)
        if given is None:
            return _miss(reading, trigger, frame.ahead, "unsupported_noun")
        tense = given
    tense = shifted(reading, trigger, begun(trigger, tense))
    if anterior(reading, trigger, tense) and not dated(reading, trigger, tense):
        return _miss(reading, trigger, frame.done, Factuality.RECALLED)
    committed = commitment(reading, trigger, tense)
    change = _refined(reading, trigger, change_of(frame, tense), tense, thing)
    if committed.negated:
        reversal = _reversal(trigger, committed)
        if reversal is None:
            return _miss(reading, trigger, change, Factuality.DENIED)
        change = reversal
    elif not committed.reported:
        return _miss(reading, trigger, change, committed.factuality)
    if trigger.frame == "join" and committed.factuality is not Factuality.DECIDED and tense not in _JOINING:
        return _miss(reading, trigger, change, "state")
    who = participants(reading, referents, focus, trigger, thing)
    if who is None:
        return _miss(reading, trigger, change, "no_participants")
    who = replace(who, confidence=confidence_of(trigger, thing, who, distance_of(reading, trigger, who)))
    if who.confidence < LEAST:
        return _miss(reading, trigger, change, "low_confidence")
    if change is Change.RELOCATED and _within_country(reading, trigger, who):
        return _miss(reading, trigger, change, "same_country")
    if awaited(reading, trigger, change, who):
        return _miss(reading, trigger, change, Factuality.PENDING)
    if trigger.frame in ("replace", "yield"):
        return _succeeded(reading, referents, trigger, tense, committed, who)
    if who.mission is None and belligerent(who.actors, who.theatre, reading.published.year):
        return _miss(reading, trigger, change, "belligerent")
    return _reported(reading, referents, trigger, tense, committed, change, who)


def _succeeded(
    reading: Reading,
    referents: Referents,
    trigger: Trigger,
    tense: Tense,
    committed: Commitment,
    who: Participants,
) -> Interpretation:
    """A replacement: the end of one mission and the start of the other, as far as the clause names them.

    In the active voice the successor stands before the verb, in the passive behind it.
    """
    hits = trigger.clause.of(Kind.MISSION)
    before = named(reading, referents, [hit for hit in hits if hit.start < trigger.start])
    behind = [
        slug
        for slug in named(reading, referents, [hit for hit in hits if hit.start >= trigger.end])
        if slug not in before
    ]
    if not behind:
        before, behind = before[:1], before[1:]  # a verb at the end of its clause
    if trigger.clause.has(Kind.AUXILIARY, "passive", "passive_past") and trigger.form is Form.PARTICIPLE:
        before, behind = behind, before
    if trigger.frame == "yield":
        before, behind = behind, before
    done = tense in (Tense.PRESENT, Tense.PAST, Tense.DONE, Tense.PLUPERFECT)
    ending = Change.ENDED if done else Change.WITHDRAWAL_ANNOUNCED
    starting = Change.STARTED if done else Change.ANNOUNCED
    changes: list[ReportedChange] = []
    for slugs, change in ((behind, ending), (before, starting)):
        for slug in slugs:
            mission = referents.by_slug[slug]
            part = replace(who, mission=slug, actors=mission.actors, theatre=mission.theatre, scope=Scope.MISSION)
            changes += _reported(reading, referents, trigger, tense, committed, change, part).changes
    if not behind:
        return _miss(reading, trigger, ending, "no_object")
    return Interpretation(changes=tuple(changes), trigger=trigger)


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
        if change is Change.ENDED and not total and (clause.has(Kind.FUNCTION, "first") or _counted(reading, clause)):
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


def _within_country(reading: Reading, trigger: Trigger, who: Participants) -> bool:
    """Whether forces move within the country that they are in."""
    goal = destination(reading, trigger, Change.RELOCATED, who.actors, ())
    places = {hit.tag.value for hit in trigger.clause.hits if hit.tag.kind in (Kind.PLACE, Kind.SITE)}
    return who.theatre == (goal,) and places <= {goal, *who.actors}


def _counted(reading: Reading, clause: Clause) -> bool:
    return any(48 <= byte <= 57 for start, end in clause.spans for byte in reading.folded[start:end])


def _reversal(trigger: Trigger, committed: Commitment) -> Change | None:
    """What a negated frame reports all the same: a mandate that is not extended ends."""
    if trigger.frame == "extend" and committed.factuality in (Factuality.DECIDED, Factuality.ASSERTED):
        return Change.WITHDRAWAL_ANNOUNCED
    return None


def _reported(
    reading: Reading,
    referents: Referents,
    trigger: Trigger,
    tense: Tense,
    committed: Commitment,
    change: Change,
    who: Participants,
) -> Interpretation:
    times = times_of(reading, trigger, tense, change)
    background = recalled(reading, trigger, tense, times)
    if not background and change in _BEGINNING and who.scope is Scope.MISSION and who.mission is not None:
        began = referents.by_slug[who.mission].start.last
        if (times.occurred.first - began).days > _NEW_DAYS:
            if not trigger.clause.has(Kind.FUNCTION, "new") or trigger.clause.has(Kind.MISSION):
                return _miss(reading, trigger, change, "existing")
            who = replace(who, mission=None)  # a new mission is not the one that its owner already has there
    told = ReportedChange(
        mission=who.mission,
        actors=who.actors,
        theatre=who.theatre,
        scope=who.scope,
        change=change,
        occurred=times.occurred,
        effective=times.effective,
        relocated_to=destination(reading, trigger, change, who.actors, who.theatre),
        reasons=() if background else reasons_of(reading, trigger, change),
        background=background,
        factuality=Factuality.RECALLED if background else committed.factuality,
        confidence=who.confidence,
        evidence=_evidence(reading, trigger),
    )
    return Interpretation(changes=(told, *_shared(reading, referents, trigger, told)), trigger=trigger)


_BEGINNING: Final = frozenset({Change.ANNOUNCED, Change.STARTED})
_NEW_DAYS: Final = 366
"""A mission that began longer ago than this is not what begins: forces join it, or a part of it begins."""

_SHARED: Final = frozenset(
    {"end", "close", "cease", "extend", "suspend", "resume", "reinforce", "reduce", "expire", "lapse"}
)
"""Frames that several missions may share: *Serval and Épervier have come to an end*."""


def _shared(reading: Reading, referents: Referents, trigger: Trigger, told: ReportedChange) -> Iterator[ReportedChange]:
    """The same change for the other missions that the trigger's clause names, except successors of each other.

    A country's parts in several missions may share a change with all of its sentence: *prolonged its part in KFOR
    until May, as well as those in Althea and UNIFIL*.
    """
    if trigger.frame not in _SHARED or told.mission is None:
        return
    first = referents.by_slug[told.mission]
    if told.scope is Scope.CONTRIBUTION:
        if len({hit.start for hit in trigger.clause.sentence.of(Kind.TRIGGER)}) > 1:
            return
        for slug in named(reading, referents, trigger.clause.sentence.hits):
            other = referents.by_slug[slug]
            if slug != first.slug and other.multinational and referents.alive(slug, reading.published):
                yield replace(told, mission=slug, theatre=other.theatre)
        return
    for slug in named(reading, referents, trigger.clause.hits):
        other = referents.by_slug[slug]
        related = slug in (first.predecessor, first.successor) or first.slug in (other.predecessor, other.successor)
        if slug == first.slug or related or not referents.alive(slug, reading.published):
            continue
        if other.actors == first.actors:
            yield replace(told, mission=slug, actors=other.actors, theatre=other.theatre)


def _leaves_home(trigger: Trigger) -> bool:
    """Whether forces leave a town of their own country, and so set out: *Kenyan police left Nairobi*."""
    clause = trigger.clause
    own = {hit.tag.value for hit in clause.hits if hit.tag.kind in (Kind.ADJECTIVE, Kind.PEOPLE)}
    return any(
        hit.tag.value in own and not hit.start - trigger.end - _OBJECT_REACH > 0
        for hit in clause.hits
        if hit.tag.kind in (Kind.SEAT, Kind.SITE)
    )


_OBJECT_REACH: Final = 24
"""How far behind the verb the town that is left may stand, in characters."""


def _evidence(reading: Reading, trigger: Trigger) -> Evidence:
    """The sentence of the trigger, as it stands in the text."""
    sentence = trigger.clause.sentence
    text = reading.text[sentence.start : sentence.end]
    start = sentence.start + len(text) - len(text.lstrip())
    quote = text.strip()
    form = trigger.form or "phrase"
    rule = f"{reading.lexicon.language}.{trigger.frame}.{'split' if trigger.particle else form}"
    return Evidence(quote=quote, start=start, end=start + len(quote), rule=rule)


def _miss(reading: Reading, trigger: Trigger, change: Change, why: str) -> Interpretation:
    return Interpretation(
        miss=NearMiss(change=change, why=str(why), evidence=_evidence(reading, trigger)), trigger=trigger
    )
