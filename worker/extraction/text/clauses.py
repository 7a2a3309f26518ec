"""Cutting sentences into clauses, so that what governs one does not reach into another."""

import itertools
import re
from typing import Final, NamedTuple


class Part(NamedTuple):
    """A clause: its span, the class of the word that introduces it, and the index of the clause that it hangs on."""

    start: int
    end: int
    introducer: str | None
    parent: int | None


_CUT: Final = re.compile(
    rb",\s+|;\s+|:\s+|\s+-\s+|\s(?=(?:nadat|omdat|terwijl|hoewel|indien|tenzij|zodra|totdat|maar|dat|that|because|"
    rb"although|while|unless|after which|que|parce que|tandis que|alors que|dass|weil|nachdem|obwohl|falls|sobald)\s)"
)
_INTRODUCERS: Final = {
    b"als": "condition", b"indien": "condition", b"tenzij": "condition", b"zodra": "condition", b"zolang": "condition",
    b"mits": "condition", b"if": "condition", b"unless": "condition", b"si": "condition", b"wenn": "condition",
    b"falls": "condition", b"sofern": "condition", b"of": "question", b"whether": "question", b"ob": "question",
    b"dat": "complement", b"that": "complement", b"que": "complement", b"dass": "complement", b"die": "relative",
    b"waar": "relative", b"waarmee": "relative", b"waarvan": "relative", b"which": "relative", b"who": "relative",
    b"whose": "relative", b"qui": "relative", b"dont": "relative", b"omdat": "cause", b"because": "cause",
    b"weil": "cause", b"nadat": "time", b"toen": "time", b"when": "time", b"nachdem": "time", b"lorsque": "time",
    b"terwijl": "time", b"while": "time", b"hoewel": "concession", b"although": "concession", b"obwohl": "concession",
    b"om": "purpose",
}  # fmt: skip


def split_clauses(start: int, end: int, folded: bytes, language: str) -> list[Part]:
    """Cut the sentence in a span of the folded text into its clauses."""
    cuts = [start, *(match.end() for match in _CUT.finditer(folded, start, end)), end]
    parts: list[Part] = []
    for index, (first, last) in enumerate(itertools.pairwise(cuts)):
        words = folded[first:last].split(None, 1)
        introducer = _INTRODUCERS.get(words[0].strip(b"\"'")) if words else None
        if language == "en" and words and words[0] == b"of":
            introducer = None
        if not index and introducer == "complement":
            introducer = None
        parts.append(Part(first, last, introducer, index - 1 if introducer and index else None))
    return parts
