"""The weights of signs: a log-linear model of whether a reading is news, learned from labelled articles.

A reading's probability is the logistic function of the sum of the weights of its signs (maximum entropy: Berger, Della
Pietra & Della Pietra 1996). The weights are data, made from `tests/corpus` by `make weights`; a sign that is not
among them weighs nothing.
"""

import math
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Final, Self

import msgspec

from worker.missions.vocabulary import Change

FILE: Final = "weights.json"
_CHANGES: Final = frozenset(map(str, Change))


class Model:
    """Weighs signs.

    `threshold` is the least probability of a change that is reported, the other that of a troop figure.

    `floor` is the least weight that the signs of a trigger alone, without those of participants, must have.
    """

    __slots__ = ("_crossed", "_weights", "floor", "strength_threshold", "threshold")

    def __init__(
        self, weights: Mapping[str, float], threshold: float, strength_threshold: float, floor: float = -math.inf
    ) -> None:
        self._weights = _Weights(weights)
        self._crossed = {change: _Weights() for change in Change}
        for sign, weight in weights.items():
            change, colon, rest = sign.partition(":")
            if colon and change in _CHANGES:
                self._crossed[Change(change)][rest] = weight
        self.threshold = threshold
        self.strength_threshold = strength_threshold
        self.floor = floor

    @classmethod
    def load(cls) -> Self:
        """Read the weights of this package. Raises ValueError (msgspec.ValidationError) where they are malformed."""
        file = msgspec.json.decode(resources.files(__package__).joinpath(FILE).read_bytes(), type=_File)
        return cls(file.weights, file.threshold, file.strength_threshold, file.floor)

    def weight(self, signs: Iterable[str]) -> float:
        """The sum of the weights of some signs: the log of their odds."""
        return sum(map(self._weights.__getitem__, signs))

    def crossed(self, change: Change, signs: Iterable[str]) -> float:
        """The sum of the weights of some signs together with a change: those of `change:sign`."""
        return sum(map(self._crossed[change].__getitem__, signs))


class _Weights(dict[str, float]):
    """Weights by sign; those that are missing are 0."""

    def __missing__(self, sign: str) -> float:
        return 0.0


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """The data file."""

    threshold: float
    strength_threshold: float
    floor: float
    weights: dict[str, float]


def odds_of(weight: float) -> float:
    """The odds that belong to a sum of weights, their logarithm."""
    return math.exp(min(max(weight, -_LARGEST), _LARGEST))


_LARGEST: Final = 40.0
"""Beyond this odds are beyond all others, or none, for every purpose."""
