"""Chains: date words that stand together, as a string of their classes for the grammar's patterns."""

from collections.abc import Iterator
from typing import NamedTuple

from worker.extraction.when.lexicon import Lexicon
from worker.extraction.when.tokens import Token


class Chain(NamedTuple):
    """Date words with nothing but small words between them.

    `code` has a letter for each token and a sign for each join that means something; `tokens` runs parallel
    to it, with None for a sign.
    """

    code: str
    tokens: tuple[Token | None, ...]


def chains(tokens: list[Token], folded: bytes, lexicon: Lexicon) -> Iterator[Chain]:
    """The chains of a text, in order."""
    code: list[str] = []
    row: list[Token | None] = []
    last: Token | None = None
    for token in tokens:
        if last is not None:
            sign = _join(last, token, folded, lexicon)
            if sign is None:
                yield Chain("".join(code), tuple(row))
                code, row = [], []
            elif sign:
                code.append(sign)
                row.append(None)
        code.append(token.word.code)
        row.append(token)
        last = token
    if row:
        yield Chain("".join(code), tuple(row))


def _join(left: Token, right: Token, folded: bytes, lexicon: Lexicon) -> str | None:
    """What the stretch between two date words says; None when it parts them."""
    gap = folded[left.end : right.start]
    if gap in {b". ", b"."}:
        # The full stop of a German ordinal ("31. Mai") or of a short month ("31 dec. 2021").
        ordinal = left.word.code == "D" and right.word.code == "M"
        return "" if ordinal or (left.word.check == "figure" and right.word.code in "YD") else None
    if gap == b"-" and left.word.code == "C":
        return ""  # "a one-year extension"
    return lexicon.joins.get(gap)
