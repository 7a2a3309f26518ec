"""The worker as its users have it: its command line and its port."""

import json
import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from prometheus_client.parser import text_string_to_metric_families

from deploy.local.ports import free_ports
from deploy.local.process import ServerProcess, wait_until
from deploy.local.scratch import Scratch
from deploy.local.tools import ROOT, ServerError

START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 10.0
COMMAND_TIMEOUT_S = 60.0

Record = Mapping[str, Any]


class Service:
    """`python -m worker run` against a cluster; a context manager, which creates the topics first.

    Args:
        bootstrap: the cluster's address.
        shared: whether others use the cluster too: then topics and groups get a prefix of their own.
    """

    def __init__(self, bootstrap: str, *, shared: bool) -> None:
        (self._port,) = free_ports(1)
        prefix = self.prefix = f"demo-{uuid.uuid4().hex[:8]}." if shared else ""
        self.topics = {name: prefix + name for name in ("articles.raw", "ingestion.receipts", "articles.dead-letter")}
        self.topics |= {name: prefix + name for name in ("missions.observations", "missions.status-changed")}
        self._variables = {
            "KAFKA_BOOTSTRAP_SERVERS": bootstrap,
            "MISSION_WORKER_METRICS_HOST": "127.0.0.1",
            "MISSION_WORKER_METRICS_PORT": str(self._port),
            "MISSION_WORKER_INSTANCE_ID": f"{prefix}demo",
            # Articles are read in the order in which they are sent, so that each run shows the same.
            "MISSION_WORKER_TOPIC_PARTITIONS": "1",
        }
        if shared:
            self._variables |= {
                "MISSION_WORKER_TOPIC_PREFIX": prefix,
                "MISSION_WORKER_TOPIC_ARTICLES_RAW": prefix + "articles.raw",
                "MISSION_WORKER_EXTRACT_GROUP": f"{prefix}extract",
                "MISSION_WORKER_TRACK_GROUP": f"{prefix}track",
            }
        self._scratch: Scratch | None = None
        self._process: ServerProcess | None = None

    def __enter__(self) -> Self:
        self.command("topics", "create")
        self._scratch = Scratch("demo")
        try:
            run = [sys.executable, "-m", "worker", "run"]
            environment = {**self._variables, "PYTHONPATH": str(ROOT)}
            self._process = ServerProcess("worker", run, self._scratch.path, self._port, environment)
            self._process.start()
            wait_until(self._ready, [self._process], START_TIMEOUT_S)
        except BaseException:
            self._scratch.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None and self._process.alive:
            self._process.stop(STOP_TIMEOUT_S)
        if self._scratch is not None:
            self._scratch.close()

    def command(self, *arguments: str) -> str:
        """Run one of the worker's commands and return what it printed.

        Raises:
            ServerError: it failed; its words are in the message.
        """
        command = [sys.executable, "-m", "worker", *arguments]
        ran = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **self._variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND_TIMEOUT_S,
            check=False,
        )
        if ran.returncode != 0:
            words = f"{ran.stdout}{ran.stderr}"
            raise ServerError(f"worker {' '.join(arguments)} ended with {ran.returncode}:\n{words}")
        return ran.stdout

    def consume(self, topic: str) -> list[Record]:
        """Return all records of a topic, decoded."""
        printed = self.command("consume", self.topics[topic], "--from-beginning", "--until-end", "--json")
        return [json.loads(line) for line in printed.splitlines()]

    def produce(self, files: Sequence[Path]) -> None:
        """Send articles."""
        self.command("produce", *(str(path.resolve()) for path in files))

    def await_processed(self, articles: int, timeout_s: float) -> None:
        """Wait until the receipts account for that many articles and for every observation made of them.

        Raises:
            ServerError: they did not in time, or the worker ended.
        """

        def processed() -> bool:
            records: Counter[str] = Counter()
            observations = 0
            for receipt in (record["value"] for record in self.consume("ingestion.receipts")):
                records[receipt["stage"]] += sum(receipt["outcomes"].values())
                if receipt["stage"] == "extract":
                    observations += receipt["outputs"].get("observations", 0)
            return records["extract"] == articles and records["track"] == observations

        if self._process is not None:
            wait_until(processed, [self._process], timeout_s)

    def stop(self) -> tuple[int, float]:
        """Ask the worker to end; return its exit code and how many seconds it took."""
        if self._process is None:
            raise ServerError("the worker was never started")
        started = time.monotonic()
        return self._process.stop(STOP_TIMEOUT_S), time.monotonic() - started

    def counters(self) -> list[tuple[str, Mapping[str, str], float]]:
        """Return what the worker counted: name, labels and value of each counter; nothings and seconds left out."""
        text = httpx.get(f"http://127.0.0.1:{self._port}/metrics", timeout=10).raise_for_status().text
        return [
            (sample.name, sample.labels, sample.value)
            for family in text_string_to_metric_families(text)
            if family.type == "counter" and not family.name.startswith(("python_", "process_"))
            for sample in family.samples
            if sample.name.endswith("_total") and not sample.name.endswith("_seconds_total") and sample.value
        ]

    def _ready(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self._port}/readyz", timeout=5).is_success
        except httpx.TransportError:
            return False
