"""What a stage is to the loop that drives it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

Record = Any
"""kafka-python's `ConsumerRecord`: topic, partition, offset, timestamp, key, value, headers; untyped there."""


class Output(NamedTuple):
    """A record to be written. Without a partition, the key's murmur2 hash chooses it."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]] = ()
    partition: int | None = None
    timestamp_ms: int | None = None


class Span(NamedTuple):
    """A range of input offsets: from `first` up to, and without, `next`. Control records lie in it like any other."""

    first: int
    next: int


@dataclass(slots=True)
class Tally:
    """What became of the records of one input partition in one transaction.

    Each record has exactly one outcome (`observed`, `irrelevant`, `dead_letter` …); `outputs` counts the records
    written, by kind (`observations`, `events`, `dead_letters` …).
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    outputs: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Work:
    """What a stage makes of a batch: outputs in the order in which they are to be written, and a tally per partition.

    `stopped` has the offset of the first record that was left for later, of partitions that took too long to finish.
    `published` has a line of fields for each event that will be public once the transaction is committed,
    `near_misses` counts by reason what looked like a change and was none, `dead_letters` those by reason. `sources`
    has the time of the input record, in milliseconds since the Unix epoch, for each output that has one; `seconds` how
    long each record took that was read at all.
    """

    outputs: list[Output] = field(default_factory=list)
    tallies: dict[int, Tally] = field(default_factory=dict)
    stopped: dict[int, int] = field(default_factory=dict)
    published: list[Mapping[str, object]] = field(default_factory=list)
    near_misses: Counter[str] = field(default_factory=Counter)
    dead_letters: Counter[str] = field(default_factory=Counter)
    sources: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def tally(self, partition: int) -> Tally:
        """The tally of a partition, begun if need be."""
        return self.tallies.setdefault(partition, Tally())


class Opening(Protocol):
    """A partition on its way to being processed."""

    def step(self, seconds: float) -> bool:
        """Go on for about this long. True when the partition can be processed from the position it was opened at."""
        ...


class Stage(Protocol):
    """Turns batches of records into outputs, without any effect until `committed` is called.

    All methods are called from one thread. A batch that is not committed may come again, in other portions.
    """

    name: str

    def open(self, partition: int, position: int) -> Opening:
        """Begin to make ready for processing a partition from a position on; replaces what was known of it."""
        ...

    def process(self, batch: Mapping[int, Sequence[Record]]) -> Work:
        """Work through the records of each partition, in order; the batch is empty where only markers were passed.

        What the last call made is forgotten unless it was committed. Raises BrakedError where it should not go on.
        """
        ...

    def committed(self, positions: Mapping[int, int]) -> None:
        """The last work is public, and the input is done up to these positions."""
        ...

    def close(self, partition: int) -> None:
        """The partition is somebody else's now."""
        ...


class Opened:
    """The opening of a partition that needs no preparation."""

    def step(self, seconds: float) -> bool:  # noqa: ARG002 - of the protocol
        """Ready at once."""
        return True


class BrakedError(Exception):
    """The stage refuses to go on, for a reason that people must look at; nothing of the batch is to be committed."""
