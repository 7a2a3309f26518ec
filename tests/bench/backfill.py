"""How fast a backfill is, on all cores, killed half-way and resumed: `python -m tests.bench.backfill`."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import zstandard

from deploy.local.tools import BUILD
from tests.integration.service import Newsroom
from worker.events.container import records
from worker.missions.event import StatusChanged
from worker.missions.register import Register


def write(path: Path, articles: int) -> None:
    """Write generated articles, three in four of which report nothing, as compressed JSON lines."""
    room = Newsroom([mission.name for mission in Register.load().by_slug.values()], seed=1)
    with zstandard.open(path, "wb") as file:
        for number in range(articles):
            file.write((room.article(number).replace(b"\n", b" ") or b"{") + b"\n")


def start(path: Path, out: Path) -> subprocess.Popen[bytes]:
    """Begin a backfill, or go on with it."""
    command = [sys.executable, "-m", "worker", "backfill", str(path), "--out", str(out), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})


def finish(process: subprocess.Popen[bytes]) -> tuple[dict[str, Any], float]:
    """The summary, and the processor time that all processes of it took, in seconds."""
    assert process.stdout is not None
    summary = json.loads(process.stdout.read())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return summary, usage.ru_utime + usage.ru_stime


def identifiers(path: Path) -> list[str]:
    """The identifiers of all events in a file."""
    return [it.value.id for it in records(path, StatusChanged)]


def main() -> None:
    """Measure, and print what came of it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    articles = parser.parse_args().articles
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="bench-") as scratch:
        path, whole, out = (Path(scratch, name) for name in ("articles.jsonl.zst", "whole.avro", "killed.avro"))
        write(path, articles)
        began = time.perf_counter()
        summary, processor = finish(start(path, whole))
        seconds = time.perf_counter() - began
        killed = start(path, out)
        time.sleep(seconds / 2)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        resumed, _ = finish(start(path, out))
        same = identifiers(out) == identifiers(whole)
        print(
            json.dumps(
                {
                    "articles": summary["articles"],
                    "events": summary["events"],
                    "dead_letters": summary["dead_letters"],
                    "seconds": round(seconds, 1),
                    "articles_per_second": round(articles / seconds),
                    "cores_busy": round(processor / seconds, 2),
                    "cores": len(os.sched_getaffinity(0)),
                    "killed_and_resumed": resumed["resumed"],
                    "same_events": same,
                },
                indent=2,
            )
        )
    sys.exit(0 if same and resumed["resumed"] else 1)


if __name__ == "__main__":
    main()
