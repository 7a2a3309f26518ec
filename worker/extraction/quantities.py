"""How many of the forces a change is about: a part of them, by the figures, or all but those that stay."""

from itertools import pairwise
from typing import Final

from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence
from worker.extraction.triggers import Trigger

_STAYING_REACH: Final = 3
"""How many sentences behind a handover may say that some forces stay."""


def some_of(reading: Reading, clause: Clause) -> bool:
    """Whether a clause sets a figure against the whole that it is part of: *600 des 1.200 soldats*."""
    figures = [figure for figure in clause.sentence.figures if clause.covers(figure.start)]
    for part, whole in pairwise(figures):
        between = reading.folded[part.end : whole.start].split()
        joining = reading.lexicon.complement | reading.lexicon.definite
        if part.count < whole.count and between and all(word in joining for word in between):
            return True
    return False


def some_stay(reading: Reading, trigger: Trigger) -> bool:
    """Whether the text says right behind a handover that a number of the forces stay."""
    index = trigger.clause.sentence.index
    return any(_staying(sentence) for sentence in reading.sentences[index : index + 1 + _STAYING_REACH])


def _staying(sentence: Sentence) -> bool:
    return any(
        hit.tag.value == "stay"
        and any(clause.covers(hit.start) and _counted(sentence, clause) for clause in sentence.clauses)
        for hit in sentence.of(Kind.TRIGGER)
    )


def _counted(sentence: Sentence, clause: Clause) -> bool:
    return any(clause.covers(figure.start) and figure.excluded is None for figure in sentence.figures)
