"""Restoring a partition's states from the compacted topic."""

import time
from collections.abc import Callable
from typing import Any, Final

import structlog
from kafka import TopicPartition
from kafka.errors import KafkaError

from worker.missions.timeline import Timeline
from worker.settings import Kafka
from worker.streaming import client
from worker.streaming.faults import classify
from worker.streaming.states import States
from worker.streaming.watchdog import Watchdog

_log = structlog.get_logger(__name__)
_POLL_RECORDS: Final = 5_000
_TELL_SECONDS: Final = 5.0


class Restorer:
    """Reads one partition after another, through a consumer of its own that it keeps only while there is work."""

    def __init__(self, kafka: Kafka, topic: str, decode: Callable[[bytes], Timeline], watchdog: Watchdog) -> None:
        self._kafka = kafka
        self._topic = topic
        self._decode = decode
        self._watchdog = watchdog
        self._call_seconds = 2 * kafka.transaction_timeout_ms / 1000
        self._reader: Any = None
        self._lookup: Any = None
        self.remaining = 0
        """Records between the position and the end of the partition that is being restored."""
        self.seconds = 0.0
        """How long the last restoration took."""
        self._current: Restoration | None = None

    def begin(self, partition: int, done: Callable[[States], None]) -> "Restoration":
        """Begin to restore a partition; `done` is given its states when all of them are there."""
        return Restoration(self, TopicPartition(self._topic, partition), States(self._decode), done)

    def step(self, restoration: "Restoration", seconds: float) -> bool:
        """Go on with a restoration, unless another is under way. Raises FaultError when the cluster does not answer."""
        if self._current is not None and self._current is not restoration and not self._current.abandoned:
            return False
        try:
            with self._watchdog.deadline("restore", self._call_seconds):
                if self._current is not restoration:
                    self._current = restoration
                    restoration.end = self._begin(restoration.tp)
                if not self._read(restoration, seconds):
                    return False
        except KafkaError as error:
            self.close()
            raise classify(error) from error
        self._current = None
        self.seconds = restoration.finish()
        return True

    def idle(self) -> None:
        """Nothing is left to restore: let go of the consumer."""
        if self._current is None:
            self.close()

    def close(self) -> None:
        """Let go of the consumer, whatever it was doing."""
        readers = (self._reader, self._lookup)
        self._reader = self._lookup = self._current = None
        for reader in readers:
            if reader is not None:
                reader.close(autocommit=False, timeout_ms=self._kafka.request_timeout_ms)

    def _begin(self, tp: TopicPartition) -> int:
        """Go to the beginning of the partition; returns the offset up to which it has to be read.

        That is the high watermark, not the last stable offset: the marker of the transaction that moved the group's
        offset may reach this partition later than the group. A reader of committed records gets past the high
        watermark only when every transaction below it is decided.
        """
        if self._reader is None:
            self._reader = client.reader(self._kafka, max_poll_records=_POLL_RECORDS, fetch_max_wait_ms=50)
            self._lookup = client.reader(self._kafka, isolation_level="read_uncommitted")
            # Both wait a back-off before they ask about a topic that is new to them: from now on, and at the same time.
            for consumer in (self._reader, self._lookup):
                consumer.assign([tp])
        high: int = self._lookup.end_offsets([tp])[tp]
        self._reader.assign([tp])
        self._reader.seek(tp, self._reader.beginning_offsets([tp])[tp])
        return high

    def _read(self, restoration: "Restoration", seconds: float) -> bool:
        until = time.monotonic() + seconds
        tp, states = restoration.tp, restoration.states
        position = self._reader.position(tp)
        self.remaining = max(0, restoration.end - position)
        while self.remaining:
            if time.monotonic() > until:
                restoration.tell(position)
                return False
            for record in self._reader.poll(timeout_ms=int(seconds * 1000)).get(tp, ()):
                states.load(record.key.decode(), record.value)
                restoration.records += 1
            before, position = position, self._reader.position(tp)
            self.remaining = max(0, restoration.end - position)
            if position > before:
                self._watchdog.progress()
        return True


class Restoration:
    """One partition on its way: an `Opening`. It is done by position: at `end`, whatever the last offset holds."""

    def __init__(self, restorer: Restorer, tp: TopicPartition, states: States, done: Callable[[States], None]) -> None:
        self._restorer = restorer
        self._done = done
        self._began = self._told = time.monotonic()
        self.tp = tp
        self.states = states
        self.end = 0
        self.records = 0
        self.abandoned = False

    def step(self, seconds: float) -> bool:
        """Go on for about this long. True when the states are those of the end. Raises FaultError."""
        return self._restorer.step(self, seconds)

    def finish(self) -> float:
        """Hand the states over; returns how many seconds it all took."""
        seconds = round(time.monotonic() - self._began, 3)
        _log.info(
            "state.restored",
            partition=self.tp.partition,
            subjects=len(self.states),
            records=self.records,
            next=self.end,
            seconds=seconds,
        )
        self._done(self.states)
        return seconds

    def tell(self, position: int) -> None:
        """Log how far it is, now and then."""
        if time.monotonic() - self._told > _TELL_SECONDS:
            self._told = time.monotonic()
            _log.info("state.restoring", partition=self.tp.partition, position=position, end=self.end)
