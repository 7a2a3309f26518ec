"""The local broker is a real one, can be hurt on purpose, and never outlives whoever started it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic
from kafka.record import util

from deploy.broker import Cluster, ServerError
from deploy.broker.jars import classpath
from deploy.local.guard import processes_of
from deploy.local.ports import free_ports
from tests.deploy.waiting import eventually

ROOT = Path(__file__).parents[2]


def create_topic(bootstrap: str, topic: str, replication: int = 1) -> None:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=replication)])
    finally:
        admin.close()


def committed(bootstrap: str, topic: str) -> list[bytes]:
    """All records that a reader of committed data sees, up to the end as it is now."""
    partition = TopicPartition(topic, 0)
    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap, isolation_level="read_committed", auto_offset_reset="earliest", group_id=None
    )
    try:
        consumer.assign([partition])
        end = consumer.end_offsets([partition])[partition]
        values: list[bytes] = []
        deadline = time.monotonic() + 20
        while consumer.position(partition) < end and time.monotonic() < deadline:
            for records in consumer.poll(timeout_ms=200).values():
                values.extend(record.value for record in records)
        return values
    finally:
        consumer.close()


def test_transactions_are_real(broker: str, topic_prefix: str) -> None:
    topic = f"{topic_prefix}records"
    create_topic(broker, topic)
    producer = KafkaProducer(bootstrap_servers=broker, transactional_id=topic, transaction_timeout_ms=10_000)
    try:
        producer.init_transactions()
        for value, keep in [(b"one", True), (b"two", False), (b"three", True)]:
            producer.begin_transaction()
            producer.send(topic, value).get(timeout=20)
            (producer.commit_transaction if keep else producer.abort_transaction)()
    finally:
        producer.close(timeout=5)
    assert committed(broker, topic) == [b"one", b"three"]
    assert util.crc32c_c is not None, "the checksum in C is missing: the client would be ten times slower"


def test_a_topic_is_not_made_by_a_spelling_mistake(broker: str, topic_prefix: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=broker)
    consumer = KafkaConsumer(bootstrap_servers=broker)
    try:
        consumer.partitions_for_topic(f"{topic_prefix}misspelt")
        assert f"{topic_prefix}misspelt" not in admin.list_topics()
    finally:
        consumer.close()
        admin.close()


@pytest.mark.faults
def test_three_nodes_keep_what_was_acknowledged_when_one_is_killed(cluster3: Cluster, topic_prefix: str) -> None:
    topic = f"{topic_prefix}records"
    create_topic(cluster3.bootstrap, topic, replication=3)
    producer = KafkaProducer(bootstrap_servers=cluster3.bootstrap, acks="all", request_timeout_ms=4_000)
    try:
        for node in cluster3.nodes:
            producer.send(topic, f"before {node}".encode()).get(timeout=20)
            cluster3.kill(node)
            assert not cluster3.nodes[node].alive
            producer.send(topic, f"without {node}".encode()).get(timeout=40)
            cluster3.restart(node)
    finally:
        producer.close(timeout=5)
    assert committed(cluster3.bootstrap, topic) == [
        f"{when} {node}".encode() for node in cluster3.nodes for when in ("before", "without")
    ]


@pytest.mark.faults
def test_a_frozen_node_answers_again(cluster3: Cluster) -> None:
    cluster3.pause(2)
    assert eventually(lambda: "T" in Path(f"/proc/{processes_of(str(cluster3.nodes[2].folder))[0]}/stat").read_text())
    cluster3.heal()
    assert cluster3.nodes[2].alive
    assert cluster3.nodes[2].listening()


@pytest.mark.faults
@pytest.mark.broker
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_the_owner_goes(number: signal.Signals) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-m", "deploy.broker"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert owner.stdout is not None
        address = owner.stdout.readline()
        assert address.startswith("KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:")
        port = address.strip().rpartition(":")[2]
        runs = ROOT / ".build" / "run"
        folder = next(each for each in runs.iterdir() if f"127.0.0.1:{port}," in settings(each))
        assert len(processes_of(str(folder))) == 1
        os.kill(owner.pid, number)
        assert owner.wait(timeout=20) == (0 if number != signal.SIGKILL else -signal.SIGKILL)
        assert eventually(lambda: not processes_of(str(folder)) and not folder.exists())
    finally:
        owner.kill()
        owner.communicate(timeout=10)


def settings(folder: Path) -> str:
    """The first node's settings; other clusters come and go while we look."""
    try:
        return (folder / "node-1" / "server.properties").read_text()
    except FileNotFoundError:
        return ""


def test_without_java_or_maven_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ServerError, match="apt-get install default-jre-headless"):
        Cluster().start()
    (tmp_path / "java").symlink_to(shutil.which("true", path="/usr/bin:/bin") or "/bin/true")
    with pytest.raises(ServerError, match="apt-get install maven"):
        classpath(tmp_path)


def test_a_node_that_ends_at_once_is_reported_with_its_own_words() -> None:
    with pytest.raises(ServerError, match=r"num\.network\.threads"):
        Cluster(properties={"num.network.threads": "none"}).start()


def test_ports_are_distinct_and_below_the_ephemeral_range() -> None:
    ports = free_ports(50)
    assert len(set(ports)) == 50
    assert max(ports) < int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
