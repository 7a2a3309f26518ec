"""Exactly once under kill -9: of worker processes while articles flow, and of each broker in turn."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deploy.broker import Cluster
from tests.integration.service import Newsroom, Service, wait_for
from tests.integration.support import public
from worker.articles.article import ArticleError
from worker.articles.decode import decode
from worker.events.codec import Codec
from worker.extraction import Extractor
from worker.missions.event import StatusChanged
from worker.missions.fold import fold
from worker.missions.observation import Coordinates, Observation, Source, Versions, observe
from worker.missions.register import Register
from worker.missions.timeline import Timeline
from worker.streaming import client

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]

CODEC = Codec()
Plan = list[tuple[float, Callable[[], None]]]
"""What is done to the cluster, and at which second of the feed."""


def carry_out(plan: Plan, seconds: float) -> None:
    """Do what is due."""
    while plan and seconds > plan[0][0]:
        plan.pop(0)[1]()


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


def feed(
    service: Service, register: Register, count: int, per_second: float, meanwhile: Callable[[float], None]
) -> None:
    """Send this many articles at a steady pace; `meanwhile` is called over and over with the seconds gone by."""
    names = [mission.name for mission in register.by_slug.values()]
    newsroom, producer = Newsroom(names, seed=count), client.producer(service.kafka)
    sent: list[Any] = []
    began = time.monotonic()
    while len(sent) < count:
        due = min(count, int((time.monotonic() - began) * per_second))
        for number in range(len(sent), due):
            value = newsroom.article(number)
            # A producer of ours that loses its broker tries until it has it back: the feed is not what is tested.
            sent.append(producer.send(service.topics.articles_raw, value, key=str(number).encode()))
        meanwhile(time.monotonic() - began)
        time.sleep(0.02)
    producer.flush(timeout=60)
    assert all(future.succeeded() for future in sent), "the feed itself failed"
    producer.close(timeout=5)


def check(service: Service, register: Register) -> None:
    """What is public must be what one pass over the input would have made of it, and `verify` must say so too."""
    verified = service.command("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    _check_observations(service)
    _check_events_and_states(service, register)


def _check_observations(service: Service) -> None:
    extractor = Extractor.load()
    expected: Counter[tuple[str, int, int]] = Counter()
    dead: Counter[tuple[int, int]] = Counter()
    for record in public(service.kafka, service.topics.articles_raw):
        try:
            article = decode(record.value, timestamp_ms=record.timestamp)
        except ArticleError:
            dead[record.partition, record.offset] += 1
            continue
        if not extractor.relevant(record.value):
            continue
        extraction = extractor.extract(article)
        at = Coordinates(record.topic, record.partition, record.offset)
        source = Source.of(article, extraction.language, at, record.timestamp)
        for observation in observe(extraction, source, Versions(code="", register="")):
            expected[observation.id, record.partition, record.offset] += 1
    found = (CODEC.decode(it.value, Observation).value for it in public(service.kafka, service.topics.observations))
    assert Counter((it.id, it.source.partition, it.source.offset) for it in found) == expected
    assert expected.total() > 100
    letters = (dict(record.headers) for record in public(service.kafka, service.topics.dead_letter))
    prefix = "__streams.errors."
    assert Counter((int(it[prefix + "partition"]), int(it[prefix + "offset"])) for it in letters) == dead


def _check_events_and_states(service: Service, register: Register) -> None:
    """Fold the observations anew, in the order in which they stand."""
    timelines: dict[str, Timeline] = {}
    events: list[tuple[int, str]] = []
    for record in public(service.kafka, service.topics.observations):
        observation = CODEC.decode(record.value, Observation).value
        at = Coordinates(record.topic, record.partition, record.offset)
        before = timelines.get(observation.subject)
        folded = fold(before, observation, at, register, Versions(code="", register=""))
        timelines[observation.subject] = folded.timeline
        if folded.event is not None:
            events.append((record.partition, folded.event.id))
    published = public(service.kafka, service.topics.status_changed)
    assert [(record.partition, CODEC.decode(record.value, StatusChanged).value.id) for record in published] == events
    states = {
        it.key.decode(): CODEC.decode(it.value, Timeline).value for it in public(service.kafka, service.topics.status)
    }
    assert states.keys() == timelines.keys()
    for subject, timeline in timelines.items():
        state = states[subject]
        assert (state.entries, state.sequence, state.observations) == (
            timeline.entries,
            timeline.sequence,
            timeline.observations,
        )


def test_worker_processes_are_killed_ten_times(
    broker: str, topic_prefix: str, tmp_path: Path, register: Register
) -> None:
    dice = random.Random(7)
    with Service(broker, topic_prefix, tmp_path, "--processes", "2") as service:
        wait_for(lambda: len(service.events("partitions.assigned")) >= 2, 30, "the start")
        killed: list[int] = []

        def kill(seconds: float) -> None:
            if len(killed) < 10 and seconds > 1.5 * (len(killed) + 1):
                victim = dice.choice(service.children())
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)

        feed(service, register, count=5_000, per_second=300, meanwhile=kill)
        assert len(killed) == 10
        wait_for(service.drained, 60, "the end of the input")
        assert service.stop() == 0
        check(service, register)


def test_each_broker_is_killed_in_turn(
    cluster3: Cluster, topic_prefix: str, tmp_path: Path, register: Register
) -> None:
    with Service(cluster3.bootstrap, topic_prefix, tmp_path) as service:
        wait_for(lambda: len(service.events("partitions.assigned")) >= 2, 30, "the start")
        plan: Plan = []
        for node, second in ((1, 3.0), (2, 17.0), (3, 31.0)):
            plan.append((second, partial(cluster3.kill, node)))
            plan.append((second + 7, partial(cluster3.restart, node, wait=False)))

        feed(service, register, count=4_500, per_second=100, meanwhile=partial(carry_out, plan))
        assert not plan
        cluster3.wait_ready()
        wait_for(service.drained, 90, "the end of the input")
        assert service.stop() == 0
        check(service, register)


def test_a_broker_freezes_and_thaws(cluster3: Cluster, topic_prefix: str, tmp_path: Path, register: Register) -> None:
    """Its connections stay open and nothing answers on them: what has no deadline would wait for ever."""
    with Service(cluster3.bootstrap, topic_prefix, tmp_path) as service:
        wait_for(lambda: len(service.events("partitions.assigned")) >= 2, 30, "the start")
        plan: Plan = []
        for node, second in ((2, 2.0), (3, 16.0)):
            plan.append((second, partial(cluster3.pause, node)))
            plan.append((second + 8, partial(cluster3.resume, node)))
        feed(service, register, count=2_600, per_second=100, meanwhile=partial(carry_out, plan))
        assert not plan
        cluster3.wait_ready()
        wait_for(service.drained, 90, "the end of the input")
        assert service.stop() == 0
        check(service, register)
