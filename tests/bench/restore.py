"""`make bench-restore`: how fast `track` has its states back while another worker joins and leaves.

The states are those of 200,000 observations over 20,000 subjects. Two worker processes start at once, so that the group
is rebalanced while states are being read; then one of them leaves, and the other restores what it had. Beside the
figure stands that of a bare consumer loop over the same records in the same run, which does nothing with them: what
the client library lets anybody have on this machine at this moment.
"""

import sys
import tempfile
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kafka import TopicPartition
from kafka.structs import ConsumerGroupMetadata, OffsetAndMetadata
from rich.console import Console
from rich.progress import track

from deploy.broker import Cluster
from tests.bench.corpus import observations
from tests.integration.service import Service, wait_for
from tests.integration.support import public
from tests.missions import samples
from tests.streaming.records import record
from worker.cli.render import table
from worker.events.codec import Codec
from worker.events.schemas import load
from worker.missions.event import StatusChanged
from worker.missions.vocabulary import Change
from worker.streaming import client, topics
from worker.streaming.publisher import Publisher
from worker.streaming.reading import Log

SUBJECTS, EACH, PARTITIONS = 20_000, 10, 6
SAMPLE, WARM_UP = 200, 5
BOUND = 20_000
"""Subjects a second that a worker must restore."""


@dataclass(frozen=True)
class Restored:
    """What one process restored after one assignment, and how long that took from the assignment to the last state."""

    partitions: int
    subjects: int
    began: float
    ended: float

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.ended - self.began


def write_states(service: Service, codec: Codec, console: Console) -> None:
    """What the service would have written, as compaction leaves it: the last state of each subject."""
    publisher = Publisher("track", codec, load())
    producer = client.producer(service.kafka)
    subjects = observations(SUBJECTS, EACH)
    for told in track(subjects, "folding 200,000 observations", total=SUBJECTS, console=console):
        timeline = samples.fold_all(told)[-1].timeline
        output = publisher.state(service.topics.status, timeline, codec.encode(timeline), record(None))
        producer.send(output.topic, output.value, key=output.key, headers=list(output.headers))
    producer.flush(timeout=60)
    producer.close(timeout=5)


def bare_loop(service: Service) -> float:
    """Records a second of a loop that polls and does nothing else."""
    began, records = time.perf_counter(), 0
    with Log(service.kafka) as log:
        for _ in log.records(service.topics.status):
            records += 1
    return records / (time.perf_counter() - began)


def commit_nothing(service: Service) -> None:
    """The group has a position in every partition, as one that has restarted has."""
    group = f"{service.topics.prefix}track"
    producer = client.producer(service.kafka, transactional_id=f"{group}-setup")
    producer.init_transactions()
    producer.begin_transaction()
    offsets = {TopicPartition(service.topics.observations, n): OffsetAndMetadata(0, "", -1) for n in range(PARTITIONS)}
    producer.send_offsets_to_transaction(offsets, ConsumerGroupMetadata(group))
    producer.commit_transaction()
    producer.close(timeout=5)


def restored(service: Service) -> list[Restored]:
    """What a process says in its log of each assignment that made it restore something."""
    found: list[Restored] = []
    began, parts = 0.0, [0]
    for line in service.lines():
        at = datetime.fromisoformat(line["@timestamp"]).timestamp()
        if line["event"] == "partitions.assigned":
            began, parts = at, []
        elif line["event"] == "state.restored":
            parts.append(line["subjects"])
            latest = Restored(len(parts), sum(parts), began, at)
            found[-1 if len(parts) > 1 else len(found) :] = [latest]
    return found


def at_work(found: list[Restored]) -> float:
    """The seconds during which any worker was restoring: two at once share the processors, and count once."""
    seconds, until = 0.0, 0.0
    for one in sorted(found, key=lambda it: it.began):
        seconds += max(0.0, one.ended - max(one.began, until))
        until = max(until, one.ended)
    return seconds


def subjects_restored(service: Service) -> int:
    """How many subjects a process has restored in all."""
    return sum(line["subjects"] for line in service.events("state.restored"))


def check(service: Service, codec: Codec) -> None:
    """One more observation of some subjects: their events must go on counting where the states ended."""
    producer = client.producer(service.kafka)
    expected = {}
    for number, told in enumerate(observations(SUBJECTS, EACH)):
        if number % (SUBJECTS // SAMPLE) == 0:
            subject = told[0].subject
            last = samples.fold_all(told)[-1].timeline
            news = samples.observation(
                samples.reported(Change.ENDED, "2031-01-01", mission=subject), "news", "2031-01-02"
            )
            expected[subject] = last.sequence + 1
            producer.send(service.topics.observations, codec.encode(news), key=subject.encode())
    producer.flush(timeout=30)
    producer.close(timeout=5)

    def events() -> dict[str, int]:
        values = (
            codec.decode(it.value, StatusChanged).value for it in public(service.kafka, service.topics.status_changed)
        )
        return {event.subject: event.sequence for event in values}

    wait_for(lambda: len(events()) == len(expected), 30, "an event of each")
    if events() != expected:
        raise RuntimeError("the states were not restored as they were")


def main() -> int:
    """Run the benchmark; the exit code."""
    console, codec, prefix = Console(highlight=False), Codec(), f"bench-{uuid.uuid4().hex[:6]}."
    with ExitStack() as stack:
        cluster = stack.enter_context(Cluster(heap="768m", quick_start=False))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        workers = []
        for name in ("staying", "leaving"):
            (folder / name).mkdir()
            worker = Service(cluster.bootstrap, prefix, folder / name, "--stage", "track", partitions=PARTITIONS)
            worker.environment["MISSION_WORKER_INSTANCE_ID"] = name
            workers.append(worker)
            stack.push(worker)
        staying, leaving = workers
        topics.create(staying.kafka, staying.topics)
        write_states(staying, codec, console)
        commit_nothing(staying)
        bare = max(bare_loop(staying) for _ in range(WARM_UP))  # a broker that has just started has yet to be compiled
        for worker in workers:
            worker.start()
        wait_for(lambda: assigned(staying) and subjects_restored(leaving) > 0, 60, "the second worker", every=0.05)
        leaving.stop()
        wait_for(lambda: all_partitions(staying), 60, "all partitions of the worker that stays")
        check(staying, codec)
        bare = max(bare, bare_loop(staying))
        found = {"stays": restored(staying), "leaves": restored(leaving)}
    rows = [
        (name, it.partitions, f"{it.subjects:,}", f"{it.seconds:.2f}", f"{it.subjects / it.seconds:,.0f}")
        for name, each in found.items()
        for it in each
    ]
    table(console, ("the worker that", "partitions", "subjects", "seconds", "subjects/s"), rows)
    everything = [it for each in found.values() for it in each]
    rate = sum(it.subjects for it in everything) / at_work(everything)
    print(f"{rate:,.0f} subjects/s in all, {rate / bare:.2f} of a bare consumer loop's {bare:,.0f} records/s")
    print(f"asked for are {BOUND:,} subjects/s")
    return 0 if rate >= BOUND else 1


def assigned(service: Service) -> bool:
    """Whether the group has given a worker anything yet."""
    return bool(service.events("partitions.assigned"))


def all_partitions(service: Service) -> bool:
    """Whether a worker has read the states of every partition."""
    return {line["messaging.destination.partition.id"] for line in service.events("state.restored")} == set(
        range(PARTITIONS)
    )


if __name__ == "__main__":
    sys.exit(main())
