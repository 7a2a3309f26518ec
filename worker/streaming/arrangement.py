"""In which order observations would have come, had the articles been read otherwise.

What is published depends on the order of arrival. So an article that was read before keeps its place among the
observations, and one that gave none before comes behind the last that came from earlier articles of its partition:
the service reads a partition in order, and so wrote what came of it in that order.
"""

from bisect import bisect_left
from collections import defaultdict
from typing import NamedTuple

from kafka.partitioner.default import murmur2

from worker.missions.observation import Coordinates, Observation, Source


def partition_of(subject: str, partitions: int) -> int:
    """The partition that Kafka's default partitioner gives a key."""
    number: int = murmur2(subject.encode())
    return (number & 0x7FFFFFFF) % partitions


class Place(NamedTuple):
    """Sorts the observations of a partition: behind which offset, not new before new, then by time and article."""

    offset: int
    new: bool
    timestamp_ms: int
    article: tuple[str, int, int]


class Arrangement:
    """Where the observations that there are stand, article by article. All are to be taken in before `place` is asked.

    Observations of one partition must come in their order.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[int, Coordinates], int] = {}
        self._by_input: dict[tuple[int, str, int], list[tuple[int, int]]] = defaultdict(list)
        self._sorted = False

    def take_in(self, observation: Observation, at: Coordinates) -> None:
        """An observation as it was published."""
        origin = _origin(observation.source)
        if (at.partition, origin) not in self._places:
            self._places[at.partition, origin] = at.offset
            self._by_input[at.partition, origin.topic, origin.partition].append((origin.offset, at.offset))
            self._sorted = False

    def offset(self, partition: int, source: Source) -> int | None:
        """Where in a partition the first observation of an article stands, None where there is none."""
        return self._places.get((partition, _origin(source)))

    def place(self, partition: int, source: Source) -> Place:
        """Where in a partition an observation of an article belongs; those of one article keep their order."""
        article = (source.topic, source.partition, source.offset)
        known = self.offset(partition, source)
        if known is not None:
            return Place(known, new=False, timestamp_ms=0, article=article)
        if not self._sorted:
            for entries in self._by_input.values():
                entries.sort()
            self._sorted = True
        earlier = self._by_input.get((partition, source.topic, source.partition), [])
        nth = bisect_left(earlier, (source.offset, -1))
        behind = earlier[nth - 1][1] if nth else -1
        return Place(behind, new=True, timestamp_ms=source.timestamp_ms or 0, article=article)


def _origin(source: Source) -> Coordinates:
    return Coordinates(source.topic, source.partition, source.offset)
