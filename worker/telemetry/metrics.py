"""All metrics of a worker process, with their names and meanings, in one place.

Names follow Prometheus' conventions: base units, `_total` for counters, times as `_timestamp_seconds` so that ages are
computed where they are looked at. Whatever counts results is counted after the commit: a transaction that was not
committed has had none.
"""

import hashlib
import platform
from typing import Final, Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
)

from worker.articles.article import ArticleFault
from worker.missions.vocabulary import Change
from worker.settings import Settings, Topics
from worker.telemetry.instruments import PartitionGauge, Tally

Stage = Literal["extract", "track"]

NAMESPACE: Final = "mission_worker"

# An irrelevant article costs microseconds, a hard one some milliseconds; the time limit of an article is seconds.
_RECORD_SECONDS: Final = (25e-6, 1e-4, 25e-5, 1e-3, 25e-4, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0)
_TRANSACTION_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# The threshold of the freshness objective, 5 s, is a bucket.
_LATENCY_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 3600.0)
_BATCH_RECORDS: Final = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000)

disable_created_metrics()  # type: ignore[no-untyped-call]  # would double the series of counters and histograms


def new_registry() -> CollectorRegistry:
    """A registry with memory, file descriptors, CPU and garbage collection of this process in it."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


class Metrics:
    """The metrics of a process that runs one stage.

    Counters and histograms stand ready under their attributes; those that are split by a label are a Tally, whose
    `inc(value)` makes sure that the number of series stays bounded.
    """

    def __init__(self, registry: CollectorRegistry, *, stage: Stage, topics: Topics) -> None:
        source = topics.articles_raw if stage == "extract" else topics.observations
        outputs = ((topics.observations,) if stage == "extract" else (topics.status_changed, topics.status)) + (
            topics.dead_letter,
            topics.receipts,
        )

        def counter(name: str, meaning: str, *labels: str) -> Counter:
            return Counter(name, meaning, labels, namespace=NAMESPACE, registry=registry)

        def gauge(name: str, meaning: str, *labels: str) -> Gauge:
            return Gauge(name, meaning, labels, namespace=NAMESPACE, registry=registry)

        def histogram(name: str, meaning: str, buckets: tuple[float, ...]) -> Histogram:
            whole = Histogram(name, meaning, ("stage",), namespace=NAMESPACE, registry=registry, buckets=buckets)
            return whole.labels(stage)

        # What goes in and comes out.
        self.records_consumed = counter("records_consumed", "Records read from the input.", "topic").labels(source)
        self.bytes_consumed = counter("consumed_bytes", "Bytes of the values read.", "topic").labels(source)
        self.records_published = Tally(
            counter("records_published", "Records written, by topic; committed ones only.", "topic"), "topic", outputs
        )
        self.events_published = Tally(
            counter("events_published", "Status changes published, by kind of change.", "change"),
            "change",
            Change if stage == "track" else (),
        )
        self.outcomes = Tally(
            counter("record_outcomes", "Records read, by what became of them.", "stage", "outcome"),
            "outcome",
            ("observed", "irrelevant", "dead_letter")
            if stage == "extract"
            else ("event", "corroboration", "dead_letter"),
            stage=stage,
        )
        self.dead_letters = Tally(
            counter("dead_letters", "Dead letters written, by reason.", "stage", "reason"),
            "reason",
            ArticleFault if stage == "extract" else (),
            stage=stage,
        )
        self.near_misses = Tally(
            counter("near_misses", "Triggers that were read and not reported, by reason.", "reason"), "reason", ()
        )

        # How long it takes.
        self.record_duration = histogram("record_duration_seconds", "Time to process one record.", _RECORD_SECONDS)
        self.end_to_end_latency = histogram(
            "end_to_end_latency_seconds",
            "From the timestamp of a record to the commit of its outcome.",
            _LATENCY_SECONDS,
        )
        self.transaction_duration = histogram(
            "transaction_duration_seconds", "From the first write to the end of the commit.", _TRANSACTION_SECONDS
        )
        self.transaction_records = histogram("transaction_records", "Input records of a transaction.", _BATCH_RECORDS)
        self.activity = Tally(
            counter("activity_seconds", "Where the loop spends its time.", "stage", "activity"),
            "activity",
            ("poll", "process", "commit", "restore"),
            stage=stage,
        )

        # Whether it is sound.
        self.transactions = Tally(
            counter("transactions", "Transactions, by how they ended.", "stage", "outcome"),
            "outcome",
            ("committed", "aborted", "fenced", "failed"),
            stage=stage,
        )
        self.lag_records = PartitionGauge(
            gauge("consumer_lag_records", "Committed records not yet processed.", "topic", "partition"), source
        )
        self.lag_seconds = gauge(
            "consumer_lag_seconds", "Age of the oldest record not yet processed; 0 at the end.", "topic"
        ).labels(source)
        self.last_commit = gauge(
            "last_commit_timestamp_seconds", "When a transaction was last committed.", "stage"
        ).labels(stage)
        self.last_poll = gauge("last_poll_timestamp_seconds", "When the loop last polled.", "stage").labels(stage)
        self.assigned_partitions = gauge("assigned_partitions", "Partitions that are this process's.", "topic").labels(
            source
        )
        self.rebalances = counter("rebalances", "Changes of the assignment.", "stage").labels(stage)
        self.retries = Tally(
            counter("retries", "Things tried again, by what was tried.", "target"), "target", ("session", "registry")
        )
        self.registry_requests = Tally(
            counter("registry_requests", "Requests to the schema registry, by status code.", "code"), "code", ()
        )
        self.suppressed_log_lines = counter("suppressed_log_lines", "Lines of libraries that the rate limit held back.")
        self.braked = gauge(
            "braked", "1 while the stage refuses to go on because of too many dead letters.", "stage"
        ).labels(stage)

        self._build = Info("build", "What runs here.", namespace=NAMESPACE, registry=registry)
        self._config = Info("config", "Hash of the settings, secrets left out.", namespace=NAMESPACE, registry=registry)

    def describe(self, settings: Settings, **versions: str) -> None:
        """Say what runs here: `version`, `rules`, `register` …, and a hash by which equal settings are known."""
        self._build.info({"python": platform.python_version(), **versions})
        # A SecretStr shows as asterisks here, so that secrets cannot be guessed from the hash.
        self._config.info({"hash": hashlib.sha256(settings.model_dump_json().encode()).hexdigest()[:12]})


class StateMetrics:
    """The metrics of the state that the stage `track` keeps."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, meaning: str) -> Gauge:
            return Gauge(name, meaning, namespace=NAMESPACE, registry=registry)

        self.restore_remaining = gauge("state_restore_remaining_records", "Records of the state topic not yet read.")
        self.restore_duration = gauge("state_restore_duration_seconds", "How long the last restore took.")
        self.entries = gauge("state_entries", "Subjects in memory.")
        self.bytes = gauge("state_bytes", "Bytes of their encoded states.")


class SupervisorMetrics:
    """What the supervisor itself counts, about its worker processes; all by stage."""

    def __init__(self, registry: CollectorRegistry, stages: tuple[Stage, ...]) -> None:
        def gauges(name: str, meaning: str) -> dict[Stage, Gauge]:
            whole = Gauge(name, meaning, ("stage",), namespace=NAMESPACE, registry=registry)
            return {stage: whole.labels(stage) for stage in stages}

        self.wanted = gauges("processes_wanted", "Worker processes that are to run.")
        self.running = gauges("processes_running", "Worker processes that run.")
        restarts = Counter(
            "process_restarts",
            "Worker processes restarted, by what they ended with.",
            ("stage", "exit"),
            namespace=NAMESPACE,
            registry=registry,
        )
        self.restarts = {stage: Tally(restarts, "exit", (), bound=20, stage=stage) for stage in stages}
