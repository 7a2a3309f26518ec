"""Which introducers are some where they stand: *dat* that opens a clause, not *dat* in "dat jaar".

An introducer has conditions, one letter each, which its data file explains (`text.nl.toml`, `[clauses.introducers]`).
"""

from bisect import bisect_left
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from worker.extraction.text.marks import FRENCH_INFINITIVE, GERUND, INTRODUCER, Mark
from worker.extraction.text.stretch import SKIPPED, View

_PREFERRED: Final = ("question", "relative")
"""Classes that win over another class of the same word, where both could be."""
_PARTED: Final = (b",", b";", b":", b'"', b"(", b"-")
_BEFORE: Final = 60
_COMMA: Final = b", "


def confirmed(view: View) -> list[Mark]:
    """The boundaries without the introducers that are none where they stand, and without those inside others."""
    kept: list[Mark] = []
    for index, mark in enumerate(view.boundaries):
        if mark.kind is not INTRODUCER:
            kept.append(mark)
            continue
        before = kept[-1] if kept else None
        if before and before.kind is INTRODUCER and mark.start <= before.end + 1:
            better = mark.end > before.end or mark.value in _PREFERRED
            if mark.start == before.start and better and _introduces(view, before, index):
                kept[-1] = mark
        elif _introduces(view, before, index):
            if before and before.start == mark.start:
                kept.pop()  # a word that joins or introduces: here it introduces
            kept.append(_with_preposition(view, mark))
    return kept


class _Place:
    """An introducer where it stands: what comes before it, and where the stretch behind it ends."""

    __slots__ = ("_end", "before", "begins", "boundary", "index", "last", "mark", "parted", "view")

    def __init__(self, view: View, boundary: Mark | None, index: int) -> None:
        self.view = view
        self.boundary = boundary
        self.index = index
        self.mark = mark = view.boundaries[index]
        self.before = view.folded[max(view.start, mark.start - _BEFORE) : mark.start].rstrip(b" ")
        self.begins = not self.before.strip(SKIPPED)
        self.parted = self.before.endswith(_PARTED)
        self.last = self.before[self.before.rfind(b" ") + 1 :]
        self._end = -1

    @property
    def end(self) -> int:
        """The end of its stretch, looked for when first asked for."""
        if self._end < 0:
            self._end = self.view.stretch(self.index)
        return self._end

    def named(self) -> bool:
        """Whether a capital inside the sentence makes it part of a name."""
        return not self.begins and not self.parted and self.view.text[self.mark.start].isupper()

    def verb(self) -> bool:
        """Whether its stretch has a finite verb."""
        return self.view.verb_in(self.mark.end, self.end)

    def whole(self) -> int:
        """The end of its stretch up to the next punctuation."""
        return self.view.stretch(self.index, introducers=False)

    def behind_comma(self) -> bool:
        """Whether a comma stands right before it."""
        return self.view.folded[self.mark.start - 2 : self.mark.start] == _COMMA

    def governed(self) -> bool:
        """Whether it is a demonstrative that a preposition or a verb governs: *in die jaren*, *is die missie*."""
        view, mark = self.view, self.mark
        if self.last in view.rules.prepositions:
            return mark.value == "relative" or not view.subject(mark.end)
        if mark.value != "relative":
            return False
        verb = bisect_left(view.verbs, mark.start) - 1
        after_verb = verb >= 0 and view.verbs[verb] + len(self.last) + 1 == mark.start
        return after_verb or view.joined(self.boundary, mark)

    def asked(self) -> bool:
        """Whether one of the three words before it is one of asking."""
        return any(word.strip(b",") in self.view.rules.asking for word in self.before.split()[-3:])

    def followed(self) -> bool:
        """Whether its stretch has a finite verb, or one that its main clause begins with behind a comma."""
        folded, end = self.view.folded, self.end
        return self.verb() or (folded[end : end + 2] == _COMMA and self.view.inverts(end + 2))

    def gerund(self) -> bool:
        """Whether a finite verb or a gerund follows; at the beginning, only where a comma ends its stretch."""
        view = self.view
        if self.begins and not view.folded.startswith(b",", self.end):
            return False
        return self.verb() or GERUND.match(view.folded, self.mark.end, self.end) is not None


_CONDITIONS: Final[MappingProxyType[str, Callable[[_Place], bool]]] = MappingProxyType(
    {
        "b": lambda place: not place.begins,
        "c": lambda place: place.begins or place.parted or place.view.joined(place.boundary, place.mark),
        "d": lambda place: place.verb() or b"ed " in place.view.folded[place.mark.end : place.end + 1],
        "e": lambda place: place.view.verb_closes(place.mark.end, place.whole()),
        "f": lambda place: FRENCH_INFINITIVE.match(place.view.folded, place.mark.end, place.end) is not None,
        "g": _Place.gerund,
        "i": lambda place: place.view.infinitive_in(place.mark.end, place.whole()),
        "k": _Place.behind_comma,
        "o": lambda place: place.parted or place.verb() or place.view.subject(place.mark.end),
        "p": lambda place: place.parted or not place.governed(),
        "q": _Place.asked,
        "r": lambda place: place.behind_comma() and place.view.verb_closes(place.mark.end, place.whole()),
        "s": lambda place: place.view.subject(place.mark.end),
        "v": _Place.followed,
        "x": lambda place: not place.view.verb_in(place.mark.end, place.mark.end + 2),
        "y": lambda place: place.view.verb_in(place.mark.end, place.mark.end + 2),
    }
)
"""The conditions of introducers by their letters."""


def _introduces(view: View, boundary: Mark | None, index: int) -> bool:
    """Whether the conditions of an introducer hold where it stands, behind another boundary."""
    needs = view.boundaries[index].needs
    if not needs:
        return True
    place = _Place(view, boundary, index)
    if place.named():
        return False
    for letter in needs:  # noqa: SIM110 - all() would make a generator, for one or two letters
        if not _CONDITIONS[letter](place):
            return False
    return True


def _with_preposition(view: View, mark: Mark) -> Mark:
    """The mark with the preposition before a relative pronoun: *van | waaruit*."""
    if mark.value != "relative" or "p" in mark.needs:
        return mark
    place = view.folded.rfind(b" ", view.start, mark.start - 1) + 1
    governed = place and view.folded[place : mark.start - 1] in view.rules.prepositions
    return mark._replace(start=place) if governed else mark
