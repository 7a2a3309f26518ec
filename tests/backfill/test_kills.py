"""`backfill` as its users run it, killed again and again: nothing double, nothing lost, no process left behind."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.integration.service import Newsroom
from worker.events.container import records
from worker.missions.event import StatusChanged
from worker.missions.register import Register
from worker.missions.timeline import Timeline

ARTICLES = 16_000


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "worker", "backfill", *map(str, arguments)]


def children(pid: int) -> list[int]:
    listed = (task.read_text().split() for task in Path(f"/proc/{pid}/task").glob("*/children"))
    return [int(child) for group in listed for child in group]


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_a_backfill_that_is_killed_over_and_over_ends_with_every_event_once(tmp_path: Path) -> None:
    names = [mission.name for mission in Register.load().by_slug.values()]
    room = Newsroom(names, seed=7)
    lines = tmp_path / "articles.jsonl"
    with lines.open("wb") as file:
        for number in range(ARTICLES):
            file.write((room.article(number).replace(b"\n", b" ") or b"{") + b"\n")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    whole = subprocess.run(
        command(lines, "--out", tmp_path / "whole.avro", "--json"), env=environment, capture_output=True, check=True
    )
    die, kills, out, checkpoint = (
        random.Random(3),
        0,
        tmp_path / "out.avro",
        tmp_path / "out.avro.partial/checkpoint.json",
    )
    orphans: list[int] = []
    while kills < 5:
        process = subprocess.Popen(command(lines, "--out", out), env=environment, stderr=subprocess.DEVNULL)
        seen = checkpoint.stat().st_mtime_ns if checkpoint.exists() else 0
        until = time.monotonic() + 60
        # Each run gets as far as one more checkpoint, and a random while beyond.
        while process.poll() is None and time.monotonic() < until:
            if checkpoint.exists() and checkpoint.stat().st_mtime_ns != seen:
                break
            time.sleep(0.01)
        time.sleep(die.random() * 0.2)
        orphans += children(process.pid) if process.poll() is None else []
        process.send_signal(signal.SIGKILL)
        if process.wait() == 0:
            break
        kills += 1
    assert kills >= 2, "it was over before it could be killed"
    if not out.exists():
        subprocess.run(command(lines, "--out", out), env=environment, check=True, stderr=subprocess.DEVNULL)
    ours, theirs = (list(records(path, StatusChanged)) for path in (out, tmp_path / "whole.avro"))
    assert ours == theirs
    assert len({it.value.id for it in ours}) == len(ours) == json.loads(whole.stdout)["events"] > 50
    assert list(records(tmp_path / "out.status.avro", Timeline)) == list(
        records(tmp_path / "whole.status.avro", Timeline)
    )
    until = time.monotonic() + 10
    while any(map(running, orphans)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [pid for pid in orphans if running(pid)], "a process outlived its parent"
