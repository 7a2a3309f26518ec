"""Finding the words that can report a change, split verbs put together again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from worker.extraction.lexicon.load import VOID
from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence, TagHit


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A word or expression that can report a change; `end` takes in the particle of a split verb."""

    frame: str
    form: Form | None
    start: int
    end: int
    clause: Clause
    particle: TagHit | None = None
    mark: str = ""
    """How it may be only a part of another event.

    `phase` (has *begun* to leave), `support` (*carry out* a withdrawal), `changed` (extend the *deployment*).
    """


def find(reading: Reading, sentence: Sentence) -> list[Trigger]:
    """The triggers of a sentence in their order; of two that overlap, the longer."""
    found = []
    for hit in sentence.of(Kind.TRIGGER):
        if hit.tag.form is Form.NOUN and any(d.start <= hit.start and hit.end <= d.end for d in sentence.dates):
            continue  # the German *Ende Mai*
        if reading.lexicon.compounding and reading.folded[hit.start - 1 : hit.start] == b"-":
            continue  # *US-led*
        if hit.tag.value == VOID and reading.folded[hit.end : hit.end + 2] == b"'s":
            continue  # *join NATO's mission* is not *join NATO*
        clause = sentence.clause_at(hit.start)
        form = hit.tag.form
        if form is Form.HOMOGRAPH:
            if not _verbal(reading, hit.start):
                continue
            form = Form.PRESENT_OR_INFINITIVE
        particle = None
        if hit.tag.particle:
            particle = particle_of(reading, clause, hit)
            if particle is None:
                continue
            if form is Form.PRESENT_OR_INFINITIVE and reading.lexicon.inverting and " " in particle.tag.value:
                form = Form.INFINITIVE if particle.start < hit.start else Form.PRESENT
        frame = hit.tag.value
        if form is not Form.NOUN and frame in reading.lexicon.reflexive and _reflexive(reading, clause, hit):
            frame = reading.lexicon.reflexive[frame]
        found.append(Trigger(frame, form, hit.start, hit.end, clause, particle))
    idioms = [(trigger.start, trigger.end) for trigger in found if trigger.frame == VOID]
    told = [
        trigger
        for trigger in found
        if trigger.frame != VOID and not any(start <= trigger.start and trigger.end <= end for start, end in idioms)
    ]
    kept = _longest(_disambiguated(reading, told))
    return [_marked(reading, trigger, kept) for trigger in kept]


def _marked(reading: Reading, trigger: Trigger, triggers: Sequence[Trigger]) -> Trigger:
    """A trigger with the mark of what it may be a part of."""
    if _governs(reading, trigger, triggers):
        return replace(trigger, mark="phase")
    if _supports(trigger, triggers):
        return replace(trigger, mark="support")
    return replace(trigger, mark="changed") if _changed(reading, trigger, triggers) else trigger


def _reflexive(reading: Reading, clause: Clause, verb: TagHit) -> bool:
    """Whether a verb is used with its reflexive pronoun, which stands before it or before its auxiliary."""
    pronouns = reading.lexicon.reflexive_pronouns
    for word in reading.words_before(verb.start, 1):
        if word in pronouns:
            return True
    split = bool(verb.tag.particle)  # the German *zieht sich | zurück*
    return any(split or hit.start < verb.start for hit in clause.of(Kind.AUXILIARY, "reflexive"))


_PHASES: Final = frozenset({"start", "end", "close", "cease", "create", "resume", "reinforce"})
"""Frames whose verbs also tell the phase of an event that another trigger names: *has begun to pull out*."""

_PHASE_REACH: Final = 36


def _supports(trigger: Trigger, triggers: Iterable[Trigger]) -> bool:
    """Whether a verb behind the noun of another event only begins it: the German *mit dem Abzug | begonnen*."""
    return trigger.frame == "start" and any(
        other.form is Form.NOUN
        and other.frame not in _PHASES
        and other.clause is trigger.clause
        and other.end <= trigger.start
        for other in triggers
    )


def _governs(reading: Reading, trigger: Trigger, triggers: Iterable[Trigger]) -> bool:
    """Whether a trigger only tells the phase of the next one: *a commencé à retirer*, *achève le retrait*."""
    if trigger.frame not in _PHASES or trigger.form is Form.NOUN:
        return False
    for other in triggers:
        if other.clause is not trigger.clause or not 0 <= other.start - trigger.end <= _PHASE_REACH:
            continue
        if other.form is Form.INFINITIVE:
            return True
        if other.form is Form.NOUN and b"," not in reading.folded[trigger.end : other.start]:
            return True
    return False


def _verbal(reading: Reading, place: int) -> bool:
    """Whether a form that is a noun too is a verb here: *to end*, *will end*, and not *the end*."""
    words = reading.words_before(place, 1)
    return bool(words) and words[0] in reading.lexicon.verbal


_NON_FINITE: Final = frozenset({Form.PARTICIPLE, Form.INFINITIVE, Form.PRESENT_OR_INFINITIVE})


_VERBAL: Final = frozenset({Form.PRESENT, Form.PAST, Form.FUTURE, Form.INFINITIVE, Form.PRESENT_OR_INFINITIVE})


def particle_of(reading: Reading, clause: Clause, verb: TagHit) -> TagHit | None:
    """The particle that a split verb needs, later in its clause, or in one coordinated with it that has no verb.

    A particle that is a preposition too counts only as the clause's last word: before a noun phrase it is one.
    The noun of an expression stands before its verb where that comes last (*een einde aan … gemaakt*).
    """
    found = _particle_in(reading, clause, verb)
    if found is not None:
        return found
    clauses = clause.sentence.clauses
    behind = clauses[clauses.index(clause) + 1 :]
    inserted = bool(behind) and behind[0].has(Kind.CUE, "say") and not behind[0].has(Kind.OBJECT)
    if inserted:
        behind = behind[1:]  # *zieht, sagte der Minister, seine Soldaten ab*
    for other in behind[:1]:
        if (other.coordinate or inserted) and not any(hit.tag.form in _VERBAL for hit in other.of(Kind.TRIGGER)):
            return _particle_in(reading, other, verb)
    return None


def _particle_in(reading: Reading, clause: Clause, verb: TagHit) -> TagHit | None:
    # the noun of an expression stands before a verb that comes last: *dat er een einde aan de missie komt*
    before = " " in verb.tag.particle and (verb.tag.form in _NON_FINITE or clause.introducer is not None)
    for hit in clause.hits:
        if hit.tag.kind is not Kind.PARTICLE or hit.tag.value != verb.tag.particle:
            continue
        if hit.start < verb.end and not before:
            continue
        if reading.lexicon.compounding and not _near(reading, clause, verb, hit):
            continue
        if " " not in hit.tag.value and any(date.start <= hit.start < date.end for date in clause.sentence.dates):
            continue  # *met … en place fin mars*, and not *gave the mission another year*
        if hit.tag.value not in reading.lexicon.weak_particles:
            return hit
        rest = reading.folded[hit.end : clause.piece_end(hit.start)]
        if rest.startswith(_PAUSING) or not rest.strip(_CLOSING) or _before_preposition(reading, rest):
            return hit
    return None


def _near(reading: Reading, clause: Clause, verb: TagHit, particle: TagHit) -> bool:
    """Whether an English particle stands close enough behind its verb: only its object stands between the two."""
    gap = reading.folded[verb.end : particle.start].count(b" ")
    if gap > _GAP:
        thing = any(
            verb.end <= hit.start < particle.start for hit in clause.hits if hit.tag.kind in (Kind.OBJECT, Kind.MISSION)
        )
        return thing and gap <= 2 * _GAP
    return True


_GAP: Final = 8
"""How many words may stand between an English verb and its particle, where no object of ours is among them."""


def _before_preposition(reading: Reading, rest: bytes) -> bool:
    """Whether a preposition follows: of two in a row the first is the particle (*stemde in met*, *gaat door met*)."""
    word = rest[:12].split(b" ", 2)[1:2]
    return bool(word) and word[0] in reading.lexicon.oblique | reading.lexicon.genitive


_CLOSING: Final = b" .,;:!?\"'()-\n"
_PAUSING: Final = (b",", b";", b":", b" -", b" (")
_BARE_SUBJECT: Final = 2
"""Spaces before a form that stands behind no more than a subject."""

_SERVED: Final = frozenset({"perfect", "pluperfect", "passive", "passive_past"})


def _disambiguated(reading: Reading, triggers: Iterable[Trigger]) -> list[Trigger]:
    """Of the readings of one written form, the one that the auxiliaries of its clause call for.

    German *verlängert* is a finite verb or a participle, Dutch *verlaten* an infinitive too: with an auxiliary of
    the perfect or the passive it is the participle, without one it is finite; but a main clause of more than a
    subject that ends in it is elliptic: *mandate for the Congo | extended*.
    """
    by_place: dict[tuple[int, int, str], list[Trigger]] = {}
    for trigger in triggers:
        by_place.setdefault((trigger.start, trigger.end, trigger.frame), []).append(trigger)
    chosen = []
    for readings in by_place.values():
        if len(readings) > 1 and any(reading.form is Form.PRESENT_OR_INFINITIVE for reading in readings):
            readings[:] = [trigger for trigger in readings if trigger.form is not Form.NOUN]
        if {Form.PRESENT_OR_INFINITIVE, Form.PARTICIPLE} <= {trigger.form for trigger in readings} and _verbal(
            reading, readings[0].start
        ):
            readings[:] = [trigger for trigger in readings if trigger.form is Form.PRESENT_OR_INFINITIVE]
        forms = {trigger.form for trigger in readings}
        if {Form.PRESENT_OR_INFINITIVE, Form.PAST_OR_PARTICIPLE} <= forms:
            # English *put*, *cut*: the base form behind `to` or an auxiliary, else the past
            base = _verbal(reading, readings[0].start) or readings[0].clause.sentence.title
            wanted = Form.PRESENT_OR_INFINITIVE if base else Form.PAST_OR_PARTICIPLE
            readings[:] = [trigger for trigger in readings if trigger.form is wanted]
        readings[:] = _describing(readings)
        served = _trailing(reading, readings[0]) or any(
            hit.tag.kind is Kind.AUXILIARY and hit.tag.value in _SERVED and hit.start != readings[0].start
            for hit in readings[0].clause.hits
        )
        preferred = [trigger for trigger in readings if (trigger.form is Form.PARTICIPLE) == served]
        chosen.append((preferred or readings)[0])
    return chosen


def _describing(readings: list[Trigger]) -> list[Trigger]:
    """A form that may describe a noun does so where the noun follows at once: *das | verlängerte | Mandat*."""
    described = [trigger for trigger in readings if trigger.form is Form.ATTRIBUTIVE]
    others = [trigger for trigger in readings if trigger.form is not Form.ATTRIBUTIVE]
    if not described or not others:
        return readings
    end = readings[0].end
    followed = any(
        hit.start == end + 1 for hit in readings[0].clause.hits if hit.tag.kind in (Kind.OBJECT, Kind.MISSION)
    )
    return described if followed else others


def _trailing(reading: Reading, trigger: Trigger) -> bool:
    """Whether a form stands last in a main clause, with what it is about and more before it."""
    clause = trigger.clause
    if clause.introducer is not None or trigger.particle is not None:
        return False
    if reading.folded[trigger.end : clause.piece_end(trigger.start)].strip(_CLOSING):
        return False
    before = [hit for hit in clause.hits if hit.start < trigger.start]
    thing = any(hit.tag.kind in (Kind.OBJECT, Kind.MISSION) for hit in before)
    return thing and reading.folded.count(b" ", clause.start, trigger.start) > _BARE_SUBJECT


_OBJECT_REACH: Final = 22
"""How far behind a verb its object may stand, in characters."""


def _changed(reading: Reading, noun: Trigger, triggers: Iterable[Trigger]) -> bool:
    """Whether a noun is what a verb before it changes, and so no change of its own: *prolong the deployment*."""
    return (
        noun.form is Form.NOUN
        and not reading.lexicon.inverting
        and any(
            verb.form is not Form.NOUN and verb.clause is noun.clause and 0 < noun.start - verb.end <= _OBJECT_REACH
            for verb in triggers
            if verb.frame not in _SUPPORTING
        )
    )


_SUPPORTING: Final = frozenset({"start", "end", "cease", "approve", "create", "postpone"})
"""Frames whose verbs also support a noun: *began the withdrawal*."""


def _apart(trigger: Trigger) -> int:
    """How far a split verb stands from its particle: of two verbs, the nearer one has it."""
    return abs(trigger.particle.start - trigger.end) if trigger.particle else 0


def _size(trigger: Trigger) -> int:
    """How long the particle of a split verb is: of *send back* and *send back to*, the longer is meant."""
    return trigger.particle.end - trigger.particle.start if trigger.particle else 0


def _longest(triggers: list[Trigger]) -> list[Trigger]:
    """Drop a trigger that shares its verb with a split one, or that lies within a longer one."""
    kept: list[Trigger] = []
    ranked = sorted(triggers, key=lambda t: (t.particle is None, _apart(t), -_size(t), t.start - t.end, t.start))
    for trigger in ranked:
        spans = [(other.start, other.end) for other in kept]
        spans += [(other.particle.start, other.particle.end) for other in kept if other.particle]
        taken = trigger.particle and any(other.particle and other.particle is trigger.particle for other in kept)
        if not taken and all(trigger.end <= start or end <= trigger.start for start, end in spans):
            kept.append(trigger)
    return sorted(kept, key=lambda t: t.start)
