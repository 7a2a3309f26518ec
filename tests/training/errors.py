"""Listing errors for those who mend the lexicons: what was missed or reported wrongly, and the signs that decided."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tests.training.labels import Label, matches, same_kind
from tests.training.material import ArticleReadings, Material, TriggerReadings
from tests.training.scores import pairs, plainly
from worker.extraction.model import Model, odds_of
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
            kinds = any(same_kind(change["change"], gold["change"]) for it in readings.triggers for change in it.told)
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
        likely = _likely(names, model, trigger)
        first = int(likely.argmax())
        rival = f"none={1.0 - likely.sum():.2f} best={likely[first]:.2f} {_label(trigger.told[first])}"
        for index in trigger.right.get(number, ()):
            if best is None or likely[index] > best[0]:
                best = (likely[index], trigger, index, rival)
    if best is None:
        return f"NO READING | {readings.article.body}"
    chance, trigger, index, rival = best
    change, who = trigger.options[index]
    signs = [names[sign] for sign in (*trigger.changes[change], *who)]
    weighed = sorted(((model.weight([sign]), sign) for sign in signs), key=lambda it: -abs(it[0]))
    shown = " ".join(f"{sign}{weight:+.1f}" for weight, sign in weighed[:_SHOWN])
    return f"p={chance:.2f} {rival} {trigger.rule} | {trigger.sentence} | {shown}"


def _likely(names: Sequence[str], model: Model, trigger: TriggerReadings) -> NDArray[np.float64]:
    """The probability of each option of a trigger."""

    def odds(signs: NDArray[np.int32]) -> float:
        return odds_of(model.weight(names[sign] for sign in signs))

    changes = np.array([odds(signs) for signs in trigger.changes])
    changes /= 1.0 + changes.sum()
    number = np.array([change for change, _ in trigger.options])
    who = np.array([odds(signs) for _, signs in trigger.options])
    who /= (1.0 + np.bincount(number, who, minlength=len(changes)))[number]
    chances: NDArray[np.float64] = changes[number] * who
    return chances
