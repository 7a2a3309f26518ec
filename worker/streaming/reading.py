"""Reading a topic as everybody else sees it: committed records only, from its beginning or from now on."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from kafka import TopicPartition
from kafka.errors import UnknownTopicOrPartitionError

from worker.settings import Kafka
from worker.streaming import client
from worker.streaming.stage import Record

_POLL_MS: Final = 250
_POLL_RECORDS: Final = 2_000


def read(
    kafka: Kafka,
    topic: str,
    *,
    from_beginning: bool = True,
    until_end: bool = True,
    decided: bool = False,
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[Record]:
    """The records of all partitions, those of each in order.

    `until_end` stops at what was the last stable offset of each partition when it began: by position, since the last
    offset may hold a marker or nothing at all. `decided` goes on to what was the high watermark, and so waits for the
    transactions that were open then. Raises KafkaError when no broker answers, UnknownTopicOrPartitionError for a topic
    that there is not.
    """
    reader = client.reader(kafka, max_poll_records=_POLL_RECORDS, fetch_max_wait_ms=100)
    try:
        partitions = _partitions(reader, topic)
        ends = client.high_watermarks(kafka, partitions) if decided else reader.end_offsets(partitions)
        starts = reader.beginning_offsets(partitions) if from_beginning else ends
        reader.assign(partitions)
        for tp in partitions:
            reader.seek(tp, starts[tp])
        remaining = {tp for tp in partitions if starts[tp] < ends[tp]}
        while not stopping() and (remaining or not until_end):
            for tp, batch in reader.poll(timeout_ms=_POLL_MS).items():
                yield from (record for record in batch if not until_end or record.offset < ends[tp])
            if until_end:
                remaining = {tp for tp in remaining if reader.position(tp) < ends[tp]}
                reader.pause(*(tp for tp in partitions if tp not in remaining))
    finally:
        reader.close(autocommit=False)


def _partitions(reader: Any, topic: str) -> list[TopicPartition]:
    numbers = reader.partitions_for_topic(topic)
    if not numbers:
        raise UnknownTopicOrPartitionError(f"there is no topic {topic}")
    return [TopicPartition(topic, number) for number in sorted(numbers)]
