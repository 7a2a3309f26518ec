"""`backfill --to-topics` on a real broker: sent once, whatever is killed, and read to the same events as in a file."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kafka import TopicPartition

from tests.integration.service import Newsroom, Service, wait_for
from tests.integration.support import public
from worker.backfill.inputs import inputs
from worker.backfill.messages import messages
from worker.events.codec import Codec
from worker.events.container import records
from worker.missions.event import StatusChanged
from worker.missions.register import Register
from worker.streaming import client


def archive(folder: Path, articles: int) -> Path:
    room = Newsroom([mission.name for mission in Register.load().by_slug.values()], seed=11)
    path = folder / "articles.jsonl"
    with path.open("wb") as file:
        for number in range(articles):
            file.write((room.article(number).replace(b"\n", b" ") or b"{") + b"\n")
    return path


@pytest.mark.timeout(240)
def test_the_service_makes_of_it_what_a_backfill_into_a_file_does(
    broker: str, topic_prefix: str, tmp_path: Path
) -> None:
    path = archive(tmp_path, 300)
    with Service(broker, topic_prefix, tmp_path, partitions=1) as service:
        first = service.command("backfill", str(path), "--to-topics")
        assert first.stdout.startswith("300 messages sent"), first.stderr
        again = service.command("backfill", str(path), "--to-topics")
        assert again.stdout.startswith("0 messages sent"), again.stderr
        filed = service.command("backfill", str(path), "--out", str(tmp_path / "out.avro"), "--processes", "1")
        assert filed.returncode == 0, filed.stderr
        wait_for(service.drained, 90, "the end of the input")
        assert service.stop() == 0
        assert not service.audit().problems()
        pages = [tmp_path / "topics.html", tmp_path / "file.html"]
        of_topics = service.command("report", "--out", str(pages[0]), "--on", "2026-01-01")
        assert of_topics.returncode == 0, of_topics.stderr
        of_file = service.command("report", str(tmp_path / "out.avro"), "--out", str(pages[1]), "--on", "2026-01-01")
        assert of_file.returncode == 0, of_file.stderr
        assert pages[0].read_text() == pages[1].read_text()
        codec = Codec()
        published = [
            codec.decode(record.value, StatusChanged).value
            for record in public(service.kafka, service.topics.status_changed)
        ]
    in_file = [it.value for it in records(tmp_path / "out.avro", StatusChanged)]
    assert [event.id for event in in_file] == [event.id for event in published]
    assert len(in_file) > 20


@pytest.mark.faults
@pytest.mark.timeout(240)
def test_a_sender_that_is_killed_over_and_over_sends_every_message_once(
    broker: str, topic_prefix: str, tmp_path: Path
) -> None:
    path = archive(tmp_path, 30_000)
    service = Service(broker, topic_prefix, tmp_path, partitions=2)
    assert service.command("topics", "create").returncode == 0
    command = [sys.executable, "-m", "worker", "backfill", str(path), "--to-topics"]
    die, kills = random.Random(5), 0
    watch = client.reader(service.kafka, isolation_level="read_uncommitted")
    partitions = [TopicPartition(service.topics.articles_raw, number) for number in range(2)]
    try:
        while kills < 4:
            process = subprocess.Popen(command, env={**os.environ, **service.environment}, stdout=subprocess.DEVNULL)
            seen = watch.end_offsets(partitions)
            while process.poll() is None and watch.end_offsets(partitions) == seen:
                time.sleep(0.01)
            time.sleep(die.random() * 0.2)
            process.send_signal(signal.SIGKILL)
            if process.wait() == 0:
                break
            kills += 1
    finally:
        watch.close(autocommit=False)
    assert kills >= 2, "it was over before it could be killed"
    last = service.command("backfill", str(path), "--to-topics")
    assert last.returncode == 0, last.stderr
    seen = [(record.key, record.value) for record in public(service.kafka, service.topics.articles_raw)]
    (given,) = inputs([str(path)])
    assert sorted(seen) == sorted((it.message.key, it.message.value) for it in messages(given, 1 << 20))
