"""The client settings that exactly-once rests on, and the traps of kafka-python that they and their wrappers avoid."""

import inspect
import socket

import pytest
from kafka.coordinator.assignors.range import RangePartitionAssignor
from kafka.errors import KafkaConnectionError, KafkaTimeoutError
from kafka.net.compat import KafkaNetClient
from kafka.producer.sender import Sender
from kafka.producer.transaction_manager import ProducerIdAndEpoch, TransactionManager, TransactionState

from worker.settings import Kafka
from worker.streaming import client
from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_stage_consumer() -> None:
    settings = client.consumer_settings(Kafka(), group="g", instance="i-0")
    assert settings["isolation_level"] == "read_committed"
    assert settings["enable_auto_commit"] is False
    assert settings["auto_offset_reset"] == "none"
    assert settings["allow_auto_create_topics"] is False
    assert settings["group_instance_id"] == "i-0"
    assert settings["partition_assignment_strategy"] == [RangePartitionAssignor]
    assert settings["max_poll_records"] == 1000
    assert settings["session_timeout_ms"] == 30_000
    assert settings["max_poll_interval_ms"] == 60_000
    assert settings["heartbeat_interval_ms"] * 3 <= settings["session_timeout_ms"]


def test_every_reader_is_read_committed_and_commits_nothing() -> None:
    settings = client.reader_settings(Kafka())
    assert (settings["isolation_level"], settings["enable_auto_commit"]) == ("read_committed", False)


def test_transactional_producer() -> None:
    settings = client.producer_settings(Kafka(), transactional_id="i-0")
    assert settings["transactional_id"] == "i-0"
    assert settings["acks"] == "all"
    assert settings["enable_idempotence"] is True
    assert settings["retry_backoff_ms"] == 5
    assert settings["kafka_client"] is client.patient_client


def test_a_batch_fails_before_its_transaction_and_that_before_the_session() -> None:
    producer = client.producer_settings(Kafka(), transactional_id="i-0")
    consumer = client.consumer_settings(Kafka(), group="g", instance="i-0")
    ladder = [
        producer["request_timeout_ms"],
        producer["delivery_timeout_ms"],
        producer["transaction_timeout_ms"],
        consumer["session_timeout_ms"],
        consumer["max_poll_interval_ms"],
    ]
    assert ladder == sorted(ladder)


def test_a_plain_producer_lets_nothing_expire() -> None:
    assert client.producer_settings(Kafka(), transactional_id=None)["delivery_timeout_ms"] == 600_000


def test_upstream_still_waits_for_ever_after_an_idempotent_batch_expired() -> None:
    """When this fails, kafka-python asks for a new producer id by itself: a plain producer needs no such patience."""
    manager = TransactionManager(api_version=(4, 1))
    manager.init_producer_id()
    manager.set_producer_id_and_epoch(ProducerIdAndEpoch(7, 0))
    manager._transition_to(TransactionState.READY)
    manager._pending_requests.clear()
    manager.reset_producer_id()
    manager.init_producer_id()
    assert not manager.has_producer_id()
    assert not manager._pending_requests


def test_no_compression_is_none_to_the_client() -> None:
    assert client.producer_settings(Kafka(compression_type="none"), transactional_id=None)["compression_type"] is None


def test_the_checksum_is_native() -> None:
    client.require_native_crc()


def test_a_checksum_in_pure_python_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kafka.record.util.crc32c_c", None)
    with pytest.raises(FatalError, match="crc32c") as caught:
        client.require_native_crc()
    assert caught.value.exit is Exit.CONFIG


def _unreachable(make: object, port: int) -> tuple[object, int]:
    assert callable(make)
    made = make(bootstrap_servers=[f"127.0.0.1:{port}"], request_timeout_ms=500)
    node = made.cluster.bootstrap_brokers()[0].node_id
    return made, node


def test_upstream_still_raises_for_a_node_that_cannot_be_reached(closed_port: int) -> None:
    """When this fails, kafka-python has mended `await_ready`: `patient_client` can go."""
    made, node = _unreachable(KafkaNetClient, closed_port)
    with pytest.raises(KafkaConnectionError):
        made.await_ready(node, timeout_ms=500)  # type: ignore[attr-defined]
    made.close()  # type: ignore[attr-defined]


def test_upstream_still_expects_false_of_it() -> None:
    assert "elif not self._client.await_ready(target_node" in inspect.getsource(Sender._maybe_send_pending_request)


def test_a_patient_client_says_false(closed_port: int) -> None:
    made, node = _unreachable(client.patient_client, closed_port)
    assert made.await_ready(node, timeout_ms=500) is False  # type: ignore[attr-defined]
    made.close()  # type: ignore[attr-defined]


def test_upstream_still_lets_a_transaction_outlive_a_batch_that_expired() -> None:
    """When this fails, an expired batch makes the transaction abortable: `Transactor` need not check futures."""
    manager = TransactionManager(transactional_id="t", api_version=(4, 1))
    assert manager.classify_batch_error(KafkaTimeoutError(), None) == TransactionManager.ERROR_CLASS_RETRIABLE
