"""Nouns that report a change: the tense that a support verb, a deciding predicate or a headline gives them.

A bare noun asserts nothing (*there is talk of the end of the mission*); *the withdrawal has begun*, *began with the
withdrawal*, *agreed to the extension* do. The support verb carries the tense that the noun lacks.
"""

from typing import Final

from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, TagHit
from worker.extraction.tense import Tense, tense_of
from worker.extraction.triggers import Trigger, particle_of
from worker.extraction.when import DateMention, Relation
from worker.extraction.when import Kind as DateKind
from worker.extraction.when import Tense as DateTense
from worker.missions.dates import Precision

_TO_COME: Final = frozenset({Tense.FUTURE, Tense.INFINITIVE, Tense.CONDITIONAL})


def supported(reading: Reading, trigger: Trigger) -> Tense | None:
    """The tense of a noun, from what supports it in its clause; None where nothing does."""
    clause = trigger.clause
    if any(word in reading.lexicon.adjunct for word in reading.words_before(trigger.start, 2)):
        return None
    if trigger.frame in ("start", "create") and not _of_a_mission(trigger):
        return None
    for hit in clause.of(Kind.ASPECT):
        if hit.tag.form is Form.ATTRIBUTIVE:
            continue
        tense = _tense_of_support(reading, clause, hit)
        if tense is None:
            continue
        if tense in _TO_COME or (tense is Tense.PRESENT and lies_ahead(reading, clause)):
            return Tense.FUTURE
        if hit.tag.value == "begin":
            return None if tense is Tense.PLUPERFECT else Tense.UNDER_WAY  # had begun: told of another day
        if hit.tag.value == "perform":
            return Tense.UNDER_WAY if tense is Tense.PRESENT else tense
        return Tense.DONE if hit.tag.value == "complete" else None
    if any(
        hit.tag.form not in (Form.ATTRIBUTIVE, Form.CONDITIONAL)
        for hit in clause.of(Kind.CUE, "decide", "announce", "approve", "order")
    ):
        return Tense.FUTURE
    if clause.sentence.title and not clause.has(Kind.CUE):
        return Tense.PRESENT
    return None


def _of_a_mission(trigger: Trigger) -> bool:
    """Whether a mission follows a noun right away: *the launch of the operation*, not *the beginning of the year*."""
    return any(
        0 <= hit.start - trigger.end <= _GENITIVE_REACH
        and (hit.tag.kind is Kind.MISSION or hit.tag.value in ("mission", "mandate"))
        for hit in trigger.clause.hits
        if hit.tag.kind in (Kind.MISSION, Kind.OBJECT)
    )


_GENITIVE_REACH: Final = 30
"""How far behind its noun, in characters, what it is about may begin."""


def _tense_of_support(reading: Reading, clause: Clause, hit: TagHit) -> Tense | None:
    """The tense of a support verb; None where it is only part of a split verb whose particle is missing."""
    if hit.tag.form is None:
        return Tense.DONE
    particle = None
    if hit.tag.particle:
        particle = particle_of(reading, clause, hit)
        if particle is None:
            return None
    return tense_of(reading, Trigger(hit.tag.value, hit.tag.form, hit.start, hit.end, clause, particle))


def begun(trigger: Trigger, tense: Tense) -> Tense:
    """An infinitive under *begin* is under way: *has begun to pull out its troops*."""
    if tense is Tense.INFINITIVE:
        clause: Clause | None = trigger.clause
        while clause is not None:
            for hit in clause.of(Kind.ASPECT, "begin", "complete"):
                if hit.start < trigger.start:
                    return Tense.UNDER_WAY if hit.tag.value == "begin" else Tense.DONE
            clause = clause.parent
    return tense


def shifted(reading: Reading, trigger: Trigger, tense: Tense) -> Tense:
    """The present or perfect of what a date puts off: *starts on 1 July*, *will all be gone by the end of May*."""
    if tense is Tense.PRESENT and lies_ahead(reading, trigger.clause):
        return Tense.FUTURE
    if tense is Tense.DONE and lies_ahead(reading, trigger.clause, deadline=True):
        return Tense.FUTURE
    if tense is Tense.FUTURE and trigger.frame in _FORMAL and _today(reading, trigger.clause):
        return Tense.PAST
    return tense


_FORMAL: Final = frozenset({"end", "close", "expire", "lapse", "start", "replace", "yield"})
"""Frames of formal ends and starts: dated on the article's own day, they are done (domain, ruling 1)."""


def _today(reading: Reading, clause: Clause) -> bool:
    """Whether a date in a clause that reports no decision is the article's own day."""
    if clause.has(Kind.CUE):
        return False
    published = reading.published
    return any(
        clause.covers(mention.start)
        and mention.relation is Relation.AT
        and mention.resolve(published, DateTense.PRESENT) == published
        for mention in clause.sentence.dates
        if published.precision is Precision.DAY
    )


_STARTING: Final = frozenset({Relation.AT, Relation.FROM, Relation.BY})


def lies_ahead(reading: Reading, clause: Clause, *, deadline: bool = False) -> bool:
    """Whether a date in a clause lies after the article's day; with `deadline`, only one that it must be done by."""
    return any(
        clause.covers(mention.start) and _ahead(reading, mention, deadline=deadline)
        for mention in clause.sentence.dates
    )


def _ahead(reading: Reading, mention: DateMention, *, deadline: bool) -> bool:
    if mention.kind in (DateKind.DURATION, DateKind.ANAPHORIC, DateKind.DEICTIC):
        return False
    if mention.relation not in ({Relation.BY} if deadline else _STARTING):
        return False
    tense = DateTense.FUTURE if mention.relation is not Relation.AT else DateTense.PRESENT
    date = mention.resolve(reading.published, tense)
    return date is not None and date.first > reading.published.last
