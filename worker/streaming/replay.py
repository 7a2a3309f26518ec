"""Putting dead letters back where they came from, once what was wrong with them, or with the reader, is mended."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from worker.settings import Kafka, Topics
from worker.streaming import client
from worker.streaming.dead_letters import OWN, REASON, REPLAYS, origin_of, replays, without_errors
from worker.streaming.faults import IndefiniteError
from worker.streaming.reading import read
from worker.streaming.stage import Output, Record

LETTER: Final = OWN + "replays-letter"
"""The header of a record that was put back: the letter's partition and offset in the dead-letter topic."""
DEFAULT_LIMIT: Final = 3
"""How often a letter is put back before it is left alone: one that comes back every time will not do better."""


@dataclass(slots=True)
class Replayed:
    """How many letters were put back, by reason, and how many were not, by why."""

    sent: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)


def replay(
    kafka: Kafka,
    topics: Topics,
    transactional_id: str,
    *,
    reasons: Collection[str] = (),
    limit: int = DEFAULT_LIMIT,
) -> Replayed:
    """Send every dead letter that there is now back to the topic it came from, in one transaction.

    `reasons` restricts it to these. A letter is sent as it came first, with its number of replays in a header, and
    stays in the dead-letter topic too; a letter whose record was put back already is left alone, so that a second call
    does nothing: told by a record in the input topic that says which letter it replays. Raises KafkaError, and
    IndefiniteError when nobody can say whether the transaction was committed.
    """
    done = _replayed(kafka, topics)
    result = Replayed()
    outputs: list[Output] = []
    for record in read(kafka, topics.dead_letter, decided=True):
        headers = dict(record.headers)
        reason = headers.get(REASON, b"").decode("utf-8", "replace") or "unknown"
        if reasons and reason not in reasons:
            result.left["other reason"] += 1
        elif f"{record.partition}@{record.offset}" in done:
            result.left["replayed before"] += 1
        elif replays(record.headers) >= limit:
            result.left["replayed too often"] += 1
        else:
            outputs.append(_back(record))
            result.sent[reason] += 1
    if outputs:
        _send(kafka, transactional_id, outputs)
    return result


def _replayed(kafka: Kafka, topics: Topics) -> set[str]:
    """The letters that were put back already, by their places in the dead-letter topic."""
    return {
        value.decode()
        for topic in (topics.articles_raw, topics.observations)
        for record in read(kafka, topic, decided=True)
        for name, value in record.headers
        if name == LETTER
    }


def _back(record: Record) -> Output:
    _, origin = origin_of(record.headers)
    headers = [
        *without_errors(record.headers),
        (REPLAYS, str(replays(record.headers) + 1).encode()),
        (LETTER, f"{record.partition}@{record.offset}".encode()),
    ]
    told = dict(record.headers).get(OWN + "timestamp", b"")
    timestamp = int(told) if told.isdigit() else None
    return Output(origin.topic, record.key, record.value, headers, timestamp_ms=timestamp)


def _send(kafka: Kafka, transactional_id: str, outputs: list[Output]) -> None:
    producer = client.producer(kafka, transactional_id=transactional_id)
    try:
        producer.init_transactions()
        producer.begin_transaction()
        sent = [
            producer.send(it.topic, value=it.value, key=it.key, headers=list(it.headers), timestamp_ms=it.timestamp_ms)
            for it in outputs
        ]
        producer.flush(timeout=kafka.delivery_timeout_ms / 1000)
        if not all(future.succeeded() for future in sent):
            raise IndefiniteError("not every letter could be written: nothing was put back, try again")
        producer.commit_transaction()
    finally:
        producer.close(timeout=kafka.request_timeout_ms / 1000)
