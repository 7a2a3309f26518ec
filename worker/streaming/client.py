"""The one place where Kafka clients are made: every setting that exactly-once rests on, with its reason.

kafka-python's defaults are made for at-least-once readers, and several of them lose or double records under
transactions; a test pins what is set here.
"""

from typing import Any, Final

from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient
from kafka.coordinator.assignors.range import RangePartitionAssignor
from kafka.errors import KafkaError
from kafka.net.compat import KafkaNetClient
from kafka.record import util as record_util

from worker.settings import Kafka
from worker.streaming import header_names
from worker.streaming.connection import connection
from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError

MAX_REQUEST_BYTES: Final = 128 << 20
"""More than any topic takes: whether a record is too large is for its topic to say, and preflight compares topics."""
_FETCH_BYTES: Final = 16 << 20
_PARTITION_FETCH_BYTES: Final = 4 << 20
_ADMIN_REQUEST_MS: Final = 15_000
_PATIENCE_MS: Final = 600_000

header_names.install()


def require_native_crc() -> None:
    """Raise FatalError where CRC-32C would be computed in pure Python, 3,000 times slower."""
    if getattr(record_util, "crc32c_c", None) is None:
        raise FatalError(Exit.CONFIG, "the crc32c package is missing: install kafka-python[crc32c]")


def common_settings(kafka: Kafka) -> dict[str, Any]:
    """What every client has."""
    return {
        **connection(kafka),
        "request_timeout_ms": kafka.request_timeout_ms,
        "bootstrap_timeout_ms": 2 * kafka.request_timeout_ms,
        # The default backs off to 30 s, longer than a broker's restart.
        "reconnect_backoff_max_ms": 1_000,
        "metadata_max_age_ms": 60_000,
        # A topic with the wrong partition count or cleanup policy is worse than a missing one.
        "allow_auto_create_topics": False,
        # Its sensors cost as much as decoding a record does; what operators need is measured in the loop.
        "metrics_enabled": False,
    }


def reader_settings(kafka: Kafka) -> dict[str, Any]:
    """A consumer that belongs to no group: for restoring, `consume` and `verify`."""
    return {
        **common_settings(kafka),
        # Records of aborted transactions never happened. With a group it also makes OffsetFetch wait for pending
        # transactional commits; without, a new owner may start before the old one's commit is visible.
        "isolation_level": "read_committed",
        # Offsets are committed by the producer, in the transaction, or not at all.
        "enable_auto_commit": False,
        # `latest` skips what arrived before the group first came; `earliest` hides that retention has eaten unread
        # articles. With neither, where a partition begins is for `source` to say.
        "auto_offset_reset": "none",
        # A whole poll batch in one fetch; a single larger record still comes through (KIP-74).
        "fetch_max_bytes": _FETCH_BYTES,
        "max_partition_fetch_bytes": _PARTITION_FETCH_BYTES,
    }


def consumer_settings(kafka: Kafka, *, group: str, instance: str) -> dict[str, Any]:
    """The consumer of a stage: a static member, so that a restart within the session timeout is no rebalance."""
    return {
        **reader_settings(kafka),
        "group_id": group,
        "group_instance_id": instance,
        "client_id": instance,
        "max_poll_records": kafka.max_poll_records,
        "session_timeout_ms": kafka.session_timeout_ms,
        "heartbeat_interval_ms": kafka.heartbeat_interval_ms,
        # Also how long a rebalance waits for a member that does not come back.
        "max_poll_interval_ms": kafka.max_poll_interval_ms,
        # Eager, and sorted by instance id: the same members get the same partitions, and at every rebalance all
        # partitions are opened anew at their committed offsets, so that no position outlives a generation.
        "partition_assignment_strategy": [RangePartitionAssignor],
    }


def producer_settings(kafka: Kafka, *, transactional_id: str | None) -> dict[str, Any]:
    """A producer; transactional with an id that outlives restarts, so that the next one aborts what this one left."""
    if transactional_id is None:
        # An idempotent producer that has let a batch expire which it had tried to send waits for ever for a new id.
        identity: dict[str, Any] = {"delivery_timeout_ms": _PATIENCE_MS}
    else:
        # A batch must fail before the coordinator aborts its transaction.
        identity = {
            "client_id": transactional_id,
            "transactional_id": transactional_id,
            "delivery_timeout_ms": kafka.delivery_timeout_ms,
        }
    return {
        **common_settings(kafka),
        **identity,
        "transaction_timeout_ms": kafka.transaction_timeout_ms,
        "enable_idempotence": True,
        "acks": "all",
        "max_block_ms": kafka.delivery_timeout_ms,
        # Slept in full on every CONCURRENT_TRANSACTIONS, the usual answer to the first request after a commit:
        # 100 ms make a transaction take 232 ms, 5 ms make it 38.
        "retry_backoff_ms": 5,
        # The flush at the end of a batch sends at once, whatever the linger: until then, gather.
        "linger_ms": 100,
        "batch_size": 256 << 10,
        "compression_type": None if kafka.compression_type == "none" else kafka.compression_type,
        "max_request_size": MAX_REQUEST_BYTES,
        "kafka_client": patient_client,
    }


def patient_client(**settings: Any) -> Any:
    """A network client whose `await_ready` says False when a node cannot be reached, as the producer's sender expects.

    In 3.0.x it raises instead, and the sender then neither sends the transactional request nor queues it again: the
    caller waits for ever.
    """
    client = KafkaNetClient(**settings)
    await_ready = client.await_ready

    def patient(node_id: int, timeout_ms: float = 30_000) -> bool:
        try:
            return bool(await_ready(node_id, timeout_ms=timeout_ms))
        except KafkaError:
            return False

    client.await_ready = patient
    return client


def reader(kafka: Kafka, **overrides: Any) -> Any:
    """A `KafkaConsumer` without a group. Raises KafkaError when no broker answers."""
    return KafkaConsumer(**{**reader_settings(kafka), **overrides})


def consumer(kafka: Kafka, *, group: str, instance: str) -> Any:
    """A stage's `KafkaConsumer`. Raises KafkaError when no broker answers."""
    return KafkaConsumer(**consumer_settings(kafka, group=group, instance=instance))


def producer(kafka: Kafka, *, transactional_id: str | None = None) -> Any:
    """A `KafkaProducer`, idempotent or transactional. Raises KafkaError when no broker answers."""
    return KafkaProducer(**producer_settings(kafka, transactional_id=transactional_id))


def admin(kafka: Kafka) -> Any:
    """A `KafkaAdminClient`, patient enough for the creation of topics. Raises KafkaError when no broker answers."""
    settings = common_settings(kafka) | {"request_timeout_ms": max(kafka.request_timeout_ms, _ADMIN_REQUEST_MS)}
    for consumer_or_producer_only in ("allow_auto_create_topics", "metrics_enabled"):
        del settings[consumer_or_producer_only]
    return KafkaAdminClient(**settings)
