"""Fitting the weights: how likely the labelled articles are, as a function of the weights, is made greatest.

A trigger has one reading or none; the probability of each is a softmax over the sums of the weights of their signs, that of
none being 1 over the whole. A label is found unless every trigger misses it (noisy-or), which leaves open which of several
sentences tells it: multiple-instance learning (Maron & Lozano-Pérez 1998). Readings that match no label count
against the weights. A Gaussian prior keeps them small.
"""

from collections import Counter
from collections.abc import Sequence
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
    """How weights are kept small: `precision` of the Gaussian; words weigh by `words`, and count only from `seen` articles' readings on.

    `recalled` is what a reading counts that matches only what the article recalls.
    """

    precision: float = 4.0
    words: float = 0.6
    seen: int = 3
    recalled: float = 0.7


@dataclass(frozen=True, slots=True)
class _Problem:
    """The readings as arrays: `rows` of signs, the trigger of each, and which are right for which label, or wrong."""

    rows: csr_matrix
    trigger: Ints
    triggers: int
    right: Ints
    pair: Ints
    label: Ints
    labels: int
    wrong: Ints
    cost: Floats


def fit(names: Sequence[str], articles: Sequence[ArticleReadings], prior: Prior, rounds: int = 250) -> dict[str, float]:
    """The weights by sign that make the articles likeliest under a prior. `names` are the signs by number."""
    kept = _kept(names, articles, prior)
    scale = np.array([prior.words if _worded(names[sign]) else 1.0 for sign in kept])
    problem = _problem(articles, kept, scale, prior)
    found = minimize(
        lambda weights: _loss(problem, weights, prior.precision),
        np.zeros(len(kept)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": rounds},
    )
    return {names[sign]: float(found.x[column] * scale[column]) for sign, column in kept.items()}


def _worded(sign: str) -> bool:
    """Whether a sign is of words of one language."""
    return sign[2:3] == ":" and sign[:2] in ("nl", "fr", "en", "de")


def _kept(names: Sequence[str], articles: Sequence[ArticleReadings], prior: Prior) -> dict[int, int]:
    """The columns of the signs that enough triggers have."""
    seen: Counter[int] = Counter()
    for article in articles:
        for trigger in article.triggers:
            seen.update(np.unique(np.concatenate(trigger.options)).tolist())
    kept = sorted((sign for sign, count in seen.items() if count >= prior.seen), key=lambda sign: names[sign])
    return {sign: column for column, sign in enumerate(kept)}


def _problem(articles: Sequence[ArticleReadings], kept: dict[int, int], scale: Floats, prior: Prior) -> _Problem:
    columns: list[int] = []
    ends = [0]
    trigger: list[int] = []
    right: list[int] = []
    pair: list[int] = []
    label: list[int] = []
    wrong: list[int] = []
    cost: list[float] = []
    labels = number = 0
    for article in articles:
        told: dict[int, int] = {}
        for readings in article.triggers:
            first = len(trigger)
            for signs in readings.options:
                columns += [kept[sign] for sign in signs.tolist() if sign in kept]
                ends.append(len(columns))
                trigger.append(number)
            for gold, indices in readings.right.items():
                right += [first + index for index in indices]
                pair += [len(label)] * len(indices)
                label.append(told.setdefault(gold, labels + len(told)))
            wrong += [first + index for index in readings.wrong]
            cost += [1.0] * len(readings.wrong)
            wrong += [first + index for index in readings.recalled]
            cost += [prior.recalled] * len(readings.recalled)
            number += 1
        labels += len(told)
    rows = csr_matrix((scale[columns], columns, ends), shape=(len(trigger), len(kept)))
    return _Problem(
        rows, np.array(trigger), number, np.array(right), np.array(pair), np.array(label), labels, np.array(wrong), np.array(cost)
    )


def _loss(problem: _Problem, weights: Floats, precision: float) -> tuple[float, Floats]:
    """Minus the log of the posterior, and its gradient."""
    odds = np.exp(np.clip(problem.rows @ weights, -_LARGEST, _LARGEST))
    whole = 1.0 + np.bincount(problem.trigger, odds, minlength=problem.triggers)
    likely = odds / whole[problem.trigger]
    slope = np.zeros(len(likely))

    told = np.clip(np.bincount(problem.pair, likely[problem.right], minlength=len(problem.label)), _LEAST, 1 - _LEAST)
    missed = np.bincount(problem.label, np.log1p(-told), minlength=problem.labels)
    found = np.clip(-np.expm1(missed), _LEAST, 1.0)
    loss = -np.log(found).sum()
    by_pair = -((1.0 - found) / found)[problem.label] / (1.0 - told)
    np.add.at(slope, problem.right, by_pair[problem.pair])

    astray = np.bincount(problem.trigger[problem.wrong], likely[problem.wrong] * problem.cost, minlength=problem.triggers)
    astray = np.clip(astray, 0.0, 1 - _LEAST)
    loss -= np.log1p(-astray).sum()
    np.add.at(slope, problem.wrong, problem.cost / (1.0 - astray)[problem.trigger[problem.wrong]])

    mean = np.bincount(problem.trigger, likely * slope, minlength=problem.triggers)
    gradient = problem.rows.T @ (likely * (slope - mean[problem.trigger])) + precision * weights
    return float(loss + 0.5 * precision * (weights @ weights)), gradient
