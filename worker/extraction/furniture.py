"""Lists of links to other stories, which name real changes of other days: nothing in them is read."""

from collections.abc import Sequence
from typing import Final

from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Sentence

_HEADING: Final = 40
"""The longest heading of a list of links, in characters."""
_PROSE: Final = 60
"""From this length on, a line that ends in a full stop is the story again."""


def drop_links(sentences: Sequence[Sentence], folded: bytes) -> None:
    """Empty the sentences that are links: behind *Read also*, and on the lines below it where it stands alone."""
    below = False
    for sentence in sentences:
        begins = any(hit.tag.kind is Kind.FURNITURE and hit.start <= sentence.start + 2 for hit in sentence.hits)
        if begins:
            line = folded[sentence.start : sentence.end].strip()
            below = line.endswith(b":") or len(line) <= _HEADING
        elif below and folded[sentence.start : sentence.end].rstrip().endswith(b".") and _long(sentence):
            below = False
        if begins or below:
            _empty(sentence)


def _long(sentence: Sentence) -> bool:
    return sentence.end - sentence.start >= _PROSE


def _empty(sentence: Sentence) -> None:
    sentence.hits, sentence.dates, sentence.figures = [], [], []
    for clause in sentence.clauses:
        clause.hits = []
