"""What the weights are learned from: every reading of every trigger of the labelled articles, by its signs."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tests.training.labels import Label, Labelled, matches
from worker.articles.decode import decode
from worker.extraction.binding import focus_of
from worker.extraction.extractor import Extractor
from worker.extraction.layout import laid_out
from worker.extraction.options import Option, options_of
from worker.extraction.telling import evidence_of
from worker.extraction.text.language import identify
from worker.extraction.topic import off_topic
from worker.extraction.triggers import find


@dataclass(slots=True)
class TriggerReadings:
    """The readings of one trigger; `right` gives those of each label that it can tell, `wrong` those of none."""

    rule: str
    sentence: str
    options: list[NDArray[np.int32]]
    changes: list[Label]
    right: dict[int, list[int]] = field(default_factory=dict)
    wrong: list[int] = field(default_factory=list)
    recalled: list[int] = field(default_factory=list)


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
            triggers = [self._trigger(article, *found) for found in read(extractor, article)]
            self.articles.append(ArticleReadings(article, triggers))

    def _trigger(self, article: Labelled, rule: str, sentence: str, options: list[Option]) -> TriggerReadings:
        numbers, signs = [], self.signs
        for option in options:
            row = [signs.setdefault(sign, len(signs)) for sign in dict.fromkeys(option.signs)]
            numbers.append(np.array(row, dtype=np.int32))
        made = TriggerReadings(rule, sentence, numbers, [_label(option) for option in options])
        likeness: dict[int, dict[int, int]] = {}
        for index, change in enumerate(made.changes):
            told = {j: _likeness(change, gold) for j, gold in enumerate(article.expect) if matches(change, gold)}
            for j, alike in told.items():
                likeness.setdefault(j, {})[index] = alike
            if not told:
                old = any(matches(change, gold) for gold in article.background)
                (made.recalled if old else made.wrong).append(index)
        for j, alike_by_index in likeness.items():
            best = max(alike_by_index.values())
            made.right[j] = [index for index, alike in alike_by_index.items() if alike == best]
        return made


def read(extractor: Extractor, article: Labelled) -> list[tuple[str, str, list[Option]]]:
    """Every reading of every trigger of an article, with its rule and its sentence."""
    decoded = decode(article.raw().encode())
    language = identify(decoded.text, decoded.language)
    if language not in extractor.lexicons:
        return []
    reading = laid_out(decoded, extractor.lexicons[language])
    if off_topic(reading) is not None:
        return []
    focus = focus_of(reading)
    found = []
    for sentence in reading.sentences:
        for trigger in find(reading, sentence):
            for options in options_of(reading, extractor.referents, focus, trigger):
                every = list(options.all())
                if every:
                    evidence = evidence_of(reading, options.trigger)
                    found.append((evidence.rule, evidence.quote, every))
    return found


def _label(option: Option) -> Label:
    who = option.participants
    return {
        "change": option.change,
        "mission": who.mission,
        "actors": who.actors,
        "theatre": who.theatre,
        "scope": who.scope,
    }


def _likeness(change: Label, gold: Label) -> int:
    """How much of a label a reading that matches it has right."""
    return (
        4 * (change["change"] == gold["change"])
        + 2 * (change["mission"] == gold["mission"])
        + (change["scope"] == gold["scope"])
        + (set(change["actors"]) == set(gold["actors"]))
    )
