"""Cutting sentences into clauses, so that what governs one does not reach into another.

There is no parser: a clause begins at an introducer, or at a comma, dash or coordinator with a finite verb on either
side, so that "Mali, Niger and Chad" stays whole. Each clause knows the class of what opens it and the clause that it
depends on; the factuality of an event is read by walking outward along these.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from worker.extraction.text.introducers import confirmed
from worker.extraction.text.marks import COMMA, COORDINATOR, INTRODUCER, STOP, Mark, grammar
from worker.extraction.text.sentences import Sentence
from worker.extraction.text.stretch import View


class Clause(NamedTuple):
    """A clause: the clauses of a sentence lie side by side and fill it, in the order of the text.

    `introducer` is the class of what opens it (`condition`, `time`, `until`, `cause`, `concession`, `result`,
    `complement`, `question`, `relative`, `purpose`, `without`), None for a main clause; clauses coordinated under one
    introducer share it. `parent` is the index of the clause that it depends on: an earlier one as a rule, a later
    one for what stands before its main clause ("If they agree, …") or before who says it ("…, he said").
    `coordinate` says that a coordinator opens it. `continues` is the index of the clause that this one takes up
    again behind an insertion ("The troops, who arrived in May, | leave"); both together are one clause.
    """

    start: int
    end: int
    introducer: str | None = None
    parent: int | None = None
    coordinate: bool = False
    continues: int | None = None

    @property
    def relative(self) -> bool:
        """Whether a relative pronoun opens it."""
        return self.introducer == "relative"


_APART: Final = {
    b";": ((True, True), (True, False), (False, True)),
    b"-": ((True, True),),
    b"--": ((True, True),),
}
"""Which of the sides of a stop need a finite verb to be clauses of their own: (left, right)."""
_MOST: Final = 200
"""Boundaries of one sentence that are looked at: more of them are no prose."""
_REPORT: Final = 120
_HAVE: Final = (b"a", b"ont")


def split_clauses(
    sentences: Sequence[Sentence],
    text: str,
    folded: bytes,
    language: str,
    *,
    verbs: Sequence[int] = (),
    whole: Sequence[tuple[int, int]] = (),
    finite: list[bool] | None = None,
) -> list[list[Clause]]:
    """The clauses of each sentence; `finite` takes in of each whether it has a finite verb.

    `verbs` are the places of finite verbs that the caller knows beyond the common ones of the language's data file;
    `whole` are spans, such as names, in which no clause begins. Both in order.
    """
    rules = grammar(language)
    clauses = []
    for sentence in sentences:
        start, end = sentence[:2]
        boundaries, common, infinitives = rules.marks(text, folded, start, end)
        known = verbs[bisect_left(verbs, start) : bisect_left(verbs, end)]
        if finite is not None:
            finite.append(bool(common or known))
        if boundaries and whole:
            boundaries = [mark for mark in boundaries if not _inside(mark.start, whole)]
        if not boundaries:
            clauses.append([Clause(start, end)])
            continue
        view = View(rules, text, folded, start, end)
        view.boundaries = boundaries[:_MOST]
        view.verbs = sorted([*common, *known])
        view.infinitives = infinitives
        clauses.append(_Cutter(view).cut())
    return clauses


def _inside(place: int, whole: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies inside one of the spans, behind its beginning."""
    index = bisect_left(whole, (place, 0)) - 1
    return index >= 0 and place < whole[index][1]


class _Draft:
    """A clause in the making."""

    __slots__ = ("continues", "coordinate", "introducer", "parent", "start")

    def __init__(
        self,
        start: int,
        introducer: str | None = None,
        parent: int | None = None,
        *,
        coordinate: bool = False,
        continues: int | None = None,
    ) -> None:
        self.start = start
        self.introducer = introducer
        self.parent = parent
        self.coordinate = coordinate
        self.continues = continues


class _Cutter:
    """Cuts one sentence, boundary by boundary from left to right."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.drafts = [_Draft(view.start)]

    def cut(self) -> list[Clause]:
        """The clauses of the sentence."""
        view, drafts = self.view, self.drafts
        view.boundaries = confirmed(view)
        last = len(view.boundaries) - 1
        for index, mark in enumerate(view.boundaries):
            if mark.kind is INTRODUCER:
                self._subordinate(index, mark)
            elif index < last and view.blank(mark.end, view.boundaries[index + 1].start):
                continue  # the next boundary stands right behind: it tells more
            elif mark.kind is COORDINATOR:
                self._coordinate(index, mark)
            elif mark.kind is STOP:
                self._stop(index, mark)
            else:
                self._comma(index, mark)
        ends = [draft.start for draft in drafts[1:]] + [view.end]
        return [
            Clause(draft.start, end, draft.introducer, draft.parent, draft.coordinate, draft.continues)
            for draft, end in zip(drafts, ends, strict=True)
        ]

    def _begin(self, draft: _Draft, governed: int | None = None) -> None:
        """Begin a clause, unless nothing would be left of the one before it; it may govern an earlier one."""
        if self.drafts[-1].start < draft.start < self.view.end:
            self.drafts.append(draft)
            while governed is not None:
                self.drafts[governed].parent = len(self.drafts) - 1
                governed = self.drafts[governed].continues

    def _subordinate(self, index: int, mark: Mark) -> None:
        view, drafts = self.view, self.drafts
        if view.blank(drafts[-1].start, mark.start):
            drafts[-1].introducer = mark.value  # it opens the sentence, or what a comma has just begun
            return
        parent: int | None = len(drafts) - 1
        joined = view.joined(view.boundaries[index - 1] if index else None, mark)
        if joined:
            # "that … and that …": beside the last clause of the same class, not under it.
            ancestor = parent
            while ancestor is not None and drafts[ancestor].introducer != mark.value:
                ancestor = drafts[ancestor].parent
            if ancestor is not None:
                parent = drafts[ancestor].parent
        self._begin(_Draft(mark.start, mark.value, parent, coordinate=joined))

    def _coordinate(self, index: int, mark: Mark) -> None:
        view, drafts, current = self.view, self.drafts, self.drafts[-1]
        end = view.stretch(index)
        if not self._has_verb(len(drafts) - 1, mark.start):
            return
        if not current.introducer and view.cluster(mark.end + 1, end):
            return
        sibling = current
        if view.verb_in(mark.end, end):
            if current.introducer and view.rules.final_endings and not view.verb_closes(mark.end, end):
                sibling = drafts[self._root(len(drafts) - 1)]  # verb-second: it stands beside the main clause
                if sibling.introducer:
                    sibling = _Draft(mark.start)
        elif not (view.infinitive_in(mark.end, end) and view.infinitive_in(current.start, mark.start)):
            return
        self._begin(_Draft(mark.start, sibling.introducer, sibling.parent, coordinate=True))

    def _stop(self, index: int, mark: Mark) -> None:
        view = self.view
        current = len(self.drafts) - 1
        start = view.behind(mark.end)
        sign = view.folded[mark.start : mark.end].strip()
        if sign == b":":
            words = view.folded[max(self.drafts[-1].start, mark.start - _REPORT) : mark.start].split()
            said = any(word.strip(b'",') in view.rules.reporting for word in words)
            self._begin(_Draft(start, "complement", current) if said else _Draft(start))
        elif (self._has_verb(current, mark.start), view.verb_in(mark.end, view.stretch(index))) in _APART.get(sign, ()):
            self._begin(_Draft(start))

    def _comma(self, index: int, mark: Mark) -> None:
        view = self.view
        number = len(self.drafts) - 1
        current = self.drafts[number]
        end = view.stretch(index)
        start = view.behind(mark.end)
        goes_on = view.verb_in(start, end) or (number == 0 and bool(current.introducer) and view.inverts(start))
        done = self._has_verb(number, mark.start)
        if current.introducer and (done or (goes_on and self._complete(current, mark.start, start))):
            self._resume(number, start, goes_on=goes_on)
        elif self._quotes(current, start):
            self._begin(_Draft(start), governed=self._root(number))
        elif goes_on and (done or self._reported_at_once(index, start)) and not view.cluster(start, end):
            self._begin(_Draft(start), governed=self._root(number) if self._reports(start, end) else None)

    def _resume(self, number: int, start: int, *, goes_on: bool) -> None:
        """Go on behind a subordinate clause: with its main clause, or with one that begins only now."""
        drafts = self.drafts
        current = drafts[number]
        root = self._root(number)
        if drafts[root].introducer:
            if goes_on:
                self._begin(_Draft(start), governed=root)
        elif current.parent is not None and (goes_on or current.introducer == "relative"):
            outer = current.parent
            while goes_on and self._has_verb(outer, start) and (above := drafts[outer].parent) is not None:
                outer = above
            if goes_on and drafts[outer].introducer is None and self._has_verb(outer, current.start):
                self._begin(_Draft(start), governed=root if self._reports(start, self.view.end) else None)
            else:
                self._begin(_Draft(start, drafts[outer].introducer, drafts[outer].parent, continues=outer))

    def _root(self, number: int) -> int:
        """The outermost clause that a clause depends on."""
        while (parent := self.drafts[number].parent) is not None:
            number = parent
        return number

    def _complete(self, draft: _Draft, end: int, behind: int) -> bool:
        """Whether a subordinate clause is over at its comma, though it has no verb that is known."""
        if self.view.rules.final_endings and not self.view.inverts(behind):
            return False
        return len(self.view.folded[draft.start : end].split()) > 2

    def _reports(self, start: int, end: int) -> bool:
        """Whether a stretch only says who said what stands before it."""
        reporting = self.view.rules.reporting
        words = [word.strip(b".,;\"'") for word in self.view.folded[start : min(end, start + _REPORT)].split()[:7]]
        if words and words[0] in _HAVE:
            words = words[1:]  # *a déclaré le ministre*
        if not words or words[0] in reporting:
            return bool(words)
        verbs = sum(start <= verb < end for verb in self.view.verbs)
        return verbs == 1 and not self.view.rules.final_endings and not reporting.isdisjoint(words)

    def _reported_at_once(self, index: int, start: int) -> bool:
        """Whether a verb of saying follows the first comma of a clause whose own verb is none that is known."""
        earlier = any(
            mark.kind is COMMA and mark.start >= self.drafts[-1].start for mark in self.view.boundaries[:index]
        )
        return not earlier and self.view.word(start) in self.view.rules.reporting

    def _quotes(self, draft: _Draft, start: int) -> bool:
        """Whether a clause is a quotation that ends right before a place."""
        folded = self.view.folded
        return folded[draft.start : draft.start + 1] == b'"' and b'"' in folded[start - 3 : start]

    def _has_verb(self, number: int, end: int) -> bool:
        """Whether a clause has had its finite verb before a place."""
        draft: _Draft | None = self.drafts[number]
        while draft is not None:
            last = self.drafts[number + 1].start if number + 1 < len(self.drafts) else end
            if self.view.verb_in(draft.start, min(last, end)):
                return True
            number = -1 if draft.continues is None else draft.continues
            draft = self.drafts[number] if number >= 0 else None
        return False
