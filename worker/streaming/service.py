"""A worker process's life: session after session with the cluster, until it is told to stop or cannot go on."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

import structlog
from kafka.errors import KafkaError

from worker.settings import Kafka
from worker.streaming import client
from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError, FaultError, classify
from worker.streaming.loop import Loop, Observer
from worker.streaming.source import Source
from worker.streaming.stage import BrakedError, Output, Span, Stage, Tally
from worker.streaming.transactor import Transactor
from worker.streaming.watchdog import Watchdog

_log = structlog.get_logger(__name__)
_BACKOFF_SECONDS: Final = 0.2
_BACKOFF_MAX_SECONDS: Final = 5.0
_BRAKED_SECONDS: Final = 0.2
_REMIND_SECONDS: Final = 60.0


class Attendant(Observer, Protocol):
    """An observer that is also told of what lies between sessions."""

    def producing(self, *, possible: bool) -> None:
        """Whether there is a transactional producer; its end is the session's."""
        ...

    def lost(self, error: FaultError) -> None:
        """A session ended without being asked to."""
        ...

    def braked(self, why: str) -> None:
        """Nothing will be processed until somebody has looked."""
        ...


class Service:
    """Runs a stage as one member of a group: `member` is its instance id and its transactional id."""

    def __init__(
        self,
        *,
        kafka: Kafka,
        stage: Stage,
        topic: str,
        group: str,
        member: str,
        receipts: Callable[[Mapping[int, Span], Mapping[int, Tally]], Sequence[Output]],
        watchdog: Watchdog,
        attendant: Attendant,
    ) -> None:
        self._kafka = kafka
        self._stage = stage
        self._topic = topic
        self._group = group
        self._member = member
        self._receipts = receipts
        self._watchdog = watchdog
        self._attendant = attendant

    def run(self, stopping: Callable[[], bool]) -> Exit:
        """Go on until told to stop. What no session can mend ends it with the exit code that says so.

        There is no limit to the sessions: a cluster that stays away ends the process by its watchdog.
        """
        backoff = _BACKOFF_SECONDS
        while not stopping():
            began = time.monotonic()
            try:
                self._session(stopping)
            except FatalError as error:
                _log.critical("worker.failed", error=str(error), exit_code=error.exit.value)
                return error.exit
            except FaultError as error:
                self._attendant.lost(error)
            except BrakedError as brake:
                self._brake(str(brake), stopping)
            if time.monotonic() - began > _BACKOFF_MAX_SECONDS:
                backoff = _BACKOFF_SECONDS
            self._pause(backoff, stopping)
            backoff = min(2 * backoff, _BACKOFF_MAX_SECONDS)
        return Exit.OK

    def _session(self, stopping: Callable[[], bool]) -> None:
        transactor = Transactor(self._kafka, self._member, self._watchdog)
        source = None
        try:
            # First: it aborts what a predecessor left open, on whose offsets the consumer would have to wait.
            transactor.open()
            self._attendant.producing(possible=True)
            source = self._source()
            loop = Loop(
                stage=self._stage,
                topic=self._topic,
                source=source,
                transactor=transactor,
                receipts=self._receipts,
                watchdog=self._watchdog,
                observer=self._attendant,
            )
            loop.run(stopping)
        finally:
            self._attendant.producing(possible=False)
            self._attendant.assigned(frozenset(), opened=False)
            transactor.close()
            if source is not None:
                source.close()

    def _source(self) -> Source:
        with self._watchdog.deadline("connect", 4 * self._kafka.transaction_timeout_ms / 1000):
            try:
                consumer = client.consumer(self._kafka, group=self._group, instance=self._member)
            except KafkaError as error:
                raise classify(error) from error
        return Source(consumer, self._topic, self._kafka, self._stage.open, self._watchdog)

    def _brake(self, why: str, stopping: Callable[[], bool]) -> None:
        """Stay as it is, alive and not ready: a restart would only take in the next handful."""
        self._attendant.braked(why)
        remind_at = 0.0
        while not stopping():
            if time.monotonic() > remind_at:
                _log.critical("worker.braked", why=why)
                remind_at = time.monotonic() + _REMIND_SECONDS
            self._watchdog.progress()
            time.sleep(_BRAKED_SECONDS)

    def _pause(self, seconds: float, stopping: Callable[[], bool]) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not stopping():
            time.sleep(0.05)
