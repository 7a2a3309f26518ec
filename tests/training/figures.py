"""Learning which figures are strengths, whose and where: three choices, each a softmax over the weights of signs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tests.training.fit import Floats, Ints, Prior, Rows, kept_signs, scales
from tests.training.labels import Labelled
from worker.articles.decode import decode
from worker.extraction.attribution import Attributed, Attribution, Table
from worker.extraction.binding import focus_of
from worker.extraction.extractor import Extractor
from worker.extraction.layout import laid_out
from worker.extraction.text.language import identify
from worker.missions.report import ReportedChange


@dataclass(slots=True)
class Choice:
    """One choice: the signs of each option, and which are right; `open` if it may be none of them."""

    article: int
    options: list[list[str]]
    right: list[int]
    open: bool = False


@dataclass(slots=True)
class Choices:
    """All choices of the articles read so far."""

    found: list[Choice] = field(default_factory=list)

    def add(self, extractor: Extractor, number: int, article: Labelled, changes: Sequence[ReportedChange]) -> None:
        """Take in the figures of an article; `changes` are those that were read in it."""
        decoded = decode(article.raw().encode())
        language = identify(decoded.text, decoded.language)
        if language is None or language not in extractor.lexicons:
            return
        reading = laid_out(decoded, extractor.lexicons[language])
        table = Table(reading, extractor.referents, focus_of(reading), changes)
        left = [(str(it["actor"]), str(it["place"]), int(it["count"])) for it in article.strengths]
        last: Attributed | None = None
        for sentence in reading.sentences:
            for figure in sentence.counts():
                offered = Attribution(table, sentence, figure, last)
                golds = [it for it in left if it[2] == figure.count]
                self.found.append(Choice(number, [offered.kept_signs()], [0] if golds else [], open=True))
                if not golds:
                    continue
                actors = offered.actors()
                gold = next((it for it in golds if it[0] in actors), golds[0])
                self._choose(number, actors, {it[0] for it in golds})
                places = offered.places(gold[0])
                self._choose(number, places, {it[1] for it in golds if it[0] == gold[0]})
                last = Attributed(sentence.index, gold[0], gold[1])

    def _choose(self, number: int, offered: Mapping[str, list[str]], right: set[str]) -> None:
        codes = list(offered)
        hits = [index for index, code in enumerate(codes) if code in right]
        if hits and len(codes) > 1:
            self.found.append(Choice(number, [offered[code] for code in codes], hits))


def fit_choices(choices: Sequence[Choice], prior: Prior, rounds: int = 200) -> dict[str, float]:
    """The weights by sign that make the right choices likeliest."""
    names: dict[str, int] = {}
    rows = [
        [np.array([names.setdefault(sign, len(names)) for sign in signs], dtype=np.int32) for signs in choice.options]
        for choice in choices
    ]
    written = list(names)
    kept = kept_signs(written, rows, prior)
    scale = scales(written, kept, prior)
    matrix = Rows(kept, scale)
    group: list[int] = []
    right: list[bool] = []
    for number, (choice, options) in enumerate(zip(choices, rows, strict=True)):
        for index, signs in enumerate(options):
            matrix.add(signs)
            group.append(number)
            right.append(index in choice.right)
    problem = _Problem(
        matrix.matrix(),
        np.array(group),
        np.array(right, dtype=np.float64),
        np.array([1.0 if choice.open else 0.0 for choice in choices]),
        np.array([1.0 if choice.open and not choice.right else 0.0 for choice in choices]),
    )

    def loss(weights: Floats) -> tuple[float, Floats]:
        return _loss(problem, weights, prior.precision)

    found = minimize(loss, np.zeros(len(kept)), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return {written[sign]: float(found.x[column] * scale[column]) for sign, column in kept.items()}


@dataclass(frozen=True, slots=True)
class _Problem:
    """The options as arrays: their signs, whose choice each is, whether it is right; which choices may be of none."""

    signs: csr_matrix
    choice: Ints
    right: Floats
    void: Floats
    none: Floats


def _loss(problem: _Problem, weights: Floats, precision: float) -> tuple[float, Floats]:
    """Minus the log of the posterior, and its gradient."""
    odds = np.exp(np.clip(problem.signs @ weights, -40.0, 40.0))
    whole = problem.void + np.bincount(problem.choice, odds, minlength=len(problem.void))
    right = problem.none + np.bincount(problem.choice, odds * problem.right, minlength=len(problem.void))
    loss = -(np.log(right) - np.log(whole)).sum() + 0.5 * precision * (weights @ weights)
    slope = odds / whole[problem.choice] - odds * problem.right / right[problem.choice]
    return float(loss), problem.signs.T @ slope + precision * weights
