"""The words around a date expression: its preposition, and what follows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from worker.extraction.when.lexicon import Lexicon, words_of
from worker.extraction.when.mention import Relation

T = TypeVar("T")

_REACH: Final = 44
"""How far before a date its preposition may begin, in code points."""
_NEGATED: Final = 6
"""How many words before a date a negation may stand."""
_ADJECTIVE: Final = ("sche", "schen", "scher", "liche", "lichen", "ige", "igen")
"""Endings of German adjectives, which tell "2014 deutsche Soldaten" from "2014 begannen Soldaten"."""
_CLAUSE: Final = bytes.maketrans(b'.,;:()!?"\n[]|/', b"|" * 14)


@dataclass(slots=True)
class Context:
    """A text, its folded form and the lexicon of its language.

    It keeps the last words that it was asked for, since one date asks for them several times.
    """

    text: str
    folded: bytes
    lexicon: Lexicon
    _start: int = -1
    _words: list[bytes] = field(default_factory=list)

    def words_before(self, start: int) -> list[bytes]:
        """The words of the clause before a place, the nearest last."""
        if start != self._start:
            self._start, self._words = start, self._clause_before(start)
        return self._words

    def _clause_before(self, start: int) -> list[bytes]:
        stretch = self.folded[max(0, start - _REACH) : start]
        words = words_of(stretch.translate(_CLAUSE).rpartition(b"|")[2])
        if words and start > _REACH and len(words[0]) == len(stretch):
            return []
        return words

    def word_after(self, end: int) -> bytes:
        """The word right after a place, after one space; empty where there is none."""
        words = self.folded[end : end + 18].split(None, 1)
        return words[0].strip(b".,;:()!?\"'") if words and self.folded[end : end + 1] == b" " else b""

    def relation(self, start: int, end: int) -> Relation | None:
        """What the words around a date say of it; None when no preposition is known."""
        lexicon = self.lexicon
        words = self.words_before(start)
        onwards = lexicon.onwards.get(self.word_after(end))
        if onwards is not None and any(word in onwards for word in words[-2:]):
            return Relation.FROM
        found = _longest(self._exactly(words), lexicon.dates, lexicon.determiners)
        if found is Relation.BY and not lexicon.not_before.isdisjoint(words[-3:]):
            return Relation.AFTER if not lexicon.negations.isdisjoint(words[-_NEGATED:]) else found
        return found

    def is_night(self, start: int) -> bool:
        """Whether the words before a weekday speak of the night to the next: "dans la nuit de lundi à mardi"."""
        return not self.lexicon.night.isdisjoint(self.words_before(start)[-3:])

    def attachment(self, start: int, end: int) -> tuple[str | None, int]:
        """What the words around a span say of it, and where it ends with them.

        A relation, or `ago`, `later`, `earlier`, `within`, `ahead`, `perhaps_ahead`.
        """
        lexicon = self.lexicon
        after = self.word_after(end)
        if after == b"plus":
            # "trois ans plus tard": the comparative takes two words.
            after += b" " + self.word_after(end + 1 + len(after))
        if after in lexicon.ago:
            return "ago", end + 1 + len(after)
        if after in lexicon.later:
            return "later", end + 1 + len(after)
        if after in lexicon.earlier:
            return "earlier", end + 1 + len(after)
        return _longest(self._exactly(self.words_before(start)), lexicon.spans, lexicon.fillers), end

    def _exactly(self, words: list[bytes]) -> list[bytes]:
        """The words without "more than", "at least" and the like at their end."""
        if words and words[-1] in self.lexicon.rough_ends:
            for size in (4, 3, 2):
                if b" ".join(words[-size:]) in self.lexicon.roughly:
                    return words[:-size]
        return words

    def is_year(self, start: int, end: int) -> bool:
        """Whether four digits on their own are a year: by the word before them."""
        lexicon = self.lexicon
        words = self.words_before(start)
        if self.folded[start - 1 : start] == b"(" and self.folded[end : end + 1] == b")":
            return True
        if not words:
            return lexicon.bare_years and self._bare_year(start, end)
        if words[-1] in lexicon.strong:
            return True
        if words[-1] in lexicon.weak:
            return int(self.folded[start:end]) % 50 != 0
        near = self._exactly(words)
        while near and near[-1] in lexicon.determiners:
            near = near[:-1]
        if near and len(near) < len(words) and near[-1] in lexicon.strong | lexicon.weak:
            # "tot ten minste 2025", but not "van ten minste 2011 man".
            return near[-1] in lexicon.strong or self.folded[end : end + 1] != b" "
        return lexicon.bare_years and self._bare_year(start, end)

    def _bare_year(self, start: int, end: int) -> bool:
        """Whether four digits without a preposition are a year, as in "2014 begann": no noun may follow."""
        before = self.words_before(start)
        if int(self.folded[start:end]) % 50 == 0 or (before and before[-1] in self.lexicon.fillers):
            return False
        if self.folded[end : end + 1] != b" ":
            return True
        following = self.text[end + 1 : end + 24].split(" ", 2)[:2]
        adjective = following[0].endswith(_ADJECTIVE) and following[1:] and following[1][:1].isupper()
        return following[0][:1].islower() and not adjective


def _longest(words: list[bytes], table: Mapping[bytes, T], passed_over: frozenset[bytes]) -> T | None:
    """What the longest run of words right at the end says, small words passed over."""
    end = len(words)
    while end:
        for size in (4, 3, 2, 1) if end > 3 else range(end, 0, -1):
            found = table.get(b" ".join(words[end - size : end]))
            if found is not None:
                return found
        end -= 1
        if words[end] not in passed_over:
            return None
    return None
