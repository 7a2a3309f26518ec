"""From the form of a trigger and the auxiliaries around it to the tense that its clause is in."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, TagHit
from worker.extraction.triggers import Trigger


class Tense(StrEnum):
    """When, seen from the writer, what the clause says takes place."""

    PRESENT = "present"
    PAST = "past"
    DONE = "done"  # perfect: a present result
    PLUPERFECT = "pluperfect"  # before another past: recalled
    FUTURE = "future"
    UNDER_WAY = "under_way"
    CONDITIONAL = "conditional"
    REPORTED = "reported"  # Konjunktiv I
    INFINITIVE = "infinitive"
    NOMINAL = "nominal"
    ATTRIBUTIVE = "attributive"  # a participle that only describes: *the soldiers deployed there*


_FINITE = {
    Form.PRESENT: Tense.PRESENT,
    Form.PAST: Tense.PAST,
    Form.IMPERFECT: Tense.ATTRIBUTIVE,
    Form.FUTURE: Tense.FUTURE,
    Form.CONDITIONAL: Tense.CONDITIONAL,
    Form.SUBJUNCTIVE: Tense.REPORTED,
    Form.NOUN: Tense.NOMINAL,
    Form.ATTRIBUTIVE: Tense.ATTRIBUTIVE,
}


def tense_of(reading: Reading, trigger: Trigger) -> Tense:
    """The tense of the clause that a trigger heads."""
    form, clause = trigger.form, trigger.clause
    if form is Form.IMPERFECT and _reported(clause):
        return Tense.PRESENT  # *a annoncé qu'elle retirait ses troupes*: what was said was a present
    if form in _FINITE:
        return _FINITE[form]
    if form is Form.GERUND and reading.lexicon.auxiliary_first and trigger.frame in _STATES:
        return Tense.ATTRIBUTIVE
    if form is Form.GERUND:
        return Tense.UNDER_WAY if _has(clause, trigger, "progressive") else Tense.INFINITIVE
    if form is Form.PARTICIPLE and _described(reading, trigger):
        return Tense.ATTRIBUTIVE
    if form in (Form.PARTICIPLE, Form.PAST_OR_PARTICIPLE):
        return _participle(reading, trigger)
    if form in (Form.INFINITIVE, Form.PRESENT_OR_INFINITIVE):
        if _has(clause, trigger, "conditional"):
            return Tense.CONDITIONAL
        if _marked(clause, trigger):
            return Tense.FUTURE if _announcing(trigger) else Tense.INFINITIVE
        if _has(clause, trigger, "future"):
            return Tense.FUTURE
        if _has(clause, trigger, "progressive"):
            return Tense.UNDER_WAY
        if _has(clause, trigger, "modal"):
            return Tense.FUTURE
        if form is Form.INFINITIVE or _has(clause, trigger, "infinitive_mark", "do"):
            return Tense.INFINITIVE
        return Tense.PRESENT
    return Tense.PRESENT


def _reported(clause: Clause) -> bool:
    """Whether a clause is the content of what somebody has said or decided."""
    parent = clause.parent
    return clause.introducer == "complement" and parent is not None and parent.has(Kind.CUE, *_SAYING)


_SAYING: Final = ("say", "announce", "decide", "order", "approve")


_STATES: Final = frozenset({"join", "partake", "stay", "leave", "arrive", "supply"})
"""Frames whose French present participle describes forces: *les soldats participant à la mission*."""

_TRANSITIVE = frozenset({"deploy", "create", "extend", "reinforce", "reduce", "suspend"})
"""Frames whose verbs take an object: without one behind it, their English past form is a participle."""


def _described(reading: Reading, trigger: Trigger) -> bool:
    """Whether a participle stands right behind an article, and so describes a noun: *a reinforced presence*."""
    lexicon = reading.lexicon
    words = reading.words_before(trigger.start, 1)
    return (
        lexicon.inverting
        and trigger.particle is None
        and bool(words)
        and words[0] in lexicon.definite | lexicon.indefinite
    )


def _participle(reading: Reading, trigger: Trigger) -> Tense:
    clause: Clause | None = trigger.clause
    while clause is not None:
        for values, tense in _SERVED_BY:
            if any(_serves(reading, hit, trigger) for hit in _auxiliaries(clause, trigger, *values)):
                return tense
        clause = _conjunct_before(clause, trigger.form)
    if trigger.form is Form.PAST_OR_PARTICIPLE:
        if trigger.frame in _TRANSITIVE and not trigger.clause.sentence.title and not _object_behind(reading, trigger):
            return Tense.ATTRIBUTIVE
        return Tense.PAST
    return Tense.DONE if trigger.clause.sentence.title else Tense.ATTRIBUTIVE


_SERVED_BY = (
    (("future", "modal"), Tense.FUTURE),
    (("conditional",), Tense.CONDITIONAL),
    (("pluperfect",), Tense.PLUPERFECT),
    (("passive_past",), Tense.PAST),
    (("passive",), Tense.PRESENT),
    (("perfect",), Tense.DONE),
)


def _conjunct_before(clause: Clause, form: Form | None) -> Clause | None:
    """The clause that a coordinated one shares its auxiliary with: *has left Gao and closed its base*.

    A participle that can be nothing else shares it without a conjunction too: *hat das Mandat verlängert, die Zahl
    der Soldaten aber gesenkt*.
    """
    if not clause.coordinate and (form is not Form.PARTICIPLE or clause.introducer is not None):
        return None
    clauses = clause.sentence.clauses
    index = clauses.index(clause)
    return clauses[index - 1] if index else None


def _marked(clause: Clause, trigger: Trigger) -> bool:
    """Whether the mark of an infinitive stands right before a trigger, and is no part of an auxiliary (*is to*)."""
    return any(
        hit.tag.value == "infinitive_mark" and 0 <= trigger.start - hit.end <= 1 for hit in clause.of(Kind.AUXILIARY)
    ) and not any(
        hit.tag.value != "infinitive_mark" and 0 <= trigger.start - hit.end <= 1 for hit in clause.of(Kind.AUXILIARY)
    )


def _announcing(trigger: Trigger) -> bool:
    """Whether an infinitive stands for the future of a headline: *Germany to withdraw troops*."""
    clause = trigger.clause
    return (
        clause.sentence.title
        and not clause.has(Kind.CUE)
        and not any(hit.start < trigger.start for hit in clause.of(Kind.ASPECT))
        and not any(hit.start < trigger.start for hit in clause.of(Kind.TRIGGER))
    )


def _object_behind(reading: Reading, trigger: Trigger) -> bool:
    if reading.word_behind(trigger.end) in reading.lexicon.prepositions:
        return False
    return any(hit.start >= trigger.end for hit in trigger.clause.of(Kind.OBJECT)) or any(
        hit.start >= trigger.end for hit in trigger.clause.of(Kind.MISSION)
    )


def _has(clause: Clause, trigger: Trigger, *values: str) -> bool:
    """Whether an auxiliary of the given classes serves the trigger's clause."""
    return any(True for _ in _auxiliaries(clause, trigger, *values))


def _auxiliaries(clause: Clause, trigger: Trigger, *values: str) -> Iterator[TagHit]:
    """The auxiliaries of the given classes in a clause, but for what is part of the trigger."""
    for hit in clause.hits:
        if (
            hit.tag.kind is Kind.AUXILIARY
            and hit.tag.value in values
            and not trigger.start <= hit.start < trigger.end
            and not (trigger.particle is not None and trigger.particle.start <= hit.start < trigger.particle.end)
        ):
            yield hit


def _serves(reading: Reading, auxiliary: TagHit, participle: Trigger) -> bool:
    """Whether an auxiliary can be that of a participle, in a language where it stands right before it.

    *Les soldats déployés au Mali ont …* leaves the participle an attribute; *a retiré ses troupes et fermé sa base*
    serves both.
    """
    if not reading.lexicon.auxiliary_first or participle.clause.sentence.title:
        return True
    if auxiliary.end > participle.start:
        return False
    between = reading.folded[auxiliary.end : participle.start]
    if b" et " in between or b" puis " in between:
        return True
    return not any(
        auxiliary.end <= hit.start < participle.start and (hit.tag.kind in _NOMINAL or hit.tag.form is Form.PARTICIPLE)
        for hit in participle.clause.hits
    )


_NOMINAL: Final = frozenset({Kind.OBJECT, Kind.MISSION, Kind.BODY})
"""Nouns that do not come between an auxiliary and its participle."""
