import re
import shutil
import subprocess

import pytest
from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from worker.missions.vocabulary import Change
from worker.settings import Kafka, Settings, Topics
from worker.telemetry.exposition import render
from worker.telemetry.instruments import PartitionGauge, Tally
from worker.telemetry.metrics import Metrics, Stage, StateMetrics, SupervisorMetrics, new_registry

STAGES: tuple[Stage, ...] = ("extract", "track")


def full_registry(stage: Stage) -> CollectorRegistry:
    """Everything that a process may show, each metric with at least one series."""
    registry = new_registry()
    metrics = Metrics(registry, stage=stage, topics=Topics())
    metrics.describe(Settings.load(), version="1.0", rules="r", register="s")
    metrics.lag_records.set({0: 5, 1: 0})
    metrics.near_misses.inc("denied")
    metrics.registry_requests.inc("200")
    StateMetrics(registry)
    SupervisorMetrics(registry, STAGES).restarts["track"].inc("71")
    return registry


def samples(registry: CollectorRegistry) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in registry.collect()
        for sample in family.samples
    }


@pytest.mark.parametrize("stage", STAGES)
def test_names_follow_the_conventions(stage: Stage) -> None:
    families = list(text_string_to_metric_families(render(full_registry(stage)).decode()))
    ours = [family for family in families if not family.name.startswith(("process_", "python_"))]
    assert len(ours) > 25
    for family in ours:
        assert family.name.startswith("mission_worker_"), family.name
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", family.name), family.name
        assert family.documentation.endswith("."), family.name
        # No unit but a base unit, no quantity of time that is not in seconds.
        assert not re.search(r"_(ms|millis|milliseconds|minutes|percent|kb|count|total)$", family.name), family.name
        if family.type == "counter":
            assert all(sample.name.endswith("_total") for sample in family.samples), family.name
        labels = {label for sample in family.samples for label in sample.labels} - {"le"}
        unbounded = {"key", "subject", "mission", "article", "offset", "url", "error", "message", "instance", "job"}
        assert not labels & unbounded, family.name
        assert not (family.type == "histogram" and "partition" in labels), family.name
        assert not any(sample.name.endswith("_created") for sample in family.samples), family.name


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
@pytest.mark.parametrize("stage", STAGES)
def test_promtool_finds_nothing_to_mend(stage: Stage) -> None:
    linted = subprocess.run(
        ["promtool", "check", "metrics"], input=render(full_registry(stage)), capture_output=True, check=False
    )
    assert (linted.returncode, linted.stdout, linted.stderr) == (0, b"", b"")


def test_the_number_of_series_is_bounded() -> None:
    registry = full_registry("track")
    metrics = Metrics(other := CollectorRegistry(), stage="track", topics=Topics())
    for number in range(10_000):
        metrics.near_misses.inc(f"reason {number}")
        metrics.outcomes.inc(f"outcome {number}")
        metrics.dead_letters.inc(f"fault {number}")
        metrics.events_published.inc(f"change {number}")
    assert len(samples(registry)) < 250
    assert len(samples(other)) < 350


def test_counters_of_known_values_stand_at_zero_from_the_start() -> None:
    registry = CollectorRegistry()
    Metrics(registry, stage="track", topics=Topics())
    values = samples(registry)
    assert {value for (name, _), value in values.items() if name.endswith("_total")} == {0}
    for change in Change:
        assert values["mission_worker_events_published_total", (("change", change.value),)] == 0
    for outcome in ("committed", "aborted", "fenced", "failed"):
        assert values["mission_worker_transactions_total", (("outcome", outcome), ("stage", "track"))] == 0


def test_each_stage_names_its_own_topics() -> None:
    for stage, consumed, published in (
        ("extract", "articles.raw", {"missions.observations", "articles.dead-letter", "ingestion.receipts"}),
        (
            "track",
            "missions.observations",
            {"missions.status-changed", "missions.status", "articles.dead-letter", "ingestion.receipts"},
        ),
    ):
        registry = CollectorRegistry()
        Metrics(registry, stage=stage, topics=Topics())  # type: ignore[arg-type]  # one of two literals
        names = samples(registry)
        assert ("mission_worker_records_consumed_total", (("topic", consumed),)) in names
        found = {labels[0][1] for name, labels in names if name == "mission_worker_records_published_total"}
        assert found == published


def test_the_freshness_objective_is_a_bucket() -> None:
    registry = CollectorRegistry()
    Metrics(registry, stage="track", topics=Topics()).end_to_end_latency.observe(4.9)
    values = samples(registry)
    name = "mission_worker_end_to_end_latency_seconds_bucket"
    assert values[name, (("le", "5.0"), ("stage", "track"))] == 1
    assert values[name, (("le", "2.5"), ("stage", "track"))] == 0


def test_equal_settings_have_an_equal_hash_that_no_secret_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(settings: Settings) -> str:
        registry = CollectorRegistry()
        Metrics(registry, stage="extract", topics=settings.topics).describe(settings, version="1.0")
        (labels,) = (labels for name, labels in samples(registry) if name == "mission_worker_config_info")
        return labels[0][1]

    def settings(password: str, records: int) -> Settings:
        kafka = Kafka(sasl_plain_password=SecretStr(password), max_poll_records=records)
        return Settings.load().model_copy(update={"kafka": kafka})

    assert shown(settings("one", 10)) == shown(settings("other", 10))
    assert shown(settings("one", 10)) != shown(settings("one", 11))


def test_what_runs_is_shown() -> None:
    registry = CollectorRegistry()
    Metrics(registry, stage="extract", topics=Topics()).describe(Settings.load(), version="1.0", rules="abc")
    (labels,) = (dict(labels) for name, labels in samples(registry) if name == "mission_worker_build_info")
    assert labels["version"] == "1.0"
    assert labels["rules"] == "abc"
    assert labels["python"].startswith("3.")


def test_a_tally_counts_the_rest_as_other() -> None:
    registry = CollectorRegistry()
    tally = Tally(Counter("things", "Things.", ("kind", "stage"), registry=registry), "kind", ["a"], bound=2, stage="x")
    for kind in ("a", "b", "c", "d", "b"):
        tally.inc(kind, 2)
    counted = {dict(labels)["kind"]: value for (_, labels), value in samples(registry).items()}
    assert counted == {"a": 2, "b": 4, "other": 4}


def test_partitions_that_are_gone_are_not_shown() -> None:
    registry = CollectorRegistry()
    gauge = PartitionGauge(Gauge("lag", "Lag.", ("topic", "partition"), registry=registry), "t")
    gauge.set({0: 5, 1: 7})
    gauge.set({1: 8, 2: 9})
    assert {dict(labels)["partition"]: value for (_, labels), value in samples(registry).items()} == {"1": 8, "2": 9}
    gauge.set({})
    assert samples(registry) == {}
