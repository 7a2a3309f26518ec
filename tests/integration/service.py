"""The whole service as its users run it: `python -m worker run`, with topics and groups of its own."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kafka import TopicPartition

from tests.integration.support import kafka_settings
from worker.events.codec import Codec
from worker.settings import Settings, Topics
from worker.streaming import client, topics
from worker.streaming.audit import audit
from worker.streaming.verify import Auditor

BRIEF = {
    "KAFKA_REQUEST_TIMEOUT_MS": "2000",
    "KAFKA_DELIVERY_TIMEOUT_MS": "4000",
    "KAFKA_TRANSACTION_TIMEOUT_MS": "5000",
    "KAFKA_SESSION_TIMEOUT_MS": "8000",
    "KAFKA_HEARTBEAT_INTERVAL_MS": "1000",
    "KAFKA_MAX_POLL_INTERVAL_MS": "15000",
    "MISSION_WORKER_STALL_LIMIT_SECONDS": "25",
    "MISSION_WORKER_LOG_FORMAT": "json",
    "MISSION_WORKER_METRICS_PORT": "0",
    "MISSION_WORKER_METRICS_HOST": "127.0.0.1",
}
"""Deadlines in proportion to the defaults, so that a test need not wait long for what they bound."""


class Service:
    """`run` as a process, started on entry and stopped on exit. `log` is where its standard output goes."""

    def __init__(self, bootstrap: str, prefix: str, folder: Path, *arguments: str, partitions: int = 4) -> None:
        self.bootstrap = bootstrap
        self.environment = os.environ | BRIEF | {
            "KAFKA_BOOTSTRAP_SERVERS": bootstrap,
            "MISSION_WORKER_TOPIC_PREFIX": prefix,
            "MISSION_WORKER_TOPIC_ARTICLES_RAW": f"{prefix}articles.raw",
            "MISSION_WORKER_TOPIC_PARTITIONS": str(partitions),
            "MISSION_WORKER_EXTRACT_GROUP": f"{prefix}extract",
            "MISSION_WORKER_TRACK_GROUP": f"{prefix}track",
            "MISSION_WORKER_INSTANCE_ID": prefix.rstrip("."),
        }  # fmt: skip
        self.kafka = kafka_settings(bootstrap)
        self.topics = Topics(prefix=prefix, articles_raw=f"{prefix}articles.raw", partitions=partitions)
        self.log = folder / "run.log"
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        topics.create(self.kafka, self.topics)
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def start(self) -> None:
        """Start the supervisor; its children with it."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "worker", "run", *self._arguments], env=self.environment, stdout=log, stderr=log
            )

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The supervisor."""
        assert self._process is not None
        return self._process

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal the supervisor, and wait for its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)

    def children(self) -> list[int]:
        """The process ids of the worker processes that run now."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        listed = (task.read_text().split() for task in tasks.glob("*/children"))
        return [int(pid) for pids in listed for pid in pids]

    def lines(self) -> list[dict[str, Any]]:
        """The log so far; what is not JSON, such as a stack dump, is left out."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def events(self, name: str) -> list[dict[str, Any]]:
        """The lines of the log that have this event."""
        return [line for line in self.lines() if line.get("event") == name]

    def drained(self) -> bool:
        """Whether both groups have committed all of their inputs."""
        raw, observations = self.topics.articles_raw, self.topics.observations
        prefix = self.topics.prefix
        return self._reached(f"{prefix}extract", raw) and self._reached(f"{prefix}track", observations)

    def _reached(self, group: str, topic: str) -> bool:
        reader = client.reader(self.kafka, group_id=group)
        try:
            partitions = [TopicPartition(topic, number) for number in reader.partitions_for_topic(topic)]
            ends = reader.end_offsets(partitions)
            begins = reader.beginning_offsets(partitions)
            return all((reader.committed(tp) or begins[tp]) >= ends[tp] for tp in partitions)
        finally:
            reader.close()

    def audit(self) -> Auditor:
        """What `verify` would see."""
        return audit(self.kafka, self.topics, Codec())

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command, in the environment of the service."""
        return subprocess.run(
            [sys.executable, "-m", "worker", *arguments],
            env=self.environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip


def wait_for(done: Callable[[], bool], seconds: float, what: str, every: float = 0.5) -> None:
    """Look every so often whether something has come about; fail when it has not in time."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, f"{what} did not come about in {seconds} s"
        time.sleep(every)


def settings_of(service: Service, monkeypatch: Any) -> Settings:
    """The settings that the service has."""
    for name, value in service.environment.items():
        monkeypatch.setenv(name, value)
    return Settings.load()


class Newsroom:
    """Writes articles by a seed: three in four report nothing, one in a hundred is none at all."""

    _TEMPLATES = (
        "The Security Council has extended the mandate of {mission} until {year}-12.",
        "The government said on Monday that the last troops of {mission} have left the country.",
        "{mission} has been suspended until further notice, the command said on Tuesday.",
        "Germany will withdraw its soldiers from {mission} by the end of {year}, the cabinet decided on Wednesday.",
        "France sends 300 additional soldiers to {mission}, the defence ministry announced.",
    )
    _DULL = "Two cats sat in the garden and looked at the rain, as they do every summer. "
    _BROKEN = (b"", b"\xff\xfe\x00\x01broken", b'{"text": "cut off', b"[1, 2, 3]")

    def __init__(self, names: Sequence[str], seed: int) -> None:
        self._names = names
        self._random = random.Random(seed)

    def article(self, number: int) -> bytes:
        """The next article."""
        die = self._random.random()
        if die < 0.01:
            return self._random.choice(self._BROKEN)
        date = f"{self._random.randint(2005, 2025)}-{self._random.randint(1, 12):02}-{self._random.randint(1, 28):02}"
        text = self._DULL * self._random.randint(1, 16)
        if die > 0.75:
            template = self._random.choice(self._TEMPLATES)
            mission = self._random.choice(self._names)
            text = f"{template.format(mission=mission, year=int(date[:4]) + 1)}\n\n{text}"
        envelope = {"id": f"article-{number}", "published_at": date, "language": "en", "text": text}
        return json.dumps(envelope).encode()
