"""The supervisor with processes that do as a test says; the real ones are tested on a broker."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from worker.settings import Process
from worker.streaming.exits import Exit
from worker.streaming.supervisor import Child, Supervisor, meaning

REPORTS = """
    import json, os, signal, sys, time
    stage, index, descriptor = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    def report(commits):
        os.write(descriptor, json.dumps({"port": 1000 + index, "commits": commits}).encode() + b"\\n")
"""
OBEDIENT = "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\nreport(1)\nwhile True: time.sleep(0.05)"
STUBBORN = "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nreport(1)\nwhile True: time.sleep(0.05)"

Make = Callable[..., Supervisor]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def make(body: str, **settings: object) -> Supervisor:
        script = tmp_path / "child.py"
        script.write_text(textwrap.dedent(REPORTS) + textwrap.dedent(body))

        def command(stage: str, index: int, descriptor: int) -> Sequence[str]:
            return [sys.executable, str(script), stage, str(index), str(descriptor)]

        defaults: dict[str, object] = {
            "instance_id": "test",
            "restart_backoff_seconds": 0.01,
            "grace_period_seconds": 2,
        }
        restarted.clear()
        return Supervisor(
            Process.model_validate(defaults | settings),
            ["extract", "track"],
            command=command,
            restarted=lambda stage, why: restarted.append((stage, why)),
        )

    restarted: list[tuple[str, str]] = []
    make.restarted = restarted  # type: ignore[attr-defined]
    return make


def soon(act: Callable[[], None], when: Callable[[], bool], seconds: float = 10) -> threading.Thread:
    """Do something from another thread, once a condition holds."""

    def run() -> None:
        until = time.monotonic() + seconds
        while not when() and time.monotonic() < until:
            time.sleep(0.02)
        act()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def terminate() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def heard(supervisor: Supervisor) -> bool:
    return all(child.report is not None for child in supervisor.children)


def test_every_stage_has_its_processes_with_names_that_last(make: Make) -> None:
    supervisor = make(OBEDIENT, processes=2)
    assert [child.name for child in supervisor.children] == [
        "test-extract-0",
        "test-extract-1",
        "test-track-0",
        "test-track-1",
    ]


def test_a_signal_ends_all_processes_and_then_the_supervisor(make: Make) -> None:
    supervisor = make(OBEDIENT)
    before = signal.getsignal(signal.SIGTERM)
    thread = soon(terminate, lambda: heard(supervisor))
    assert supervisor.run() is Exit.OK
    thread.join()
    assert not any(child.running for child in supervisor.children)
    assert signal.getsignal(signal.SIGTERM) is before


def test_reports_are_heard(make: Make) -> None:
    supervisor = make(OBEDIENT, processes=2)
    ports: list[int] = []

    def note() -> None:
        ports.extend(child.report.port for child in supervisor.children if child.report)
        terminate()

    thread = soon(note, lambda: heard(supervisor))
    supervisor.run()
    thread.join()
    assert ports == [1000, 1001, 1000, 1001]


def test_a_process_that_ends_is_started_again(make: Make, tmp_path: Path) -> None:
    marker = tmp_path / "been"
    body = f"""
        if stage == "track" and not os.path.exists({str(marker)!r}):
            open({str(marker)!r}, "w").close()
            report(1)
            sys.exit(75)
    """
    supervisor = make(textwrap.dedent(body) + OBEDIENT)
    # Heard of again: what the first of the two processes reported is forgotten when it ends.
    thread = soon(terminate, lambda: bool(make.restarted) and heard(supervisor))  # type: ignore[attr-defined]
    assert supervisor.run() is Exit.OK
    thread.join()
    assert ("track", "stalled") in make.restarted  # type: ignore[attr-defined]


def test_what_no_restart_can_mend_ends_everything(make: Make) -> None:
    body = "time.sleep(0.2)\nif stage == 'track': sys.exit(78)\n"
    assert make(body + OBEDIENT).run() is Exit.CONFIG


def test_it_gives_up_after_restarts_without_progress(make: Make) -> None:
    body = "report(0)\nif stage == 'track': sys.exit(70)\n"
    assert make(body + OBEDIENT, restart_limit=3).run() is Exit.SOFTWARE
    assert make.restarted == [("track", "software")] * 3  # type: ignore[attr-defined]


def test_it_does_not_while_there_is_progress(make: Make, tmp_path: Path) -> None:
    counter = tmp_path / "count"
    body = f"""
        report(5)
        if stage == "track":
            with open({str(counter)!r}, "a") as file: file.write("x")
            if os.path.getsize({str(counter)!r}) < 6: sys.exit(70)
    """
    supervisor = make(textwrap.dedent(body) + OBEDIENT, restart_limit=2)
    thread = soon(terminate, lambda: counter.exists() and counter.stat().st_size == 6 and heard(supervisor))
    assert supervisor.run() is Exit.OK
    thread.join()


def test_a_process_that_does_not_stop_is_killed_when_the_grace_period_is_over(make: Make) -> None:
    supervisor = make(STUBBORN, grace_period_seconds=0.5)
    thread = soon(terminate, lambda: heard(supervisor))
    assert supervisor.run() is Exit.KILLED
    thread.join()


def test_a_second_signal_ends_it_at_once(make: Make) -> None:
    supervisor = make(STUBBORN, grace_period_seconds=60)

    def twice() -> None:
        terminate()
        time.sleep(0.5)
        terminate()

    thread = soon(twice, lambda: heard(supervisor))
    began = time.monotonic()
    assert supervisor.run() is Exit.KILLED
    thread.join()
    assert time.monotonic() - began < 15


def test_a_process_that_falls_silent_shows_its_stacks_and_is_replaced(
    make: Make, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("worker.streaming.supervisor._SILENCE_SECONDS", 0.6)
    marker = tmp_path / "been"
    body = f"""
        import faulthandler, re
        faulthandler.enable()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        report(0)
        def hangs(): time.sleep(60)
        if stage == "track" and not os.path.exists({str(marker)!r}):
            open({str(marker)!r}, "w").close()
            hangs()
        while True:
            report(1)
            time.sleep(0.05)
    """
    supervisor = make(body)
    thread = soon(terminate, lambda: ("track", "SIGABRT") in make.restarted and heard(supervisor))  # type: ignore[attr-defined]
    assert supervisor.run() is Exit.OK
    thread.join()
    assert "in hangs" in capfd.readouterr().err


def test_children_end_with_their_supervisor() -> None:
    """Standard input of the real worker process is what holds it to its supervisor."""
    read_end, write_end = os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-m", "worker.streaming.child", "track", "0", str(write_end)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[write_end],
        env=os.environ | {"KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1", "KAFKA_REQUEST_TIMEOUT_MS": "8000"},
    )
    os.close(write_end)
    assert os.read(read_end, 10) != b""  # it is up and reports
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=10) == Exit.ORPHANED
    os.close(read_end)


@pytest.mark.parametrize(
    ("code", "words"), [(0, "ok"), (75, "stalled"), (137, "killed"), (134, "SIGABRT"), (3, "unknown")]
)
def test_exit_codes_in_words(code: int, words: str) -> None:
    assert meaning(code) == words


def test_the_wait_before_a_restart_grows_and_is_bounded() -> None:
    settings = Process(restart_backoff_seconds=0.5, restart_backoff_max_seconds=4)
    child = Child("track", 0, settings, lambda *_: [])
    waits = []
    for child.restarts in range(40):
        waits.append(child.backoff)
    assert waits[:5] == [0.5, 1, 2, 4, 4]
    assert waits[-1] == 4
