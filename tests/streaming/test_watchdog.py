import subprocess
import sys
import time

import pytest

from worker.streaming.exits import Exit
from worker.streaming.watchdog import Watchdog


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def barks() -> list[str]:
    return []


@pytest.fixture
def watchdog(hand: Hand, barks: list[str]) -> Watchdog:
    return Watchdog(60, expired=lambda what, _: barks.append(what), clock=hand)


def test_quiet_within_a_deadline(watchdog: Watchdog, hand: Hand, barks: list[str]) -> None:
    with watchdog.deadline("commit", 5):
        hand.now += 5
        watchdog.check()
    assert barks == []


def test_barks_when_a_deadline_passes(watchdog: Watchdog, hand: Hand, barks: list[str]) -> None:
    with watchdog.deadline("commit", 5):
        hand.now += 5.1
        watchdog.check()
    assert barks == ["commit"]


def test_a_deadline_ends_with_its_block(watchdog: Watchdog, hand: Hand, barks: list[str]) -> None:
    with pytest.raises(KeyError), watchdog.deadline("commit", 5):
        raise KeyError
    hand.now += 50
    watchdog.check()
    assert barks == []


def test_an_inner_deadline_stands_in_for_the_outer(watchdog: Watchdog, hand: Hand, barks: list[str]) -> None:
    with watchdog.deadline("outer", 5):
        with watchdog.deadline("inner", 20):
            hand.now += 10
            watchdog.check()
        assert barks == []
        watchdog.check()
    assert barks == ["outer"]


def test_barks_when_there_is_no_progress(watchdog: Watchdog, hand: Hand, barks: list[str]) -> None:
    hand.now += 59
    watchdog.progress()
    hand.now += 60
    watchdog.check()
    assert barks == []
    hand.now += 0.1
    watchdog.check()
    assert barks == ["progress"]


def test_the_process_ends_with_a_stack_dump_and_its_code() -> None:
    code = (
        "import time\n"
        "from worker.streaming.watchdog import Watchdog\n"
        "def waits_for_ever():\n"
        "    time.sleep(60)\n"
        "watchdog = Watchdog(60)\n"
        "watchdog.start()\n"
        "with watchdog.deadline('commit_transaction', 0.2):\n"
        "    waits_for_ever()\n"
    )
    started = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == Exit.STALLED
    assert time.monotonic() - started < 20
    assert "in waits_for_ever" in ended.stderr
    assert "commit_transaction" in ended.stdout
