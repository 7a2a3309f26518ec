"""`verify` on a real broker: it passes what the service wrote, and names what somebody has doctored since."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tests.integration.conftest import MISSIONS
from tests.integration.service import Service
from tests.integration.support import create_topics, feed, public
from worker.events.codec import Codec
from worker.events.receipt import Receipt
from worker.missions.event import StatusChanged
from worker.missions.timeline import Timeline
from worker.streaming import client
from worker.streaming.audit import audit
from worker.streaming.stage import Record
from worker.streaming.verify import Auditor

pytestmark = pytest.mark.timeout(180)

CODEC = Codec()
PARTITIONS = 2
Doctor = Callable[[list[Record]], Sequence[tuple[Record, bytes | None]]]


def doctored(written: Service, topic: str, doctor: Doctor) -> tuple[Auditor, list[str], str]:
    """Audit with a copy of one topic, as the doctor leaves it; the auditor, what it says, and the copy's name."""
    name = f"{getattr(written.topics, topic)}.{uuid.uuid4().hex[:8]}"
    create_topics(written.kafka, [name], PARTITIONS)
    producer = client.producer(written.kafka)
    for record, value in doctor(public(written.kafka, getattr(written.topics, topic))):
        producer.send(name, value, key=record.key, headers=list(record.headers), partition=record.partition)
    producer.flush(timeout=30)
    producer.close(timeout=5)
    topics = written.topics.model_copy(update={topic: name})
    auditor = audit(written.kafka, topics, CODEC)
    return auditor, list(map(str, auditor.problems())), name


def unchanged(records: list[Record]) -> list[tuple[Record, bytes | None]]:
    return [(record, record.value) for record in records]


def event_of(record: Record) -> StatusChanged:
    return CODEC.decode(record.value, StatusChanged).value


def the_last_of_the_longest(records: list[Record]) -> Record:
    """The last event of the subject that has most."""
    counts = {it.key: event_of(it).sequence for it in records}
    key = max(counts, key=lambda it: counts[it])
    assert counts[key] > 2
    return [it for it in records if it.key == key][-1]


def told(record: Record) -> str:
    event = event_of(record)
    return f"event {event.sequence} of {event.subject}, {event.change.value} {event.occurred}"


def test_what_the_service_wrote_is_proved(written: Service) -> None:
    answer = written.command("verify")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    auditor = written.audit()
    events = public(written.kafka, written.topics.status_changed)
    states = {record.key for record in public(written.kafka, written.topics.status)}
    assert (auditor.proved_events, auditor.proved_states) == (len(events), len(states))
    assert len(events) > 20
    assert len(states) >= len(MISSIONS)
    assert f"{len(events)} events and {len(states)} states are what the observations give" in answer.stdout


def test_an_event_was_dropped(written: Service) -> None:
    dropped: list[Record] = []

    def doctor(records: list[Record]) -> list[tuple[Record, bytes | None]]:
        dropped.append(the_last_of_the_longest(records))
        return [(it, it.value) for it in records if it is not dropped[0]]

    _, problems, _ = doctored(written, "status_changed", doctor)
    seen = event_of(dropped[0]).observed_at
    assert f"{seen.topic}-{seen.partition}@{seen.offset}: {told(dropped[0])}, is missing" in problems
    assert any(
        "events in the log, and" in it and it.startswith(f"track {seen.topic}-{seen.partition}") for it in problems
    )
    assert len(problems) == 2


def test_an_event_was_doubled(written: Service) -> None:
    doubled: list[Record] = []

    def doctor(records: list[Record]) -> list[tuple[Record, bytes | None]]:
        doubled.append([it for it in records if it.partition == records[0].partition][-1])
        return [*unchanged(records), (doubled[0], doubled[0].value)]

    _, problems, name = doctored(written, "status_changed", doctor)
    event = event_of(doubled[0])
    ends = sum(it.partition == doubled[0].partition for it in public(written.kafka, written.topics.status_changed))
    assert (
        f"{name}-{doubled[0].partition}@{ends}: event {event.id} is double: "
        f"also at {name}-{doubled[0].partition}@{ends - 1}"
    ) in problems


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda event: replace(event, confidence=event.confidence / 2), "has the content of"),
        (lambda event: replace(event, id="", confidence=event.confidence / 2), "differs in confidence"),
        (lambda event: replace(event, source=replace(event.source, title="Another")), "differs in source"),
    ],
    ids=["its content", "its content and id", "its source"],
)
def test_an_event_was_changed(written: Service, change: Callable[[StatusChanged], StatusChanged], says: str) -> None:
    changed: list[Record] = []

    def doctor(records: list[Record]) -> list[tuple[Record, bytes | None]]:
        changed.append(the_last_of_the_longest(records))
        value = CODEC.encode(change(event_of(changed[0])), recorded_at=1)
        return [(it, value if it is changed[0] else it.value) for it in records]

    _, problems, name = doctored(written, "status_changed", doctor)
    (place,) = {it.split(":")[0] for it in problems}
    assert place.startswith(f"{name}-{changed[0].partition}@")
    assert any(says in it for it in problems)


def test_a_receipt_is_missing(written: Service) -> None:
    missing: list[Receipt] = []

    def doctor(records: list[Record]) -> list[tuple[Record, bytes | None]]:
        receipts = [CODEC.decode(it.value, Receipt).value for it in records]
        # One that has others before and behind it.
        nth = next(
            nth
            for nth, it in enumerate(receipts)
            if it.stage == "extract"
            and it.first_offset > 0
            and it.outputs.get("observations")
            and any(
                other.first_offset == it.next_offset and other.topic == it.topic and other.partition == it.partition
                for other in receipts
            )
        )
        missing.append(receipts[nth])
        return unchanged(records[:nth] + records[nth + 1 :])

    _, problems, _ = doctored(written, "receipts", doctor)
    (receipt,) = missing
    where = f"extract {receipt.topic}-{receipt.partition}"
    assert f"{where}: no receipt for offsets {receipt.first_offset} to {receipt.next_offset}" in problems
    orphans = receipt.outputs["observations"]
    assert f"{where}: {orphans} observations come from offsets that no receipt covers" in problems


def test_a_state_was_altered(written: Service) -> None:
    altered: list[Timeline] = []

    def doctor(records: list[Record]) -> list[tuple[Record, bytes | None]]:
        timeline = CODEC.decode(records[-1].value, Timeline).value
        entry = replace(timeline.entries[-1], sources=timeline.entries[-1].sources + 1)
        altered.append(replace(timeline, entries=(*timeline.entries[:-1], entry)))
        return [*unchanged(records), (records[-1], CODEC.encode(altered[0]))]

    _, problems, name = doctored(written, "status", doctor)
    (problem,) = problems
    last = len(altered[0].entries) - 1
    assert problem.startswith(f"{name}-")
    assert problem.endswith(
        f"the state of {altered[0].subject} differs from what is observed in entries[{last}].sources"
    )


def test_a_state_was_removed(written: Service) -> None:
    _, problems, _ = doctored(written, "status", lambda records: [*unchanged(records), (records[0], None)])
    (problem,) = problems
    assert problem.startswith(f"{written.topics.observations}-")
    assert "has no state, though this was taken in" in problem


def test_an_old_state_was_put_back(written: Service) -> None:
    def doctor(records: list[Record]) -> list[tuple[Record, bytes | None]]:
        again = next(it for it in records if any(it.key == other.key for other in records if other.offset > it.offset))
        return [*unchanged(records), (again, again.value)]

    _, problems, _ = doctored(written, "status", doctor)
    (problem,) = problems
    assert " came after" in problem


def test_the_command_prints_the_coordinates_and_exits_with_1(written: Service) -> None:
    copy = f"events-{uuid.uuid4().hex[:8]}"
    name = f"{written.topics.prefix}{copy}"
    create_topics(written.kafka, [name], PARTITIONS)
    feed(written.kafka, name, [b"no event"], PARTITIONS)
    written.environment["MISSION_WORKER_TOPIC_STATUS_CHANGED"] = copy
    try:
        answer = written.command("verify")
    finally:
        del written.environment["MISSION_WORKER_TOPIC_STATUS_CHANGED"]
    assert answer.returncode == 1, answer.stderr
    assert f"FAULT  {name}-0@0: cannot be read: " in answer.stdout
    assert "is missing" in answer.stdout
    assert "everything was processed" not in answer.stdout
