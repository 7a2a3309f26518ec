"""How committed the text is to an event: a chain outward from the trigger through what governs it.

The method is De Facto's (Saurí & Pustejovsky 2012): the embedding predicates, from the inside out, decide whether
an event is asserted, decided, considered, demanded, denied … A relative clause presupposes what it says, so what
governs its head does not reach into it.
"""

from dataclasses import dataclass
from typing import Final

from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, TagHit
from worker.extraction.tense import Tense
from worker.extraction.triggers import Trigger
from worker.extraction.when import Relation
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
    "question": Factuality.QUESTION,
}

_INTRODUCERS: Final = {
    "condition": Factuality.CONDITIONAL,
    "question": Factuality.QUESTION,
    "without": Factuality.DENIED,
}

_DETACHED: Final = frozenset({"relative", "cause", "time", "until", "concession", "result", "without"})
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
    if tense in _OPEN and _conditioned(trigger.clause):
        return Commitment(Factuality.CONDITIONAL)
    chain = _Chain(reading, trigger)
    clause: Clause | None = trigger.clause
    shared = _shared(trigger)
    if shared is not None:
        barred = chain.through(shared)
        if barred is not None:
            return barred
    while clause is not None:
        barred = chain.through(clause)
        if barred is not None:
            return barred
        clause = None if clause.introducer in _DETACHED else clause.parent
    sentence = trigger.clause.sentence
    if reading.folded[sentence.start : sentence.start + 12].split(b" ", 1)[0] in reading.lexicon.interrogative:
        return Commitment(Factuality.QUESTION, negated=chain.negated)
    if reading.folded[sentence.start : sentence.end].rstrip(b" \"'").endswith(b"?"):
        return Commitment(Factuality.QUESTION, negated=chain.negated)
    return chain.outcome(tense)


_OPEN: Final = frozenset({Tense.FUTURE, Tense.CONDITIONAL, Tense.PRESENT, Tense.INFINITIVE})
"""Tenses of what has not taken place yet, and may hang on a condition."""


def _conditioned(clause: Clause) -> bool:
    """Whether a clause is what follows from a condition beside it: *if they stay, we leave*."""
    return any(other.introducer == "condition" and other.parent is clause for other in clause.sentence.clauses)


def _shared(trigger: Trigger) -> Clause | None:
    """The clause before, where a trigger right behind a conjunction shares its subject and what governs it."""
    clause = trigger.clause
    if not clause.coordinate or trigger.start - clause.start > _CONJUNCTION:
        return None
    index = clause.sentence.clauses.index(clause)
    return clause.sentence.clauses[index - 1] if index else None


_CONJUNCTION: Final = 14
"""How far behind the start of its clause, in characters, a verb without a subject of its own may stand."""


class _Chain:
    """What has been met on the way outward."""

    def __init__(self, reading: Reading, trigger: Trigger) -> None:
        self._rigid = not reading.lexicon.inverting and trigger.form is not Form.NOUN
        self._trigger = trigger
        self._folded = reading.folded
        self._committed: TagHit | None = None
        self._said: TagHit | None = None
        self._weak: TagHit | None = None
        self.negated = False

    def through(self, clause: Clause) -> Commitment | None:
        """Take in the cues of a clause; an outcome where one of them settles that the event is not reported."""
        if clause.introducer == "without":
            self.negated = True
        if clause.introducer in _INTRODUCERS:
            return Commitment(_INTRODUCERS[clause.introducer], negated=self.negated)
        for hit in clause.of(Kind.CUE):
            value = hit.tag.value
            if self._beside(hit, clause):
                continue
            if value in _COMMITTING:
                if hit.tag.form is not Form.ATTRIBUTIVE and self._commits(hit, clause):
                    self._committed = self._committed or hit
            elif value == "pending" and clause.has(Kind.CUE, "approve"):
                continue  # agreed to the draft
            elif value in _UNCOMMITTING:
                if self._committed is None or value not in _OUTRANKED:
                    return Commitment(_UNCOMMITTING[value], negated=self.negated, cue=hit)
            elif value == "say":
                self._said = self._said or hit
            elif value == "plan":
                self._weak = self._weak or hit
            elif value == "due":
                if clause.has(Kind.AUXILIARY, "perfect") and not _deadline(clause):
                    return Commitment(Factuality.HEARSAY, negated=self.negated, cue=hit)
                if not _settled(clause):
                    self._weak = self._weak or hit
            elif value == "negation" and self._negates(hit, clause):
                self.negated = True
        return None

    def _beside(self, cue: TagHit, clause: Clause) -> bool:
        """Whether a cue has no say: part of the trigger, of an adjective (*long-delayed*), or too late."""
        compound = self._folded[cue.start - 1 : cue.start] == b"-"
        return compound or _part_of(cue, self._trigger) or self._behind(cue, clause)

    def _behind(self, cue: TagHit, clause: Clause) -> bool:
        """Whether a cue comes too late to govern the trigger, in a language where what governs a verb precedes it."""
        return (
            self._rigid
            and clause is self._trigger.clause
            and cue.start >= self._trigger.end
            and cue.tag.value not in _ANYWHERE
            and not (cue.tag.value == "negation" and cue.start - self._trigger.end <= _NEGATION_REACH)
        )

    def outcome(self, tense: Tense) -> Commitment:
        """What the whole chain amounts to, in the tense of the trigger."""
        if self._committed is not None:
            return Commitment(Factuality.DECIDED, negated=self.negated, cue=self._committed)
        if self._weak is not None and tense not in (Tense.DONE, Tense.PAST):
            return Commitment(Factuality.PLANNED, negated=self.negated, cue=self._weak)
        if tense is Tense.CONDITIONAL:
            # said to be going to leave: the future in a past report
            factuality = Factuality.HEARSAY if self._said is None else Factuality.DECIDED
            return Commitment(factuality, negated=self.negated, cue=self._said)
        return Commitment(_BY_TENSE.get(tense, Factuality.ASSERTED), negated=self.negated)

    def _commits(self, cue: TagHit, clause: Clause) -> bool:
        """A verb commits; a noun only what follows it: *the decision to leave*, not *left despite the decision*."""
        return cue.tag.form is not None or clause is not self._trigger.clause or cue.start < self._trigger.start

    def _negates(self, cue: TagHit, clause: Clause) -> bool:
        inner = clause is self._trigger.clause
        return (inner or self._committed is None) and not _softened(clause, cue)


_NEGATION_REACH: Final = 4
"""How far behind its verb a negation may stand, in characters: *ne retirera pas*."""

_ANYWHERE: Final = frozenset({"say", "hearsay", "pending", "condition"})
"""Cues that hold for their clause wherever they stand in it: *will leave, reportedly*."""

_OUTRANKED: Final = frozenset({"want", "possible", "expect"})
"""Cues that say nothing any more under a decision: *decided that it wants to leave*."""

_BY_TENSE: Final = {Tense.INFINITIVE: Factuality.PLANNED, Tense.PLUPERFECT: Factuality.RECALLED}


def _deadline(clause: Clause) -> bool:
    """Whether a clause says until when: *is to have left by May* is no hearsay, unlike *is said to have left*."""
    return any(
        mention.relation in (Relation.UNTIL, Relation.BY) and clause.covers(mention.start)
        for mention in clause.sentence.dates
    )


def _settled(clause: Clause) -> bool:
    """Whether what is *to* happen is told with a figure or a date, as decisions are (domain, ruling 14)."""
    sentence = clause.sentence
    return any(clause.covers(mention.start) for mention in sentence.dates) or any(
        clause.covers(figure.start) for figure in sentence.figures
    )


def _part_of(hit: TagHit, trigger: Trigger) -> bool:
    """Whether a cue is the trigger itself, or part of it."""
    return trigger.start <= hit.start < trigger.end or (
        trigger.particle is not None and hit.start == trigger.particle.start
    )


def _softened(clause: Clause, negation: TagHit) -> bool:
    """Whether a negation belongs to an expression that does not negate its clause (*not only*)."""
    return any(hit.start <= negation.start and negation.end <= hit.end for hit in clause.of(Kind.CUE, "soft_negation"))
