"""Which introducers are some where they stand: *dat* that opens a clause, not *dat* in "dat jaar".

An introducer has conditions, one letter each, which its data file explains (`text.nl.toml`, `[clauses.introducers]`).
"""

from bisect import bisect_left
from typing import Final

from worker.extraction.text.marks import FRENCH_INFINITIVE, GERUND, Mark, MarkKind
from worker.extraction.text.stretch import SKIPPED, View

_PREFERRED: Final = ("question", "relative")
"""Classes that win over another class of the same word, where both could be."""
_PARTED: Final = (b",", b";", b":", b'"', b"(", b"-")
_BEFORE: Final = 60


def confirmed(view: View) -> list[Mark]:
    """The boundaries without the introducers that are none where they stand, and without those inside others."""
    kept: list[Mark] = []
    for index, mark in enumerate(view.boundaries):
        if mark.kind is not MarkKind.INTRODUCER:
            kept.append(mark)
            continue
        before = kept[-1] if kept else None
        if before and before.kind is MarkKind.INTRODUCER and mark.start <= before.end + 1:
            better = mark.end > before.end or mark.value in _PREFERRED
            if mark.start == before.start and better and _introduces(view, before, index):
                kept[-1] = mark
        elif _introduces(view, before, index):
            if before and before.start == mark.start:
                kept.pop()  # a word that joins or introduces: here it introduces
            kept.append(_with_preposition(view, mark))
    return kept


def _introduces(view: View, boundary: Mark | None, index: int) -> bool:
    """Whether the conditions of an introducer hold where it stands, behind another boundary."""
    mark = view.boundaries[index]
    needs = mark.needs
    if not needs:
        return True
    before = view.folded[max(view.start, mark.start - _BEFORE) : mark.start].rstrip(b" ")
    begins = not before.strip(SKIPPED)
    words = before.split()[-3:]
    last = words[-1] if words else b""
    parted = last.endswith(_PARTED)
    if not begins and not parted and view.text[mark.start].isupper():
        return False  # part of a name
    if "b" in needs and begins:
        return False
    if "p" in needs and not parted and _governed(view, boundary, mark, last):
        return False
    if "c" in needs and not (begins or parted or view.joined(boundary, mark)):
        return False
    if ("r" in needs or "k" in needs) and view.folded[mark.start - 2 : mark.start] != b", ":
        return False
    if "q" in needs and not any(word.strip(b",") in view.rules.asking for word in words):
        return False
    if "g" in needs and begins and not view.folded.startswith(b",", view.stretch(index)):
        return False
    return _fits(view, index, parted=parted)


def _fits(view: View, index: int, *, parted: bool) -> bool:
    """Whether what an introducer needs behind it is there."""
    mark = view.boundaries[index]
    start, needs = mark.end, mark.needs
    end = view.stretch(index)
    verb = view.verb_in(start, end)
    if "s" in needs and not view.subject(start):
        return False
    if "o" in needs and not (parted or verb or view.subject(start)):
        return False
    if ("x" in needs or "y" in needs) and view.verb_in(start, start + 2) != ("y" in needs):
        return False
    if "v" in needs and not verb and not (view.folded[end : end + 2] == b", " and view.inverts(end + 2)):
        return False
    if "d" in needs and not verb and b"ed " not in view.folded[start : end + 1]:
        return False
    if "g" in needs and not verb and not GERUND.match(view.folded, start, end):
        return False
    if "f" in needs and not FRENCH_INFINITIVE.match(view.folded, start, end):
        return False
    whole = view.stretch(index, introducers=False)
    if "i" in needs and not view.infinitive_in(start, whole):
        return False
    return not ("e" in needs or "r" in needs) or view.verb_closes(start, whole)


def _governed(view: View, boundary: Mark | None, mark: Mark, before: bytes) -> bool:
    """Whether a pronoun is a demonstrative that a preposition or a verb governs: *in die jaren*, *is die missie*."""
    if before in view.rules.prepositions:
        return mark.value == "relative" or not view.subject(mark.end)
    verb = bisect_left(view.verbs, mark.start) - 1
    after_verb = verb >= 0 and view.verbs[verb] + len(before) + 1 == mark.start
    return mark.value == "relative" and (after_verb or view.joined(boundary, mark))


def _with_preposition(view: View, mark: Mark) -> Mark:
    """The mark with the preposition before a relative pronoun: *van | waaruit*."""
    if mark.value != "relative" or "p" in mark.needs:
        return mark
    place = view.folded.rfind(b" ", view.start, mark.start - 1) + 1
    governed = place and view.folded[place : mark.start - 1] in view.rules.prepositions
    return mark._replace(start=place) if governed else mark
