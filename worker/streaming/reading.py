"""Reading topics as everybody else sees them: committed records only, from their beginning or from now on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self

from kafka import TopicPartition
from kafka.errors import UnknownTopicOrPartitionError

from worker.settings import Kafka
from worker.streaming import client
from worker.streaming.stage import Record

_POLL_MS: Final = 250
_POLL_RECORDS: Final = 2_000


class Log:
    """Reads one topic after another through the same consumer. A context manager.

    Raises KafkaError when no broker answers.
    """

    def __init__(self, kafka: Kafka) -> None:
        self._kafka = kafka
        self._reader = client.reader(kafka, max_poll_records=_POLL_RECORDS, fetch_max_wait_ms=100)
        self._lookup: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for consumer in (self._reader, self._lookup):
            if consumer is not None:
                consumer.close(autocommit=False)

    def partitions(self, topic: str) -> tuple[int, ...]:
        """The numbers of a topic's partitions. Raises UnknownTopicOrPartitionError for a topic that there is not."""
        numbers = self._reader.partitions_for_topic(topic)
        if not numbers:
            raise UnknownTopicOrPartitionError(f"there is no topic {topic}")
        return tuple(sorted(numbers))

    def ends(self, topic: str, *, decided: bool = False) -> dict[int, int]:
        """The last stable offset of each partition; of `decided` ones the high watermark."""
        return {tp.partition: end for tp, end in self._ends(self._all(topic), decided=decided).items()}

    def begins(self, topic: str) -> dict[int, int]:
        """The offset of the first record that each partition still holds."""
        return {tp.partition: first for tp, first in self._reader.beginning_offsets(self._all(topic)).items()}

    def records(
        self,
        topic: str,
        partitions: Sequence[int] | None = None,
        *,
        starts: Mapping[int, int] | None = None,
        from_beginning: bool = True,
        until_end: bool = True,
        decided: bool = False,
        stopping: Callable[[], bool] = lambda: False,
    ) -> Iterator[Record]:
        """The records of these or of all partitions, those of each in order; `starts` has offsets to begin at.

        `until_end` stops at what was the last stable offset of each partition when it began: by position, since the
        last offset may hold a marker or nothing at all. `decided` goes on to what was the high watermark, and so waits
        for the transactions that were open then. One call at a time. Raises KafkaError, and
        UnknownTopicOrPartitionError for a topic that there is not.
        """
        tps = self._all(topic) if partitions is None else [TopicPartition(topic, number) for number in partitions]
        ends = self._ends(tps, decided=decided)
        firsts = self._reader.beginning_offsets(tps) if from_beginning else ends
        firsts = {tp: (starts or {}).get(tp.partition, first) for tp, first in firsts.items()}
        self._reader.assign(tps)
        self._reader.resume(*tps)
        for tp in tps:
            self._reader.seek(tp, firsts[tp])
        remaining = {tp for tp in tps if firsts[tp] < ends[tp]}
        while not stopping() and (remaining or not until_end):
            for tp, batch in self._reader.poll(timeout_ms=_POLL_MS).items():
                yield from (record for record in batch if not until_end or record.offset < ends[tp])
            if until_end:
                remaining = {tp for tp in remaining if self._reader.position(tp) < ends[tp]}
                self._reader.pause(*(tp for tp in tps if tp not in remaining))

    def _all(self, topic: str) -> list[TopicPartition]:
        return [TopicPartition(topic, number) for number in self.partitions(topic)]

    def _ends(self, tps: list[TopicPartition], *, decided: bool) -> dict[TopicPartition, int]:
        if decided and self._lookup is None:
            self._lookup = client.reader(self._kafka, isolation_level="read_uncommitted")
        ends: dict[TopicPartition, int] = (self._lookup if decided else self._reader).end_offsets(tps)
        return ends


def read(
    kafka: Kafka,
    topic: str,
    *,
    from_beginning: bool = True,
    until_end: bool = True,
    decided: bool = False,
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[Record]:
    """The records of one topic: see `Log.records`."""
    with Log(kafka) as log:
        yield from log.records(
            topic, from_beginning=from_beginning, until_end=until_end, decided=decided, stopping=stopping
        )
