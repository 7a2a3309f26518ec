"""Fitting the weights: how likely the labelled articles are, as a function of the weights, is made greatest.

A trigger tells one change or none, and a change is one of the hypotheses of who changes where, or of none of them.
Each choice is a softmax over the sums of the weights of signs, nothing weighing 0. A label is found unless every
trigger misses it (noisy-or), which leaves open which of several sentences tells it: multiple-instance learning (Maron &
Lozano-Pérez 1998). Readings that match no label count against the weights. A Gaussian prior keeps them small.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tests.training.material import ArticleReadings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LARGEST = 40.0
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Prior:
    """How weights are kept small.

    `precision` is that of the Gaussian; words weigh by `words`; a sign counts only from `seen` readings on; `recalled`
    is what a reading counts that matches only what the article recalls.
    """

    precision: float = 4.0
    words: float = 0.6
    seen: int = 3
    recalled: float = 0.7


@dataclass(frozen=True, slots=True)
class _Problem:
    """The readings as arrays: the signs of changes and of options, whose each is, and which are right."""

    changes: csr_matrix
    trigger: Ints
    triggers: int
    options: csr_matrix
    change: Ints
    right: Ints
    pair: Ints
    label: Ints
    labels: int
    wrong: Ints
    cost: Floats
    label_weight: Floats
    trigger_weight: Floats


def fit(names: Sequence[str], articles: Sequence[ArticleReadings], prior: Prior, rounds: int = 250) -> dict[str, float]:
    """The weights by sign that make the articles likeliest under a prior. `names` are the signs by number."""
    kept = kept_signs(
        names,
        ([*it.changes, *(row for _, row in it.options)] for article in articles for it in article.triggers),
        prior,
    )
    scale = scales(names, kept, prior)
    problem = _problem(articles, kept, scale, prior)
    found = minimize(
        lambda weights: _loss(problem, weights, prior.precision),
        np.zeros(len(kept)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": rounds},
    )
    return {names[sign]: float(found.x[column] * scale[column]) for sign, column in kept.items()}


def kept_signs(names: Sequence[str], cases: Iterable[Sequence[NDArray[np.int32]]], prior: Prior) -> dict[int, int]:
    """The columns of the signs that enough cases have."""
    seen: Counter[int] = Counter()
    for rows in cases:
        seen.update(np.unique(np.concatenate(rows)).tolist())
    kept = sorted((sign for sign, count in seen.items() if count >= prior.seen), key=lambda sign: names[sign])
    return {sign: column for column, sign in enumerate(kept)}


def scales(names: Sequence[str], kept: Iterable[int], prior: Prior) -> Floats:
    """How much each sign counts by itself: those of words of one language less."""
    return np.array([prior.words if _worded(names[sign]) else 1.0 for sign in kept])


def _worded(sign: str) -> bool:
    """Whether a sign is of words of one language."""
    sign = sign.lstrip("#@&?")
    return sign[2:3] == ":" and sign[:2] in ("nl", "fr", "en", "de")


class Rows:
    """A sparse matrix in the making, a row at a time."""

    def __init__(self, kept: dict[int, int], scale: Floats) -> None:
        self._kept = kept
        self._scale = scale
        self._columns: list[int] = []
        self._ends = [0]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, signs: NDArray[np.int32]) -> None:
        kept = self._kept
        self._columns += [kept[sign] for sign in signs.tolist() if sign in kept]
        self._ends.append(len(self._columns))

    def matrix(self) -> csr_matrix:
        columns = np.array(self._columns, dtype=np.int64)
        return csr_matrix((self._scale[columns], columns, self._ends), shape=(len(self), len(self._kept)))


def _problem(articles: Sequence[ArticleReadings], kept: dict[int, int], scale: Floats, prior: Prior) -> _Problem:
    changes, options = Rows(kept, scale), Rows(kept, scale)
    trigger: list[int] = []
    change: list[int] = []
    right: list[int] = []
    pair: list[int] = []
    label: list[int] = []
    wrong: list[int] = []
    cost: list[float] = []
    label_weight: list[float] = []
    trigger_weight: list[float] = []
    labels = number = 0
    for article in articles:
        told: dict[int, int] = {}
        for readings in article.triggers:
            first, before = len(options), len(changes)
            for signs in readings.changes:
                changes.add(signs)
                trigger.append(number)
            for index, signs in readings.options:
                options.add(signs)
                change.append(before + index)
            for gold, indices in readings.right.items():
                right += [first + index for index in indices]
                pair += [len(label)] * len(indices)
                label.append(told.setdefault(gold, labels + len(told)))
            wrong += [first + index for index in readings.wrong]
            cost += [1.0] * len(readings.wrong)
            wrong += [first + index for index in readings.recalled]
            cost += [prior.recalled] * len(readings.recalled)
            trigger_weight.append(article.article.weight)
            number += 1
        labels += len(told)
        label_weight += [article.article.weight] * len(told)
    return _Problem(
        changes=changes.matrix(),
        trigger=np.array(trigger),
        triggers=number,
        options=options.matrix(),
        change=np.array(change),
        right=np.array(right),
        pair=np.array(pair),
        label=np.array(label),
        labels=labels,
        wrong=np.array(wrong),
        cost=np.array(cost),
        label_weight=np.array(label_weight),
        trigger_weight=np.array(trigger_weight),
    )


def _loss(problem: _Problem, weights: Floats, precision: float) -> tuple[float, Floats]:
    """Minus the log of the posterior, and its gradient."""
    changed = _chosen(problem.changes @ weights, problem.trigger, problem.triggers)
    who = _chosen(problem.options @ weights, problem.change, len(changed))
    likely = changed[problem.change] * who
    slope = np.zeros(len(likely))

    told = np.clip(np.bincount(problem.pair, likely[problem.right], minlength=len(problem.label)), _LEAST, 1 - _LEAST)
    missed = np.bincount(problem.label, np.log1p(-told), minlength=problem.labels)
    found = np.clip(-np.expm1(missed), _LEAST, 1.0)
    loss = -(problem.label_weight * np.log(found)).sum()
    by_pair = -(problem.label_weight * (1.0 - found) / found)[problem.label] / (1.0 - told)
    np.add.at(slope, problem.right, by_pair[problem.pair])

    owner: Ints = problem.trigger[problem.change[problem.wrong]]
    astray = np.bincount(owner, likely[problem.wrong] * problem.cost, minlength=problem.triggers)
    astray = np.clip(astray, 0.0, 1 - _LEAST)
    loss -= (problem.trigger_weight * np.log1p(-astray)).sum()
    np.add.at(slope, problem.wrong, problem.cost * (problem.trigger_weight / (1.0 - astray))[owner])

    by_change: Floats = np.bincount(problem.change, slope * who, minlength=len(changed)).astype(np.float64)
    up = _softmax_slope(changed, by_change, problem.trigger, problem.triggers)
    by_who: Floats = slope * changed[problem.change]
    down = _softmax_slope(who, by_who, problem.change, len(changed))
    gradient = problem.changes.T @ up + problem.options.T @ down + precision * weights
    return float(loss + 0.5 * precision * (weights @ weights)), gradient


def _chosen(weights: Floats, group: Ints, groups: int) -> Floats:
    """The softmax within each group, with one more choice of weight 0: none of them."""
    odds = np.exp(np.clip(weights, -_LARGEST, _LARGEST))
    chosen: Floats = odds / (1.0 + np.bincount(group, odds, minlength=groups))[group]
    return chosen


def _softmax_slope(chosen: Floats, slope: Floats, group: Ints, groups: int) -> Floats:
    """The slope by the weights, given that by the probabilities of a softmax."""
    mean = np.bincount(group, chosen * slope, minlength=groups)
    by_weight: Floats = chosen * (slope - mean[group])
    return by_weight
