"""The date words that a pattern matched, and what all readings ask of them."""

from collections.abc import Sequence
from typing import TypeAlias

from worker.extraction.when.context import Context
from worker.extraction.when.lexicon import PICKS
from worker.extraction.when.mention import DateMention, Kind, Part, Relation
from worker.extraction.when.spans import Span
from worker.extraction.when.tokens import Token
from worker.extraction.when.values import Pick, Value

Words: TypeAlias = Sequence[Token]
"""The date words that a pattern matched; a handful, so that to look through them is quicker than to index them."""


def first(words: Words, codes: str) -> Token | None:
    """The first word of one of the classes."""
    for word in words:
        if word.word.code in codes:
            return word
    return None


def pick_of(words: Words) -> Pick:
    """Which one "last", "this" or "next" says."""
    modifier = first(words, "PNT")
    return Pick.BARE if modifier is None else PICKS[modifier.word.code]


def part_of(words: Words) -> Part | None:
    """The part that "begin", "mid" or "end" says."""
    word = first(words, "B")
    return None if word is None else word.word.part


def mention(
    words: Words,
    context: Context,
    kind: Kind,
    value: Value,
    *,
    relation: Relation | None = None,
    part: Part | None = None,
    span: Span | None = None,
) -> DateMention:
    """A mention of all the words; its relation is looked up where none is given."""
    start, end = words[0].start, words[-1].end
    found = relation if relation is not None else context.relation(start, end)
    return DateMention(
        start=start,
        end=end,
        kind=kind,
        relation=found or Relation.AT,
        value=value,
        part=part or part_of(words),
        span=span,
    )


def unit_of(words: Words) -> Token | None:
    """The unit among the words."""
    return first(words, "UOA")
