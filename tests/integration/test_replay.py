"""`replay` on a real broker: the same again under another prefix, whatever interrupts it."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.integration.service import Service, wait_for
from tests.integration.support import create_topics, feed, public
from worker.events.codec import Codec
from worker.missions.event import StatusChanged
from worker.missions.observation import Observation
from worker.missions.timeline import Timeline
from worker.settings import Topics
from worker.streaming import topics as making
from worker.streaming.exits import Exit

pytestmark = pytest.mark.timeout(180)

CODEC = Codec()


def under(written: Service, prefix: str) -> Topics:
    return Topics(prefix=prefix, articles_raw=written.topics.articles_raw)


def replay(written: Service, origin: str, prefix: str) -> dict[str, Any]:
    answer = written.command("replay", "--from", origin, "--to-prefix", prefix, "--json")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def verify(written: Service, prefix: str) -> str:
    before = written.environment["MISSION_WORKER_TOPIC_PREFIX"]
    written.environment["MISSION_WORKER_TOPIC_PREFIX"] = prefix
    try:
        answer = written.command("verify")
    finally:
        written.environment["MISSION_WORKER_TOPIC_PREFIX"] = before
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def observations(written: Service, topics: Topics) -> list[str]:
    return [CODEC.decode(it.value, Observation).value.id for it in public(written.kafka, topics.observations)]


def events(written: Service, topics: Topics) -> list[str]:
    return [CODEC.decode(it.value, StatusChanged).value.id for it in public(written.kafka, topics.status_changed)]


def histories(written: Service, topics: Topics) -> dict[str, list[tuple[object, ...]]]:
    """What is known of each subject in the end, which does not depend on the order of the articles."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for record in public(written.kafka, topics.status):
        timeline = CODEC.decode(record.value, Timeline).value
        found[timeline.subject] = [(it.change, it.occurred, it.effective, it.sources) for it in timeline.entries]
    return found


def test_from_articles_everything_is_made_anew(written: Service, topic_prefix: str) -> None:
    told = replay(written, "articles", topic_prefix)
    new = under(written, topic_prefix)
    assert sorted(observations(written, new)) == sorted(observations(written, written.topics))
    assert histories(written, new) == histories(written, written.topics)
    assert told["articles"] == len(public(written.kafka, written.topics.articles_raw))
    assert told["observations"] == len(observations(written, new)) > 50
    assert told["dead_letters"] == len(public(written.kafka, written.topics.dead_letter)) > 0
    assert "everything was processed exactly once" in verify(written, topic_prefix)


def test_from_observations_the_very_same_events(written: Service, topic_prefix: str) -> None:
    told = replay(written, "observations", topic_prefix)
    new = under(written, topic_prefix)
    assert observations(written, new) == observations(written, written.topics)
    assert events(written, new) == events(written, written.topics)
    assert told["events"] == len(events(written, new))
    assert "everything was processed exactly once" in verify(written, topic_prefix)
    again = replay(written, "observations", topic_prefix)
    assert again.items() - told.items() == {("seconds", again["seconds"])}


def test_what_was_killed_goes_on_where_it_was(written: Service, topic_prefix: str) -> None:
    new = under(written, topic_prefix)
    making.create(written.kafka, new.model_copy(update={"partitions": 2}))
    command = [sys.executable, "-m", "worker", "replay", "--from", "articles", "--to-prefix", topic_prefix]
    environment = written.environment | {"KAFKA_MAX_POLL_RECORDS": "10"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        wait_for(lambda: bool(public(written.kafka, new.receipts)), 60, "the first transaction", every=0.05)
        process.kill()
    begun = len(observations(written, new))
    assert begun < len(observations(written, written.topics))
    replay(written, "articles", topic_prefix)
    assert sorted(observations(written, new)) == sorted(observations(written, written.topics))
    assert "everything was processed exactly once" in verify(written, topic_prefix)


def test_topics_that_hold_something_else_are_refused(written: Service, topic_prefix: str) -> None:
    create_topics(written.kafka, [f"{topic_prefix}missions.status-changed"])
    feed(written.kafka, f"{topic_prefix}missions.status-changed", [b"somebody else's"])
    answer = written.command("replay", "--from", "articles", "--to-prefix", topic_prefix)
    assert answer.returncode == Exit.CONFIG
    assert f"there are records under {topic_prefix} already" in answer.stderr


def test_the_prefix_in_use_is_refused(written: Service) -> None:
    answer = written.command("replay", "--from", "articles", "--to-prefix", written.topics.prefix)
    assert answer.returncode == Exit.CONFIG
    assert "is the prefix in use" in answer.stderr


def test_a_prefix_that_is_none_is_refused(written: Service) -> None:
    answer = written.command("replay", "--from", "articles", "--to-prefix", "no spaces please")
    assert answer.returncode == Exit.CONFIG
    assert "MISSION_WORKER_TOPIC_PREFIX" in answer.stderr
