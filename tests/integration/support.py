"""What the tests on a real broker share: topics, a stage that copies, and a reader of what is public."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kafka import TopicPartition

from worker.settings import Kafka
from worker.streaming import client
from worker.streaming.faults import FaultError
from worker.streaming.loop import Done, Loop
from worker.streaming.source import Source
from worker.streaming.stage import Opened, Output, Record, Span, Tally, Work
from worker.streaming.transactor import Transactor
from worker.streaming.watchdog import Watchdog


def kafka_settings(bootstrap: str, **overrides: Any) -> Kafka:
    """Settings with a short session, so that a test need not wait long for a member that is gone."""
    brief = {"session_timeout_ms": 12_000, "heartbeat_interval_ms": 1_000, "max_poll_interval_ms": 20_000}
    return Kafka(bootstrap_servers=tuple(bootstrap.split(",")), **(brief | overrides))


def create_topics(kafka: Kafka, names: Sequence[str], partitions: int = 2, **configs: str) -> None:
    admin = client.admin(kafka)
    try:
        admin.create_topics({name: {"num_partitions": partitions, "configs": configs} for name in names})
        admin.wait_for_topics(list(names))
    finally:
        admin.close()


def feed(kafka: Kafka, topic: str, values: Sequence[bytes], partitions: int = 2) -> None:
    producer = client.producer(kafka)
    sent = [producer.send(topic, value, partition=i % partitions) for i, value in enumerate(values)]
    producer.flush(timeout=30)
    assert all(future.succeeded() for future in sent)
    producer.close(timeout=5)


def public(kafka: Kafka, topic: str) -> list[Record]:
    """All records that a read_committed consumer sees now, by partition and offset."""
    reader = client.reader(kafka)
    try:
        partitions = [TopicPartition(topic, number) for number in sorted(reader.partitions_for_topic(topic))]
        ends = reader.end_offsets(partitions)
        begins = reader.beginning_offsets(partitions)
        reader.assign(partitions)
        for tp in partitions:
            reader.seek(tp, begins[tp])
        records: list[Record] = []
        until = time.monotonic() + 30
        while any(reader.position(tp) < ends[tp] for tp in partitions):
            assert time.monotonic() < until, "the topic could not be read to its end"
            for batch in reader.poll(timeout_ms=200).values():
                records.extend(batch)
        return sorted(records, key=lambda record: (record.partition, record.offset))
    finally:
        reader.close()


def committed(kafka: Kafka, group: str, topic: str) -> dict[int, int | None]:
    """The group's committed offset of each partition."""
    reader = client.reader(kafka, group_id=group)
    try:
        return {
            number: reader.committed(TopicPartition(topic, number)) for number in reader.partitions_for_topic(topic)
        }
    finally:
        reader.close()


class Copier:
    """A stage that copies each record, with its coordinates in a header."""

    name = "copy"

    def __init__(self, target: str) -> None:
        self.target = target
        self.opened: list[tuple[int, int]] = []
        self.closed: list[int] = []
        self.positions: dict[int, int] = {}

    def open(self, partition: int, position: int) -> Opened:
        self.opened.append((partition, position))
        return Opened()

    def process(self, batch: Mapping[int, Sequence[Record]]) -> Work:
        work = Work()
        for number, records in batch.items():
            tally = work.tallies.setdefault(number, Tally())
            for record in records:
                tally.outcomes["copied"] += 1
                work.outputs.append(
                    Output(self.target, record.key, record.value, [("offset", str(record.offset).encode())])
                )
        return work

    def committed(self, positions: Mapping[int, int]) -> None:
        self.positions.update(positions)

    def close(self, partition: int) -> None:
        self.closed.append(partition)


class Notes:
    """An observer that remembers."""

    def __init__(self) -> None:
        self.spans: list[tuple[int, Span]] = []
        self.records = 0
        self.failures: list[FaultError] = []
        self.lag: Mapping[int, int] | None = None
        self.partitions: frozenset[int] = frozenset()

    def polled(self, seconds: float) -> None:
        pass

    def committed(self, done: Done) -> None:
        self.spans.extend(done.spans.items())
        self.records += sum(tally.outcomes.total() for tally in done.work.tallies.values())

    def failed(self, error: FaultError) -> None:
        self.failures.append(error)

    def assigned(self, partitions: frozenset[int], *, opened: bool) -> None:
        self.partitions = partitions if opened else frozenset()

    def lagged(self, lag: Mapping[int, int]) -> None:
        self.lag = lag


class Member:
    """A whole worker but for the process: one loop over `<prefix>in`, copying to `<prefix>out`."""

    def __init__(self, kafka: Kafka, prefix: str, name: str = "a") -> None:
        self.kafka, self.topic = kafka, f"{prefix}in"
        self.watchdog = Watchdog(60)
        self.stage, self.notes = Copier(f"{prefix}out"), Notes()
        self.transactor = Transactor(kafka, f"{prefix}{name}", self.watchdog)
        self.transactor.open()
        consumer = client.consumer(kafka, group=f"{prefix}group", instance=f"{prefix}{name}")
        self.source = Source(consumer, self.topic, kafka, self.stage.open, self.watchdog)
        self.loop = Loop(
            stage=self.stage,
            topic=self.topic,
            source=self.source,
            transactor=self.transactor,
            receipts=lambda _spans, _tallies: [],
            watchdog=self.watchdog,
            observer=self.notes,
        )

    def run_until(self, done: Callable[[], bool], seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < until, "the loop did not get there"
            self.loop.turn()

    def close(self) -> None:
        self.transactor.close()
        self.source.close()
