import re
import signal
import time
from contextlib import suppress

import pytest

from worker.streaming.budget import Budget, BudgetExceeded


@pytest.fixture
def budget() -> Budget:
    return Budget(0.1)


def test_leaves_alone_what_is_quick(budget: Budget) -> None:
    with budget():
        result = sum(range(1000))
    assert result == 499_500
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_ends_a_loop(budget: Budget) -> None:
    with pytest.raises(BudgetExceeded), budget():
        while True:
            pass


def test_ends_a_regular_expression_that_backtracks(budget: Budget) -> None:
    with pytest.raises(BudgetExceeded), budget():
        re.match(r"(a+)+$", "a" * 40 + "b")


def test_is_not_caught_by_code_that_catches_errors(budget: Budget) -> None:
    with pytest.raises(BudgetExceeded), budget():
        while True:
            with suppress(Exception):  # what a careless extractor would do
                sum(range(1000))


def test_counts_processor_time_not_the_clock(budget: Budget) -> None:
    with budget():
        time.sleep(0.3)


def test_can_be_used_again_after_it_was_exceeded(budget: Budget) -> None:
    for _ in range(3):
        with pytest.raises(BudgetExceeded), budget():
            while True:
                pass
    with budget():
        pass


def test_a_signal_that_comes_late_is_ignored(budget: Budget) -> None:
    with budget():
        pass
    signal.raise_signal(signal.SIGVTALRM)
