"""One sentence and its marks, and what can be asked of a stretch of it: verbs, infinitives, where it ends."""

from bisect import bisect_left
from typing import Final

from worker.extraction.text.marks import COMMA, COORDINATOR, INTRODUCER, STOP, Grammar, Mark

SKIPPED: Final = b" \"',-(\n"
"""What may stand between a mark and the words that it belongs to."""
_STRONG: Final = (COMMA, STOP, INTRODUCER)
_PUNCTUATION: Final = (COMMA, STOP)
_BLANKS: Final = b" \n"
_QUOTES: Final = b"\"'"
_LONGEST_WORD: Final = 24


class View:
    """A sentence laid out: its span, its boundaries, the places of its finite verbs and of its infinitive marks."""

    __slots__ = ("boundaries", "end", "folded", "infinitives", "rules", "start", "text", "verbs")

    def __init__(self, rules: Grammar, text: str, folded: bytes, start: int, end: int) -> None:
        self.rules = rules
        self.text = text
        self.folded = folded
        self.start = start
        self.end = end
        self.boundaries: list[Mark] = []
        self.verbs: list[int] = []
        self.infinitives: list[int] = []

    def stretch(self, index: int, *, introducers: bool = True) -> int:
        """The end of the stretch that a boundary begins: the next comma, stop or introducer."""
        boundaries = self.boundaries
        behind = boundaries[index].end
        ends = _STRONG if introducers else _PUNCTUATION
        for number in range(index + 1, len(boundaries)):
            other = boundaries[number]
            if other.kind in ends and other.start >= behind and not self.blank(behind, other.start):
                return other.start
        return self.end

    def blank(self, start: int, end: int) -> bool:
        """Whether nothing but blanks and marks stands in a stretch."""
        return not self.folded[start:end].strip(SKIPPED)

    def word(self, place: int) -> bytes:
        """The word at a place."""
        return self.folded[place : place + _LONGEST_WORD].partition(b" ")[0].rstrip(b",.")

    def verb_in(self, start: int, end: int) -> bool:
        """Whether a known finite verb begins in a stretch."""
        index = bisect_left(self.verbs, start)
        return index < len(self.verbs) and self.verbs[index] < end

    def infinitive_in(self, start: int, end: int) -> bool:
        """Whether a mark of the infinitive (*te*, *zu*) stands in a stretch."""
        index = bisect_left(self.infinitives, start)
        return index < len(self.infinitives) and self.infinitives[index] < end

    def subject(self, place: int) -> bool:
        """Whether a subject may begin behind a place: an article, a pronoun or a name."""
        place += self.folded[place : place + 1] == b" "
        return self.text[place : place + 1].isupper() or self.word(place) in self.rules.subjects

    def behind(self, place: int) -> int:
        """The next place that is no blank and no closing quotation mark."""
        folded = self.folded
        while place < self.end and folded[place] in _BLANKS + _QUOTES:
            if folded[place] in _QUOTES and folded[place - 1] in _BLANKS:
                break  # it opens
            place += 1
        return min(place, self.end - 1)

    def joined(self, before: Mark | None, mark: Mark) -> bool:
        """Whether the boundary before a mark is a coordinator that stands right before it."""
        return (
            before is not None
            and before.kind is COORDINATOR
            and before.end <= mark.start
            and self.blank(before.end, mark.start)
        )

    def verb_closes(self, start: int, end: int) -> bool:
        """Whether a finite verb ends a stretch and none stands before, as in a subordinate clause of Dutch or German.

        Where none is known, one is guessed by its ending: neither a noun nor an infinitive with *zu*.
        """
        words = self.folded[start:end].rstrip(b" .,;:!?\"')\n").rsplit(None, 2)
        if len(words) < 2:
            return False
        place = self.folded.rfind(words[-1], start, end)
        first = bisect_left(self.verbs, start)
        if first < len(self.verbs) and self.verbs[first] < end:
            cluster = self.folded[self.verbs[first] : place].split()
            return len(cluster) < 3 and self.verbs[bisect_left(self.verbs, end) - 1] >= place
        guessed = words[-1].endswith(self.rules.final_endings) and not self.text[place].isupper()
        infinitive = self.infinitive_in(place - 4, place) or b"zu" in words[-1][2:]
        return guessed and len(words) > 2 and not infinitive

    def cluster(self, start: int, end: int) -> bool:
        """Whether a stretch has its verbs at the end alone: the rest of a Dutch or German clause, none of its own."""
        if not self.rules.final_endings or self.verb_in(start, start + 1) or len(self.folded[start:end].split()) < 4:
            return False
        return self.verb_closes(start, end)

    def inverts(self, place: int) -> bool:
        """Whether a finite verb begins at a place, where a clause before a Dutch or German main clause would put it.

        One that is not known is guessed: a word in small letters that is neither an article nor a preposition.
        """
        rules = self.rules
        if not rules.final_endings:
            return False
        if self.verb_in(place, place + 1):
            return True
        word = self.word(place)
        small = self.text[place : place + 1].islower() and word.isalpha() and word.endswith(rules.final_endings)
        return small and word not in rules.subjects and word not in rules.prepositions
