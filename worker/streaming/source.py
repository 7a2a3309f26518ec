"""The input side of a stage: its consumer, the partitions that the group gives it, and where each of them stands."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import structlog
from kafka import TopicPartition
from kafka.errors import (
    KafkaError,
    KafkaTimeoutError,
    LogTruncationError,
    NoOffsetForPartitionError,
    OffsetOutOfRangeError,
)
from kafka.structs import MemberState

from worker.settings import Kafka
from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError, classify
from worker.streaming.stage import Opening, Record, Span
from worker.streaming.watchdog import Watchdog

_log = structlog.get_logger(__name__)
_STEP_SECONDS: Final = 0.2
_LOOKUP_MS: Final = 1_000


@dataclass(slots=True)
class _Partition:
    """`first` is the committed offset, `position` where reading begins; they differ where retention was faster."""

    first: int | None = None
    position: int | None = None
    opening: Opening | None = None
    open: bool = False


class Source:
    """The records of one topic, from the partitions that the group assigns.

    It has no rebalance listener: kafka-python calls one on its network thread in the middle of a poll, and with one set
    has been seen to fetch no more. Instead every poll is followed by a look at the group's generation. Whenever that
    has changed, all partitions are *opened* anew: fetching is paused, the committed offset is asked for, the stage
    prepares, and only then the position is set and records flow. So there is one way in which a partition comes to
    be read, after a start, a rebalance and a failure alike, and it begins with what is committed.

    `opener` begins the preparation of a partition at a position.
    """

    def __init__(
        self,
        consumer: Any,
        topic: str,
        kafka: Kafka,
        opener: Callable[[int, int], Opening],
        watchdog: Watchdog,
    ) -> None:
        self._consumer = consumer
        self._topic = topic
        self._opener = opener
        self._watchdog = watchdog
        self._call_seconds = 2 * kafka.transaction_timeout_ms / 1000
        self._close_ms = kafka.request_timeout_ms
        self._partitions: dict[int, _Partition] = {}
        self._membership: tuple[int, str] | None = None
        self.group: Any = None
        """The group's metadata as of the last poll: what a transaction over its records must present."""
        self.rebalances = 0
        consumer.subscribe([topic])
        with self._deadline("metadata"):
            # A leader that has not heard of the topic yet would assign nothing to anybody, and have all join again.
            consumer.partitions_for_topic(topic)

    @property
    def assigned(self) -> frozenset[int]:
        """The partitions that are this member's now."""
        return frozenset(self._partitions)

    @property
    def joined(self) -> bool:
        """Whether the group counts this member in; it may yet have no partition for it."""
        return self._membership is not None

    @property
    def open(self) -> bool:
        """Whether this is a member of the group with all its partitions being read."""
        return self.joined and all(partition.open for partition in self._partitions.values())

    def poll(self, seconds: float) -> dict[int, list[Record]]:
        """Records of open partitions, after waiting up to this long for the first. Raises FaultError."""
        with self._deadline("poll"):
            try:
                polled = self._consumer.poll(timeout_ms=int(seconds * 1000))
            except NoOffsetForPartitionError:
                polled = {}  # the partition is being opened, and this is how a first position is found missing
            except OffsetOutOfRangeError:
                polled = {}
                self.reopen()
            self.group = self._consumer.group_metadata()
        self._follow()
        records = {tp.partition: batch for tp, batch in polled.items() if self._is_open(tp.partition)}
        self._open()
        return records

    def reopen(self) -> None:
        """Go back to what is committed: after a transaction that was not."""
        self._membership = None

    def spans(self, partitions: Iterable[int] | None = None) -> dict[int, Span]:
        """What has been read and not yet committed, of these or of all open partitions; empty spans are left out.

        The position, not the last record, is where a span ends: behind the last record of a transaction there is
        a marker, and a group that commits short of it seems to lag for ever.
        """
        spans = {}
        with self._deadline("position"):
            for number, partition in self._partitions.items():
                if partition.open and (partitions is None or number in partitions) and partition.first is not None:
                    position = self._consumer.position(self._tp(number), timeout_ms=_LOOKUP_MS)
                    if position is not None and position > partition.first:
                        spans[number] = Span(partition.first, position)
        return spans

    def lost(self, spans: Mapping[int, Span]) -> dict[int, int]:
        """Of these spans, how many offsets retention removed before they were read."""
        gaps = {n: (p.position or 0) - (p.first or 0) for n, p in self._partitions.items() if n in spans}
        return {number: gap for number, gap in gaps.items() if gap > 0}

    def advance(self, spans: Mapping[int, Span], stopped: Mapping[int, int]) -> None:
        """The spans are committed; partitions that were `stopped` at an offset are to be read again from there."""
        for number, span in spans.items():
            partition = self._partitions[number]
            partition.first = partition.position = span.next
        for number, offset in stopped.items():
            self._consumer.seek(self._tp(number), offset)

    def lag(self) -> dict[int, int]:
        """Records between each open partition's position and the last stable offset. Raises FaultError.

        The high watermark would count an open transaction's records, which nobody may read yet.
        """
        numbers = [number for number, partition in self._partitions.items() if partition.open]
        if not numbers:
            return {}
        with self._deadline("end_offsets"):
            ends = self._consumer.end_offsets([self._tp(number) for number in numbers])
            positions = {number: self._consumer.position(self._tp(number), timeout_ms=_LOOKUP_MS) for number in numbers}
        return {
            number: max(0, ends[self._tp(number)] - position)
            for number, position in positions.items()
            if position is not None
        }

    def close(self) -> None:
        """Close the consumer; as a static member it stays in the group until its session times out."""
        with self._watchdog.deadline("consumer.close", self._call_seconds):
            try:
                self._consumer.close(autocommit=False, timeout_ms=self._close_ms)
            except KafkaError as error:
                _log.warning("consumer.close_failed", error=str(error))

    def _follow(self) -> None:
        """Take note of a change of the group's generation, of this member's id, or of its partitions."""
        group = self.group
        if group.state != MemberState.STABLE or group.generation_id < 0:
            self._membership, self._partitions = None, {}
            return
        membership = (group.generation_id, group.member_id)
        assigned = {tp.partition for tp in self._consumer.assignment()}
        if membership == self._membership and assigned == self._partitions.keys():
            return
        self._consumer.pause(*map(self._tp, assigned))
        self._partitions = {number: _Partition() for number in sorted(assigned)}
        self._membership = membership
        self.rebalances += 1
        _log.info("partitions.assigned", topic=self._topic, partitions=sorted(assigned), generation=group.generation_id)

    def _open(self) -> None:
        until = time.monotonic() + _STEP_SECONDS
        for number, partition in self._partitions.items():
            if partition.open:
                continue
            if partition.position is None and not self._locate(number, partition):
                return  # a transaction over its offsets is pending: it commits, aborts or times out
            if partition.position is None:
                return
            if partition.opening is None:
                partition.opening = self._opener(number, partition.position)
            if partition.opening.step(max(0.01, until - time.monotonic())):
                self._consumer.seek(self._tp(number), partition.position)
                self._consumer.resume(self._tp(number))
                partition.open = True

    def _locate(self, number: int, partition: _Partition) -> bool:
        """Find where a partition is to be read from; False when that cannot be said yet."""
        tp = self._tp(number)
        with self._deadline("committed"):
            try:
                committed = self._consumer.committed(tp, timeout_ms=_LOOKUP_MS)
                begin = self._consumer.beginning_offsets([tp])[tp]
                end = self._consumer.end_offsets([tp])[tp]
            except KafkaTimeoutError:
                return False
        if committed is not None and committed > end:
            message = f"{self._topic}-{number} ends at {end}, before the committed offset {committed}: its log was cut"
            raise FatalError(Exit.CONFIG, message)
        partition.first = begin if committed is None else committed
        partition.position = max(partition.first, begin)
        if partition.position > partition.first:
            _log.error(
                "input.lost", topic=self._topic, partition=number, first=partition.first, next=partition.position
            )
        return True

    def _is_open(self, number: int) -> bool:
        partition = self._partitions.get(number)
        return partition is not None and partition.open

    def _tp(self, number: int) -> TopicPartition:
        return TopicPartition(self._topic, number)

    @contextmanager
    def _deadline(self, what: str) -> Iterator[None]:
        try:
            with self._watchdog.deadline(what, self._call_seconds):
                yield
        except LogTruncationError as error:
            raise FatalError(Exit.CONFIG, str(error)) from error
        except KafkaError as error:
            raise classify(error) from error
