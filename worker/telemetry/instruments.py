"""Instruments whose number of series is bounded, whatever values are counted."""

from collections.abc import Iterable, Mapping
from typing import Final

from prometheus_client import Counter, Gauge

OTHER: Final = "other"


class Tally:
    """A counter by one label, with a bounded number of values; what comes beyond the bound counts as `other`.

    The `known` values exist, at zero, from the start: `rate()` does not see the first increment of a series that was
    not there before. `fixed` gives the values of the counter's other labels.
    """

    def __init__(self, counter: Counter, label: str, known: Iterable[str], *, bound: int = 40, **fixed: str) -> None:
        self._counter = counter
        self._label = label
        self._fixed = fixed
        self._bound = bound
        self._children: dict[str, Counter] = {}
        for value in known:
            self._children[value] = self._child(value)

    def inc(self, value: str, amount: float = 1) -> None:
        """Count `amount` more of a value."""
        child = self._children.get(value)
        if child is None:
            if len(self._children) >= self._bound:
                value = OTHER
            child = self._children[value] = self._child(value)
        child.inc(amount)

    def _child(self, value: str) -> Counter:
        return self._counter.labels(**{self._label: value}, **self._fixed)


class PartitionGauge:
    """A gauge by partition that shows only the partitions at hand: a series that stays behind alerts for ever."""

    def __init__(self, gauge: Gauge, topic: str) -> None:
        self._gauge = gauge
        self._topic = topic
        self._shown: set[int] = set()

    def set(self, values: Mapping[int, float]) -> None:
        """Show these values, and no others."""
        for partition in self._shown - values.keys():
            self._gauge.remove(self._topic, str(partition))
        for partition, value in values.items():
            self._gauge.labels(self._topic, str(partition)).set(value)
        self._shown = set(values)
