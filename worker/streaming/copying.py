"""Copying a topic, exactly once and from where the last copy stopped."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from kafka import TopicPartition
from kafka.structs import ConsumerGroupMetadata

from worker.settings import Kafka
from worker.streaming.positions import committed
from worker.streaming.reading import Log
from worker.streaming.stage import Output, Record
from worker.streaming.transactor import Transactor
from worker.streaming.watchdog import Watchdog

_BATCH: Final = 1_000


def copy(
    kafka: Kafka,
    source: str,
    target: str,
    member: str,
    *,
    keep: Callable[[Record], bool] = lambda _: True,
    same_partitions: bool = True,
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Copy the records of a topic that there are now, those that are to be kept, with keys, headers and times.

    The position goes into the same transaction as the copies, under the group and transactional id `member`: a copy
    that was interrupted, or is made again, goes on where the last one stopped. `tell` is told of every batch how many
    records it took in. Records go into the partitions of the same number, or else by their keys. Raises FaultError and
    KafkaError.
    """
    group, watchdog = ConsumerGroupMetadata(member), Watchdog(2 * kafka.transaction_timeout_ms / 1000)
    transactor = Transactor(kafka, member, watchdog)
    watchdog.start()
    try:
        transactor.open()
        done = committed(kafka, member, source)
        with Log(kafka) as log:
            ends = log.ends(source)
            for batch in _batches(log.records(source, starts=done)):
                outputs = [_copied(record, target, same=same_partitions) for record in batch if keep(record)]
                transactor.commit(outputs, {TopicPartition(source, it.partition): it.offset + 1 for it in batch}, group)
                watchdog.progress()
                tell(len(batch))
        # What is left of each partition are markers, which a position can pass as well.
        rest = {TopicPartition(source, number): end for number, end in ends.items() if end > done.get(number, 0)}
        if rest:
            transactor.commit([], rest, group)
    finally:
        transactor.close()
        watchdog.stop()


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _copied(record: Record, target: str, *, same: bool) -> Output:
    return Output(
        target,
        record.key,
        record.value,
        record.headers,
        record.partition if same else None,
        record.timestamp if record.timestamp >= 0 else None,
    )
