"""Learn the weights from the labelled articles, after showing what they are worth: `make weights`.

Cross-validation comes first: each fifth of the articles is read with weights learned from the rest, and what was
reported wrongly or missed can be listed. Then all of them give the weights that the worker ships.
"""

import argparse
import json
import math
import sys
import zlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np

from tests.training.errors import listed, uncovered
from tests.training.figures import Choice, Choices, fit_choices
from tests.training.fit import Prior, fit
from tests.training.labels import labelled
from tests.training.material import ArticleReadings, Material
from tests.training.scores import Scores
from tests.training.sentences import sentences
from worker.articles.decode import decode
from worker.extraction import Extractor
from worker.extraction.model import FILE, Model
from worker.missions.register import Register

CORPUS = Path(__file__).parents[1] / "corpus"
LEARNED = ("*.jsonl", "articles/*.jsonl", "items/*.jsonl")
"""What of the corpus weights are learned from; `held-out` is for the score of what was learned."""
WEIGHTS = Path(__file__).parents[2] / "worker" / "extraction" / FILE
STRENGTHS = 0.35
"""The least probability of a troop figure that is reported."""
FIGURES = Prior(precision=2.0)
"""The prior of the weights of figures, of which there are many more cases."""
LEAST = 0.015
"""Weights smaller than this say nothing and are left out."""


def main() -> int:
    """Train, evaluate and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.training", description=__doc__.splitlines()[0])
    parser.add_argument("--extra", nargs="*", type=Path, default=[], help="more labelled articles (JSON lines)")
    parser.add_argument("--folds", type=int, default=5, help="parts for the cross-validation; 0 leaves it out")
    parser.add_argument("--threshold", type=float, default=0.3, help="the least probability of what is reported")
    parser.add_argument("--list", metavar="PREFIX", help="list the errors of articles whose id begins so")
    parser.add_argument("--only", metavar="LANG", help="articles of one language")
    parser.add_argument("--uncovered", metavar="PREFIX", help="only list the labels that no reading can tell")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where to write the weights")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--held-out", action="store_true", help="only score the shipped weights on what they never saw")
    options = parser.parse_args()
    if options.held_out:
        return _held_out()
    paths = [*chain.from_iterable(sorted(CORPUS.glob(pattern)) for pattern in LEARNED), *options.extra]
    extractor = Extractor.load()
    every = chain(labelled(paths), sentences(Register.load()))
    articles = [it for it in every if options.only in (None, it.language)]
    material = Material()
    material.add(extractor, articles)
    if options.uncovered is not None:
        for line in uncovered(material, options.uncovered):
            print(line)
        return 0
    print(f"{len(material.articles)} articles, {len(material.signs)} signs", flush=True)
    if options.folds:
        _validate(extractor, material, options.folds, options.threshold, options.list)
    if not options.dry_run:
        weights = learned(extractor, list(material.signs), material.articles, options.threshold)
        options.out.write_text(
            _written(weights, options.threshold, floor_of(material, weights, options.threshold)), "utf-8"
        )
    return 0


def _held_out() -> int:
    """Print what the shipped weights are worth on the articles that are kept aside."""
    extractor = Extractor.load()
    scores: dict[str, Scores] = {}
    for article in labelled(sorted((CORPUS / "held-out").glob("*.jsonl"))):
        extraction = extractor.extract(decode(article.raw().encode()))
        for group in ("all", article.language):
            scores.setdefault(group, Scores()).add(article, extraction)
    for group, score in sorted(scores.items()):
        print(f"{group:12} {score}")
    return 0


def _validate(extractor: Extractor, material: Material, folds: int, threshold: float, shown: str | None) -> None:
    names, articles = list(material.signs), material.articles
    part = [zlib.crc32(readings.article.id.encode()) // 7 % folds for readings in articles]
    scores: dict[str, Scores] = {}
    for fold in range(folds):
        weights = learned(
            extractor, names, [it for it, own in zip(articles, part, strict=True) if own != fold], threshold
        )
        model = Model(weights, threshold, STRENGTHS, floor_of(material, weights, threshold))
        reader = replace(extractor, model=model)
        for index, own in enumerate(part):
            if own != fold:
                continue
            article = articles[index].article
            extraction = reader.extract(decode(article.raw().encode()))
            if shown is not None and article.id.startswith(shown):
                for line in listed(names, model, articles[index], extraction):
                    print(line)
            for group in ("all", f"all {article.language}", article.id.partition("-")[0]):
                scores.setdefault(group, Scores()).add(article, extraction)
    for group, score in sorted(scores.items()):
        print(f"{group:12} {score}")


def learned(
    extractor: Extractor, names: Sequence[str], articles: Sequence[ArticleReadings], threshold: float
) -> dict[str, float]:
    """The weights of changes, and those of figures, which depend on the changes that are read."""
    weights = fit(names, articles, Prior())
    reader = replace(extractor, model=Model(weights, threshold, STRENGTHS))
    choices = Choices()
    for number, readings in enumerate(articles):
        changes = reader.extract(decode(readings.article.raw().encode())).changes
        choices.add(reader, number, readings.article, changes)
    reasons = [
        Choice(number, [signs], [0] if right else [], open=True)
        for number, readings in enumerate(articles)
        if not readings.article.id.startswith("rule-")  # those label no reasons
        for trigger in readings.triggers
        for signs, right in trigger.reasons
    ]
    return weights | fit_choices(choices.found, FIGURES) | fit_choices(reasons, FIGURES)


def floor_of(material: Material, weights: dict[str, float], threshold: float) -> float:
    """The weight of a trigger's own signs below which hardly one in a hundred of likely readings lies."""
    by_number = np.array([weights.get(sign, 0.0) for sign in material.signs])
    lowest = []
    for article in material.articles:
        for trigger in article.triggers:
            whole = np.array([by_number[signs].sum() for signs in trigger.changes])
            odds = np.exp(whole)
            if odds.max() / (1.0 + odds.sum()) >= threshold:
                alone = [
                    by_number[signs[:count]].sum() for signs, count in zip(trigger.changes, trigger.alone, strict=True)
                ]
                lowest.append(max(alone))
    return float(np.quantile(lowest, _LOST)) if lowest else -math.inf


_LOST = 0.01
"""The share of likely readings that may be given up for speed."""


def _written(weights: dict[str, float], threshold: float, floor: float) -> str:
    kept = {sign: round(weight, 2) for sign, weight in sorted(weights.items()) if abs(weight) >= LEAST}
    file = {"threshold": threshold, "strength_threshold": STRENGTHS, "floor": round(floor, 2), "weights": kept}
    return json.dumps(file, ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    sys.exit(main())
