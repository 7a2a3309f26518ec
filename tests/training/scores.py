"""How well articles are read: precision, recall and F1 of changes, as the domain scores them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.training.labels import Label, Labelled, matches
from worker.cli.jsonl import CHANGE_FIELDS
from worker.cli.plain import plain
from worker.missions.report import Extraction, ReportedChange

_ATTRIBUTES = ("mission", "scope", "occurred", "effective", "relocated_to")


@dataclass(slots=True)
class Scores:
    """Counts over articles."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, article: Labelled, extraction: Extraction) -> None:
        """Count one article."""
        counts = self.counts
        self._add_strengths(article, extraction)
        found = plainly(extraction.changes)
        paired = pairs(found, article.expect)
        counts["found"] += len(paired)
        counts["missed"] += len(article.expect) - len(paired)
        known = (*article.expect, *article.background)
        taken = {index for index, _ in paired}
        counts["wrong"] += sum(
            index not in taken and not any(matches(change, gold) for gold in known)
            for index, change in enumerate(found)
        )
        for index, gold in paired:
            said, given = set(found[index]["reasons"]), set(article.expect[gold]["reasons"])
            counts["reasons"] += len(said & given)
            counts["reasons_off"] += len(said ^ given)
            for name in _ATTRIBUTES:
                counts[name] += _agree(name, found[index][name], article.expect[gold][name], article.published)
        if not article.expect:
            counts["negatives"] += 1
            counts["clean"] += not found

    def _add_strengths(self, article: Labelled, extraction: Extraction) -> None:
        said = Counter((it.actor, it.place, it.count) for it in extraction.strengths)
        gold = Counter((it["actor"], it["place"], it["count"]) for it in article.strengths)
        both = (said & gold).total()
        self.counts["strengths"] += both
        self.counts["strengths_wrong"] += said.total() - both
        self.counts["strengths_missed"] += gold.total() - both

    def __str__(self) -> str:
        """One line for people."""
        c = self.counts
        precision = c["found"] / max(1, c["found"] + c["wrong"])
        recall = c["found"] / max(1, c["found"] + c["missed"])
        f1 = 2 * c["found"] / max(1, 2 * c["found"] + c["wrong"] + c["missed"])
        right = "  ".join(f"{name} {c[name] / max(1, c['found']):.2f}" for name in _ATTRIBUTES)
        both = 2 * c["strengths"]
        strengths = both / max(1, both + c["strengths_wrong"] + c["strengths_missed"])
        right += f"  strengths {strengths:.2f}"
        reasons = 2 * c["reasons"]
        right += f"  reasons {reasons / max(1, reasons + c['reasons_off']):.2f}"
        clean = c["clean"] / max(1, c["negatives"])
        return (
            f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  clean {clean:.2f}  of {c['found'] + c['missed']}  {right}"
        )


def plainly(changes: Sequence[ReportedChange]) -> list[Label]:
    """The news among some changes, as `extract --jsonl` writes them."""
    return [{name: plain(getattr(it, name)) for name in CHANGE_FIELDS} for it in changes if not it.background]


def _agree(name: str, found: object, gold: object, published: str) -> bool:
    """Whether an attribute is right; a date in the article's month may be as coarse as a plain message's date."""
    if found == gold or name not in ("occurred", "effective") or not isinstance(gold, str):
        return found == gold
    return gold[:7] == published[:7] and found == gold[:7]


def pairs(found: Sequence[Label], golds: Sequence[Label]) -> list[tuple[int, int]]:
    """Reported changes paired with labels, those that agree most first."""
    options = sorted(
        (
            (_likeness(change, gold), i, j)
            for i, change in enumerate(found)
            for j, gold in enumerate(golds)
            if matches(change, gold)
        ),
        key=lambda option: (-option[0], option[1], option[2]),
    )
    paired: list[tuple[int, int]] = []
    for _, i, j in options:
        if all(i != other and j != gold for other, gold in paired):
            paired.append((i, j))
    return paired


def _likeness(change: Label, gold: Label) -> int:
    same = sum(bool(change.get(name) == gold.get(name)) for name in ("change", *_ATTRIBUTES))
    return same + len(set(change["actors"]) & set(gold["actors"]))
