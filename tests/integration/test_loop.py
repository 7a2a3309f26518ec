"""The transactional loop on a real broker: what commits together, what when it does not, and who comes after."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import pytest
from kafka import TopicPartition
from kafka.structs import ConsumerGroupMetadata, OffsetAndMetadata

from tests.integration.support import Member, committed, create_topics, feed, kafka_settings, public
from worker.settings import Kafka
from worker.streaming import client
from worker.streaming.faults import FatalError, IndefiniteError
from worker.streaming.stage import Record, Span, Work

Join = Callable[..., Member]
VALUES = [f"article {i}".encode() for i in range(500)]


@pytest.fixture
def kafka(broker: str, topic_prefix: str) -> Kafka:
    kafka = kafka_settings(broker, max_poll_records=100)
    create_topics(kafka, [f"{topic_prefix}in", f"{topic_prefix}out"])
    return kafka


@pytest.fixture
def join(kafka: Kafka, topic_prefix: str) -> Iterator[Join]:
    members: list[Member] = []

    def join(name: str = "a") -> Member:
        members.append(Member(kafka, topic_prefix, name))
        return members[-1]

    yield join
    for member in members:
        member.close()


def copies(kafka: Kafka, prefix: str) -> list[bytes]:
    return [record.value for record in public(kafka, f"{prefix}out")]


def test_every_record_is_copied_once_and_the_spans_tile_the_input(kafka: Kafka, topic_prefix: str, join: Join) -> None:
    feed(kafka, f"{topic_prefix}in", VALUES)
    member = join()
    member.run_until(lambda: member.notes.records == len(VALUES))
    assert sorted(copies(kafka, topic_prefix)) == sorted(VALUES)
    assert committed(kafka, f"{topic_prefix}group", f"{topic_prefix}in") == {0: 250, 1: 250}
    for partition in (0, 1):
        spans = [span for number, span in member.notes.spans if number == partition]
        assert spans[0].first == 0
        assert all(one.next == other.first for one, other in pairwise(spans))
        assert spans[-1].next == 250


def test_a_restarted_static_member_goes_on_where_it_was(kafka: Kafka, topic_prefix: str, join: Join) -> None:
    feed(kafka, f"{topic_prefix}in", VALUES)
    first = join()
    first.run_until(lambda: first.notes.records >= 200)
    first.close()
    second = join()
    second.run_until(lambda: first.notes.records + second.notes.records == len(VALUES), seconds=8)
    assert sorted(copies(kafka, topic_prefix)) == sorted(VALUES)
    assert second.source.group.generation_id == first.source.group.generation_id


def test_a_marker_at_the_end_of_the_input_is_committed_too(kafka: Kafka, topic_prefix: str, join: Join) -> None:
    """Otherwise a topic that is written in transactions lags by one for ever."""
    producer = client.producer(kafka, transactional_id=f"{topic_prefix}feeder")
    producer.init_transactions()
    producer.begin_transaction()
    producer.send(f"{topic_prefix}in", b"x", partition=0)
    producer.commit_transaction()
    member = join()
    member.run_until(lambda: member.notes.lag == {0: 0, 1: 0})
    producer.begin_transaction()
    producer.send(f"{topic_prefix}in", b"never", partition=0)
    producer.flush()
    producer.abort_transaction()
    member.run_until(lambda: committed(kafka, f"{topic_prefix}group", f"{topic_prefix}in")[0] == 4)
    producer.close(timeout=5)
    assert member.notes.records == 1
    assert [span for number, span in member.notes.spans if number == 0][-1] == Span(2, 4)
    assert copies(kafka, topic_prefix) == [b"x"]


def test_a_stale_generation_commits_nothing_and_the_next_owner_does_it_all(
    kafka: Kafka, topic_prefix: str, join: Join
) -> None:
    feed(kafka, f"{topic_prefix}in", VALUES)
    member = join()
    member.run_until(lambda: member.source.open and member.notes.records >= 100)
    before = member.notes.records
    # What a member looks like to the broker that was away for a rebalance.
    real = member.source.poll

    def poll_then_fall_behind(seconds: float) -> dict[int, list[object]]:
        records = real(seconds)
        group = member.source.group
        member.source.group = group._replace(generation_id=group.generation_id - 1)
        return records

    member.source.poll = poll_then_fall_behind  # type: ignore[method-assign]
    member.run_until(lambda: len(member.notes.failures) == 1)
    assert member.notes.records == before
    member.source.poll = real  # type: ignore[method-assign]
    member.run_until(lambda: member.notes.records == len(VALUES))
    assert sorted(copies(kafka, topic_prefix)) == sorted(VALUES)


def test_the_offsets_of_an_aborted_transaction_do_not_come_back(kafka: Kafka, topic_prefix: str) -> None:
    """kafka-python sends them with the next transaction; when the first half fails, upstream has mended that."""
    topic, group = f"{topic_prefix}in", f"{topic_prefix}group"
    producer = client.producer(kafka, transactional_id=f"{topic_prefix}raw")
    producer.init_transactions()
    producer.begin_transaction()
    stale = ConsumerGroupMetadata(group, 7, "nobody", None)
    with pytest.raises(Exception, match="CommitFailedError"):
        producer.send_offsets_to_transaction({TopicPartition(topic, 0): OffsetAndMetadata(111, "", -1)}, stale)
    producer.abort_transaction()
    producer.begin_transaction()
    free = ConsumerGroupMetadata(group)
    producer.send_offsets_to_transaction({TopicPartition(topic, 1): OffsetAndMetadata(1, "", -1)}, free)
    producer.commit_transaction()
    producer.close(timeout=5)
    assert committed(kafka, group, topic) == {0: 111, 1: 1}


def test_a_batch_that_expires_takes_its_offsets_with_it(kafka: Kafka, topic_prefix: str, join: Join) -> None:
    feed(kafka, f"{topic_prefix}in", VALUES)
    member = join()
    member.run_until(lambda: member.source.open)
    before = member.notes.records
    member.transactor._producer._accumulator.config["delivery_timeout_ms"] = 0
    with pytest.raises(IndefiniteError, match="KafkaTimeoutError"):
        member.run_until(lambda: False)
    assert member.notes.records == before
    member.close()
    successor = join()
    successor.run_until(lambda: before + successor.notes.records == len(VALUES))
    assert sorted(copies(kafka, topic_prefix)) == sorted(VALUES)


def test_upstream_would_have_committed_the_offsets_of_a_batch_that_expired(kafka: Kafka, topic_prefix: str) -> None:
    """When this fails, kafka-python has mended it: the check of every future has become a second fence."""
    topic, group = f"{topic_prefix}in", f"{topic_prefix}group"
    producer = client.producer(kafka, transactional_id=f"{topic_prefix}raw")
    producer.init_transactions()
    producer.begin_transaction()
    producer._accumulator.config["delivery_timeout_ms"] = 0
    sent = producer.send(f"{topic_prefix}out", b"failed", partition=0)
    producer.flush(timeout=5)
    assert sent.failed()
    offsets = {TopicPartition(topic, 0): OffsetAndMetadata(9, "", -1)}
    producer.send_offsets_to_transaction(offsets, ConsumerGroupMetadata(group))
    producer.commit_transaction()
    producer.close(timeout=5)
    assert committed(kafka, group, topic)[0] == 9


def test_two_processes_of_one_name_do_not_both_commit(kafka: Kafka, topic_prefix: str, join: Join) -> None:
    feed(kafka, f"{topic_prefix}in", VALUES)
    zombie = join()
    zombie.run_until(lambda: zombie.notes.records >= 100)
    heir = join()
    with pytest.raises(FatalError, match="Fenced"):
        zombie.run_until(lambda: False)
    heir.run_until(lambda: zombie.notes.records + heir.notes.records == len(VALUES))
    assert sorted(copies(kafka, topic_prefix)) == sorted(VALUES)


def test_partitions_move_to_a_member_that_joins(kafka: Kafka, topic_prefix: str, join: Join) -> None:
    first = join("a")
    first.run_until(lambda: first.notes.partitions == {0, 1})
    second = join("b")
    feed(kafka, f"{topic_prefix}in", VALUES)

    def turns() -> bool:
        first.loop.turn()
        return first.notes.records + second.notes.records == len(VALUES) and second.notes.partitions == {1}

    second.run_until(turns)
    assert first.notes.partitions == {0}
    assert first.stage.closed == [1]
    assert sorted(copies(kafka, topic_prefix)) == sorted(VALUES)


def test_what_retention_removed_unread_is_told(kafka: Kafka, topic_prefix: str, join: Join) -> None:
    feed(kafka, f"{topic_prefix}in", VALUES[:20])
    member = join()
    member.run_until(lambda: member.notes.records == 20)
    member.close()
    feed(kafka, f"{topic_prefix}in", VALUES[20:40])
    admin = client.admin(kafka)
    admin.delete_records({TopicPartition(f"{topic_prefix}in", 0): 15})
    admin.close()
    heir = join()
    heir.run_until(lambda: heir.notes.lag == {0: 0, 1: 0})
    assert min(span for number, span in heir.notes.spans if number == 0).first == 10
    assert heir.notes.records == 5 + 5 + 10  # five lost, five read, and the other partition's ten


def test_a_batch_that_was_left_unfinished_is_gone_on_with(kafka: Kafka, topic_prefix: str, join: Join) -> None:
    feed(kafka, f"{topic_prefix}in", VALUES)
    member = join()
    whole = member.stage.process

    def half(batch: Mapping[int, Sequence[Record]]) -> Work:
        """Do half of the first partition's records, and none of the others'."""
        shares = {number: len(records) // 2 if nth == 0 else 0 for nth, (number, records) in enumerate(batch.items())}
        work = whole({number: records[: shares[number]] for number, records in batch.items()})
        work.stopped = {number: records[shares[number]].offset for number, records in batch.items()}
        return work

    member.stage.process = half  # type: ignore[method-assign]
    member.run_until(lambda: member.notes.records >= 200)
    member.stage.process = whole  # type: ignore[method-assign]
    member.run_until(lambda: member.notes.records == len(VALUES))
    assert sorted(copies(kafka, topic_prefix)) == sorted(VALUES)
    for partition in (0, 1):
        spans = [span for number, span in member.notes.spans if number == partition]
        assert all(one.next == other.first for one, other in pairwise(spans))
