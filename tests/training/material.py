"""What the weights are learned from: every reading of every trigger of the labelled articles, by its signs."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tests.training.labels import Label, Labelled, matches
from worker.articles.decode import decode
from worker.extraction.binding import focus_of
from worker.extraction.extractor import Extractor
from worker.extraction.hypotheses import Hypothesis
from worker.extraction.layout import laid_out
from worker.extraction.options import Options, readings
from worker.extraction.reasons import offered
from worker.extraction.telling import evidence_of
from worker.extraction.text.language import identify
from worker.extraction.topic import off_topic
from worker.missions.vocabulary import Change


@dataclass(slots=True)
class TriggerReadings:
    """The readings of one trigger.

    `changes` are the signs of each change that it can tell, `options` those of each change of some participants, with
    the number of the change. `right` gives the options that tell each label, `wrong` those that tell none.
    """

    rule: str
    sentence: str
    changes: list[NDArray[np.int32]]
    options: list[tuple[int, NDArray[np.int32]]]
    told: list[Label]
    alone: list[int] = field(default_factory=list)
    """How many of the first signs of each change are known before anybody looks for participants."""
    right: dict[int, list[int]] = field(default_factory=dict)
    wrong: list[int] = field(default_factory=list)
    recalled: list[int] = field(default_factory=list)
    reasons: list[tuple[list[str], bool]] = field(default_factory=list)
    """What its text offers as reasons of the labels that it tells: the signs of each, and whether it is one."""


@dataclass(slots=True)
class ArticleReadings:
    """The readings of one article's triggers."""

    article: Labelled
    triggers: list[TriggerReadings]


@dataclass(slots=True)
class Material:
    """All articles, with the signs by number."""

    signs: dict[str, int] = field(default_factory=dict)
    articles: list[ArticleReadings] = field(default_factory=list)

    def add(self, extractor: Extractor, articles: Iterable[Labelled]) -> None:
        """Read some articles."""
        for article in articles:
            triggers = [self._trigger(article, options) for options in read(extractor, article)]
            self.articles.append(ArticleReadings(article, [trigger for trigger in triggers if trigger.options]))

    def _trigger(self, article: Labelled, options: Options) -> TriggerReadings:
        evidence = evidence_of(options.reading, options.trigger)
        made = TriggerReadings(evidence.rule, evidence.quote, [], [], [])
        found = options.hypotheses()
        for number, change in enumerate(options.changes()):
            alone = [*options.signs, *options.change_signs(change).of(change)]
            around = [*options.around_signs(), *(f"{change}:{sign}" for sign in options.around_crossed())]
            made.changes.append(self._numbers([*alone, *around]))
            made.alone.append(len(dict.fromkeys(alone)))
            for hypothesis in found:
                signs = [*hypothesis.signs, *options.who_signs(change, hypothesis).of(change)]
                made.options.append((number, self._numbers(signs)))
                made.told.append(_label(change, hypothesis))
        likeness: dict[int, dict[int, int]] = {}
        for index, label in enumerate(made.told):
            told = {j: _likeness(label, gold) for j, gold in enumerate(article.expect) if matches(label, gold)}
            for j, alike in told.items():
                likeness.setdefault(j, {})[index] = alike
            if not told:
                old = any(matches(label, gold) for gold in article.background)
                (made.recalled if old else made.wrong).append(index)
        for j, alike_by_index in likeness.items():
            given = article.expect[j]["reasons"]
            change = Change(article.expect[j]["change"])
            made.reasons += [
                (signs, reason in given) for reason, signs in offered(options.reading, options.trigger, change).items()
            ]
            best = max(alike_by_index.values())
            made.right[j] = [index for index, alike in alike_by_index.items() if alike == best]
        return made

    def _numbers(self, signs: Iterable[str]) -> NDArray[np.int32]:
        known = self.signs
        return np.array([known.setdefault(sign, len(known)) for sign in dict.fromkeys(signs)], dtype=np.int32)


def read(extractor: Extractor, article: Labelled) -> list[Options]:
    """The readings of every trigger of an article that may tell news."""
    decoded = decode(article.raw().encode())
    language = identify(decoded.text, decoded.language)
    if language is None or language not in extractor.lexicons:
        return []
    reading = laid_out(decoded, extractor.lexicons[language])
    if off_topic(reading) is not None:
        return []
    return [it for it in readings(reading, extractor.referents, focus_of(reading)) if not it.old]


def _label(change: Change, hypothesis: Hypothesis) -> Label:
    who = hypothesis.participants
    return {
        "change": change,
        "mission": who.mission,
        "actors": who.actors,
        "theatre": who.theatre,
        "scope": who.scope,
    }


def _likeness(change: Label, gold: Label) -> int:
    """How much of a label a reading that matches it has right."""
    return (
        4 * bool(change["change"] == gold["change"])
        + 2 * bool(change["mission"] == gold["mission"])
        + bool(change["scope"] == gold["scope"])
        + (set(change["actors"]) == set(gold["actors"]))
    )
