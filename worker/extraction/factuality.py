"""How committed the text is to an event: a chain outward from the trigger through what governs it.

The method is De Facto's (Saurí & Pustejovsky 2012): the embedding predicates, from the inside out, decide whether
an event is asserted, decided, considered, demanded, denied … A relative clause presupposes what it says, so what
governs its head does not reach into it.
"""

from dataclasses import dataclass
from typing import Final

from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, TagHit
from worker.extraction.tense import Tense
from worker.extraction.triggers import Trigger
from worker.missions.vocabulary import Factuality

_COMMITTING: Final = frozenset({"decide", "announce", "approve", "order"})

_UNCOMMITTING: Final = {
    "possible": Factuality.CONSIDERED,
    "consider": Factuality.CONSIDERED,
    "propose": Factuality.PLANNED,
    "want": Factuality.PLANNED,
    "demand": Factuality.DEMANDED,
    "refuse": Factuality.REFUSED,
    "deny": Factuality.DENIED,
    "expect": Factuality.CONSIDERED,
    "hearsay": Factuality.HEARSAY,
    "pending": Factuality.PENDING,
    "condition": Factuality.CONDITIONAL,
}

_INTRODUCERS: Final = {"condition": Factuality.CONDITIONAL, "question": Factuality.QUESTION}

_DETACHED: Final = frozenset({"relative", "cause", "time", "concession"})
"""Clauses that assert what they say whatever governs the clause that they hang on."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """The outcome of the chain, and whether the trigger is negated; `cue` is what decided."""

    factuality: Factuality
    negated: bool = False
    cue: TagHit | None = None

    @property
    def reported(self) -> bool:
        """Whether the text stands behind the event."""
        return self.factuality in (Factuality.ASSERTED, Factuality.DECIDED, Factuality.RECALLED)


def commitment(reading: Reading, trigger: Trigger, tense: Tense) -> Commitment:
    """Walk outward from a trigger and say how committed the text is to what it reports."""
    clause: Clause | None = trigger.clause
    committed: TagHit | None = None
    weak: TagHit | None = None
    negated = False
    inner = True
    while clause is not None:
        if clause.introducer in _INTRODUCERS:
            return Commitment(_INTRODUCERS[clause.introducer], negated=negated)
        for hit in clause.of(Kind.CUE):
            if _part_of(hit, trigger):
                continue
            value = hit.tag.value
            if value in _COMMITTING:
                committed = committed or hit
            elif value in _UNCOMMITTING and not (committed is not None and value in ("want", "possible", "expect")):
                return Commitment(_UNCOMMITTING[value], negated=negated, cue=hit)
            elif value == "plan":
                weak = weak or hit
            elif value == "negation" and (inner or committed is None) and not _softened(clause, hit):
                negated = True
        if clause.introducer in _DETACHED:
            break
        clause, inner = clause.parent, False
    if reading.folded[trigger.clause.sentence.start : trigger.clause.sentence.end].rstrip(b" \"'").endswith(b"?"):
        return Commitment(Factuality.QUESTION, negated=negated)
    if committed is not None:
        return Commitment(Factuality.DECIDED, negated=negated, cue=committed)
    if weak is not None and tense not in (Tense.DONE, Tense.PAST):
        return Commitment(Factuality.PLANNED, negated=negated, cue=weak)
    if tense is Tense.CONDITIONAL:
        return Commitment(Factuality.HEARSAY, negated=negated)
    if tense is Tense.INFINITIVE:
        return Commitment(Factuality.PLANNED, negated=negated)
    if tense is Tense.PLUPERFECT:
        return Commitment(Factuality.RECALLED, negated=negated)
    return Commitment(Factuality.ASSERTED, negated=negated)


def _part_of(hit: TagHit, trigger: Trigger) -> bool:
    """Whether a cue is the trigger itself, or part of it."""
    return trigger.start <= hit.start < trigger.end or (
        trigger.particle is not None and hit.start == trigger.particle.start
    )


def _softened(clause: Clause, negation: TagHit) -> bool:
    """Whether a negation belongs to an expression that does not negate its clause (*not only*)."""
    return any(hit.start <= negation.start and negation.end <= hit.end for hit in clause.of(Kind.CUE, "soft_negation"))
