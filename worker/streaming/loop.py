"""The heart: poll, process, and commit outputs and offsets in one transaction, which ends before the next poll."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import structlog
from kafka import TopicPartition

from worker.streaming.faults import FaultError, IndefiniteError, StaleMemberError
from worker.streaming.source import Source
from worker.streaming.stage import Output, Record, Span, Stage, Tally, Work
from worker.streaming.transactor import Transactor
from worker.streaming.watchdog import Watchdog

_log = structlog.get_logger(__name__)
_POLL_SECONDS: Final = 0.25
_IDLE_SECONDS: Final = 1.0
_LAG_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Done:
    """A transaction that is public: what it took in, what became of it, and how many seconds each half took."""

    batch: Mapping[int, Sequence[Record]]
    spans: Mapping[int, Span]
    work: Work
    process_seconds: float
    commit_seconds: float


class Observer(Protocol):
    """Is told what the loop does; counts and logs it."""

    def polled(self, seconds: float) -> None:
        """The loop came round; so long it was in a poll, openings included."""
        ...

    def committed(self, done: Done) -> None:
        """A transaction is public."""
        ...

    def failed(self, error: FaultError) -> None:
        """A transaction was not committed."""
        ...

    def assigned(self, partitions: frozenset[int], *, opened: bool) -> None:
        """The partitions that are this process's, and whether all of them are being read."""
        ...

    def lagged(self, lag: Mapping[int, int]) -> None:
        """How many records each partition is behind."""
        ...


class Loop:
    """Drives one stage.

    Because a transaction always ends before the next poll, and a rebalance happens only in a poll, there is never
    a transaction open over partitions that are being taken away. `receipts` makes the receipts of a transaction.
    """

    def __init__(
        self,
        *,
        stage: Stage,
        topic: str,
        source: Source,
        transactor: Transactor,
        receipts: Callable[[Mapping[int, Span], Mapping[int, Tally]], Sequence[Output]],
        watchdog: Watchdog,
        observer: Observer,
    ) -> None:
        self._stage = stage
        self._topic = topic
        self._source = source
        self._transactor = transactor
        self._receipts = receipts
        self._watchdog = watchdog
        self._observer = observer
        self._assigned: frozenset[int] = frozenset()
        self._told: tuple[frozenset[int], bool] | None = None
        self._idle_at = self._lag_at = time.monotonic()

    def run(self, stopping: Callable[[], bool]) -> None:
        """Go on until told to stop, which ends with everything committed.

        Raises FaultError when the session is of no more use, and what the stage raises.
        """
        while not stopping():
            self.turn()

    def turn(self) -> None:
        """Poll once, and commit what comes of it."""
        began = time.monotonic()
        batch = self._source.poll(_POLL_SECONDS)
        now = time.monotonic()
        self._observer.polled(now - began)
        self._follow()
        if batch:
            self._transact(batch)
        elif now - self._idle_at > _IDLE_SECONDS:
            self._idle_at = now
            self._transact({})
        if now - self._lag_at > _LAG_SECONDS:
            self._lag_at = now
            self._measure_lag()

    def _transact(self, batch: Mapping[int, Sequence[Record]]) -> None:
        started = time.monotonic()
        work = self._stage.process(batch)
        processed = time.monotonic()
        spans = self._source.spans(batch or None)
        if batch.keys() - spans.keys():
            # A partition without a position is no longer ours to speak of; neither is what was made of its records.
            self._source.reopen()
            return
        spans |= {number: Span(spans[number].first, offset) for number, offset in work.stopped.items()}
        spans = {number: span for number, span in spans.items() if span.next > span.first}
        if not spans:
            self._source.advance({}, work.stopped)
            return
        for partition, gap in self._source.lost(spans).items():
            work.tally(partition).outcomes["lost"] += gap
        outputs = [*work.outputs, *self._receipts(spans, work.tallies)]
        offsets = {TopicPartition(self._topic, number): span.next for number, span in spans.items()}
        try:
            self._transactor.commit(outputs, offsets, self._source.group)
        except StaleMemberError as error:
            # The consumer is sound, and rejoins in the next poll; the producer is not.
            self._observer.failed(error)
            self._source.reopen()
            self._transactor.open()
            return
        except FaultError as error:
            self._observer.failed(error)
            raise
        self._source.advance(spans, work.stopped)
        self._stage.committed({number: span.next for number, span in spans.items()})
        self._watchdog.progress()
        ended = time.monotonic()
        self._observer.committed(Done(batch, spans, work, processed - started, ended - processed))

    def _follow(self) -> None:
        """Tell the stage of partitions that are gone."""
        assigned = self._source.assigned
        for partition in self._assigned - assigned if self._source.joined else ():
            self._stage.close(partition)
        if self._source.joined:
            self._assigned = assigned
        tidings = (assigned, self._source.open)
        if tidings != self._told:
            self._told = tidings
            self._observer.assigned(assigned, opened=self._source.open)

    def _measure_lag(self) -> None:
        """Being at the end of all input is progress too; so is being a member without partitions."""
        if not self._source.open:
            return
        try:
            lag = self._source.lag()
        except IndefiniteError as error:
            # Nobody is worse off for not knowing; but it is no progress either.
            _log.debug("lag.unknown", error=str(error))
            return
        self._observer.lagged(lag)
        if not any(lag.values()):
            self._watchdog.progress()
