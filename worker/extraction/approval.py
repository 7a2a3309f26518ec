"""Decisions that somebody else has still to approve, by what the sentences around them say (domain, ruling 6)."""

from typing import Final

from worker.extraction.lexicon.load import ORGANISATIONS
from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence
from worker.extraction.resolve import Participants
from worker.extraction.triggers import Trigger
from worker.missions.vocabulary import Change

_REACH: Final = 4
"""How many sentences after a decision may still say that it has to be approved."""

_NEEDING: Final = frozenset({Change.ANNOUNCED, Change.EXTENDED, Change.REINFORCED, Change.REDUCED})
"""Changes that parliaments decide on; who leaves asks nobody."""

_INFINITIVES: Final = frozenset({Form.INFINITIVE, Form.PRESENT_OR_INFINITIVE})


def awaited(reading: Reading, trigger: Trigger, change: Change, who: Participants) -> bool:
    """Whether a country's decision still needs approval: *the Bundestag must agree to it yet*."""
    if change not in _NEEDING or ORGANISATIONS & set(who.actors):
        return False
    sentence = trigger.clause.sentence
    if sentence.has(Kind.CUE, "approve") and not _outstanding(sentence):
        return False
    index = sentence.index
    return any(_outstanding(other) for other in reading.sentences[max(0, index - 1) : index + 1 + _REACH])


def _outstanding(sentence: Sentence) -> bool:
    """Whether a sentence says that an approval lies ahead, in set words or as what somebody *has to approve*."""
    return sentence.has(Kind.CUE, "awaits") or any(_to_approve(clause) for clause in sentence.clauses)


def _to_approve(clause: Clause) -> bool:
    return clause.has(Kind.AUXILIARY, "modal") and any(
        hit.tag.form in _INFINITIVES for hit in clause.of(Kind.CUE, "approve")
    )
