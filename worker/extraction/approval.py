"""Decisions that somebody else has still to approve, by what the sentences around them say (domain, ruling 6)."""

from typing import Final

from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence
from worker.extraction.triggers import Trigger

_REACH: Final = 4
"""How many sentences after a decision may still say that it has to be approved."""

_INFINITIVES: Final = frozenset({Form.INFINITIVE, Form.PRESENT_OR_INFINITIVE})


def approval_ahead(reading: Reading, trigger: Trigger) -> bool:
    """Whether the text around a decision says that somebody has still to approve it: *the Bundestag must agree yet*."""
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
