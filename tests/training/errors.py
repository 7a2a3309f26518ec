"""Listing errors for those who mend the lexicons: what was missed or reported wrongly, and the signs that decided."""

from collections.abc import Iterator, Sequence

import numpy as np

from tests.training.labels import Label, matches, same_kind
from tests.training.material import ArticleReadings, Material, TriggerReadings
from tests.training.scores import pairs, plainly
from worker.extraction.model import Model
from worker.missions.report import Extraction

_SHOWN = 7
"""How many of the weightiest signs are shown."""


def uncovered(material: Material, prefix: str) -> Iterator[str]:
    """The labels that no reading of any trigger can tell, with a count at the end."""
    told = lacking = 0
    for readings in material.articles:
        article = readings.article
        if not article.id.startswith(prefix):
            continue
        for number, gold in enumerate(article.expect):
            told += 1
            if any(number in trigger.right for trigger in readings.triggers):
                continue
            lacking += 1
            kinds = any(same_kind(change["change"], gold["change"]) for it in readings.triggers for change in it.changes)
            why = "PARTICIPANTS" if kinds else "NO TRIGGER"
            yield f"{why} {article.id} {article.published} {_label(gold)} | {article.body}"
    yield f"{lacking} of {told} labels are told by no reading"


def listed(names: Sequence[str], model: Model, readings: ArticleReadings, extraction: Extraction) -> Iterator[str]:
    """The errors of one article."""
    article = readings.article
    found = plainly(extraction.changes)
    paired = pairs(found, article.expect)
    known = (*article.expect, *article.background)
    for number, gold in enumerate(article.expect):
        if all(number != other for _, other in paired):
            yield f"MISSED {article.id} {article.published} {_label(gold)} {_nearest(names, model, readings, number)}"
    front = [change for change in extraction.changes if not change.background]
    for index, change in enumerate(found):
        if any(index == other for other, _ in paired) or any(matches(change, gold) for gold in known):
            continue
        evidence = front[index].evidence
        golds = "; ".join(_label(gold) for gold in article.expect) or "none"
        yield (
            f"WRONG {article.id} {article.published} {_label(change)} p={front[index].confidence} {evidence.rule}"
            f" | {evidence.quote} | LABELS {golds}"
        )


def _label(change: Label) -> str:
    actors, theatre = ",".join(change["actors"]), ",".join(change["theatre"])
    return f"{change['change']} {change['mission']} {actors}@{theatre}"


def _nearest(names: Sequence[str], model: Model, readings: ArticleReadings, number: int) -> str:
    """The reading that comes nearest to a label, and what weighs for and against it."""
    best: tuple[float, TriggerReadings, int, str] | None = None
    for trigger in readings.triggers:
        odds = np.exp([model.weight(names[sign] for sign in signs) for signs in trigger.options])
        whole, first = 1.0 + odds.sum(), int(odds.argmax())
        rival = f"none={1.0 / whole:.2f} best={odds[first] / whole:.2f} {_label(trigger.changes[first])}"
        for index in trigger.right.get(number, ()):
            if best is None or odds[index] / whole > best[0]:
                best = (odds[index] / whole, trigger, index, rival)
    if best is None:
        return f"NO READING | {readings.article.body}"
    likely, trigger, index, rival = best
    weighed = sorted(((model.weight([names[sign]]), names[sign]) for sign in trigger.options[index]), key=lambda it: -abs(it[0]))
    signs = " ".join(f"{sign}{weight:+.1f}" for weight, sign in weighed[:_SHOWN])
    return f"p={likely:.2f} {rival} {trigger.rule} | {trigger.sentence} | {signs}"
