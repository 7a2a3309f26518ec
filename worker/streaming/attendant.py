"""Turns what the loop and the service tell into metrics, health and log lines: one line a transaction, one an event."""

import time
from collections.abc import Mapping
from typing import Final, Protocol

import structlog

from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError, FaultError, StaleMemberError
from worker.streaming.loop import Done
from worker.telemetry.health import Health
from worker.telemetry.metrics import Metrics, StateMetrics

_log = structlog.get_logger("worker.streaming")
_MILLI: Final = 1000


class State(Protocol):
    """What a stage with state says of it."""

    @property
    def entries(self) -> int:
        """Subjects in memory."""

    @property
    def bytes(self) -> int:
        """What their states take."""

    @property
    def remaining(self) -> int:
        """Records still to be restored."""

    @property
    def restore_seconds(self) -> float:
        """How long the last restoration took."""


class Telemetry:
    """The attendant of a service."""

    def __init__(self, metrics: Metrics, health: Health) -> None:
        self._metrics = metrics
        self._health = health
        self._state: tuple[State, StateMetrics] | None = None
        self._seen: dict[int, int] = {}
        self._partitions: frozenset[int] = frozenset()
        self.commits = 0
        """Transactions committed since the start."""

    def show(self, state: State, metrics: StateMetrics) -> None:
        """The stage has a state, which these metrics are to show."""
        self._state = (state, metrics)

    def polled(self, seconds: float) -> None:
        """Count the time of a poll, and that the loop turns."""
        self._metrics.activity.inc("poll", seconds)
        self._metrics.last_poll.set_to_current_time()
        self._health.turned()

    def committed(self, done: Done) -> None:
        """Count and log what is public now."""
        self.commits += 1
        now = time.time()
        metrics, work = self._metrics, done.work
        metrics.transactions.inc("committed")
        metrics.last_commit.set(now)
        metrics.transaction_duration.observe(done.commit_seconds)
        metrics.activity.inc("process", done.process_seconds)
        metrics.activity.inc("commit", done.commit_seconds)
        self._health.progressed()
        self._show_state()
        records = sum(map(len, done.batch.values()))
        if not records:
            return  # only markers were passed
        metrics.transaction_records.observe(records)
        metrics.records_consumed.inc(records)
        metrics.bytes_consumed.inc(sum(len(it.value or b"") for batch in done.batch.values() for it in batch))
        for number, batch in done.batch.items():
            self._seen[number] = batch[-1].timestamp
        outcomes = self._count(done)
        for milliseconds in work.sources:
            metrics.end_to_end_latency.observe(max(0.0, now - milliseconds / _MILLI))
        for seconds in work.seconds:
            metrics.record_duration.observe(seconds)
        for event in work.published:
            metrics.events_published.inc(str(event["change"]))
            _log.info("event.published", **event)
        _log.info(
            "transaction.committed",
            batch=records,
            outputs=len(work.outputs),
            outcomes=outcomes,
            spans={number: list(span) for number, span in done.spans.items()},
            process_seconds=round(done.process_seconds, 4),
            commit_seconds=round(done.commit_seconds, 4),
        )

    def _count(self, done: Done) -> dict[str, int]:
        outcomes: dict[str, int] = {}
        for tally in done.work.tallies.values():
            for outcome, count in tally.outcomes.items():
                outcomes[outcome] = outcomes.get(outcome, 0) + count
        for outcome, count in outcomes.items():
            self._metrics.outcomes.inc(outcome, count)
        for reason, count in done.work.dead_letters.items():
            self._metrics.dead_letters.inc(reason, count)
            _log.warning("articles.dead_lettered", reason=reason, count=count)
        for reason, count in done.work.near_misses.items():
            self._metrics.near_misses.inc(reason, count)
        for output in done.work.outputs:
            self._metrics.records_published.inc(output.topic)
        return outcomes

    def failed(self, error: FaultError) -> None:
        """Count and log a transaction that was not committed."""
        fenced = isinstance(error, FatalError) and error.exit is Exit.FENCED
        outcome = "aborted" if isinstance(error, StaleMemberError) else "fenced" if fenced else "failed"
        self._metrics.transactions.inc(outcome)
        _log.warning("transaction.failed", outcome=outcome, error=str(error))

    def lost(self, error: FaultError) -> None:
        """Count and log a session that has to be begun anew."""
        self._metrics.retries.inc("session")
        _log.warning("session.lost", error=str(error))

    def producing(self, *, possible: bool) -> None:
        """Tell the health."""
        self._health.producing(possible=possible)

    def assigned(self, partitions: frozenset[int], *, opened: bool) -> None:
        """Show the assignment; of partitions that are gone nothing must stay behind."""
        self._metrics.assigned_partitions.set(len(partitions))
        if partitions and partitions != self._partitions:
            self._partitions = partitions
            self._metrics.rebalances.inc()
        self._health.assigned(known=opened or bool(partitions))
        self._health.restored(whole=opened)
        self._seen = {number: seen for number, seen in self._seen.items() if number in partitions}
        self._show_state()

    def lagged(self, lag: Mapping[int, int]) -> None:
        """Show how far behind the partitions are, in records and in time."""
        self._metrics.lag_records.set(lag)
        behind = [self._seen[number] for number, records in lag.items() if records and number in self._seen]
        self._metrics.lag_seconds.set(max(0.0, time.time() - min(behind) / _MILLI) if behind else 0.0)
        self._health.lagged(sum(lag.values()))

    def braked(self, why: str) -> None:
        """Show that people must look."""
        self._metrics.braked.set(1)
        self._health.refuse(why)

    def _show_state(self) -> None:
        if self._state is not None:
            state, metrics = self._state
            metrics.entries.set(state.entries)
            metrics.bytes.set(state.bytes)
            metrics.restore_remaining.set(state.remaining)
            metrics.restore_duration.set(state.restore_seconds)
