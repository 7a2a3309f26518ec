"""Telling linear from quadratic work without a clock of its own standard: the same work on two sizes, compared."""

import time
from collections.abc import Callable

import pytest

_FACTOR = 10
_MOST = 40
"""Ten times the input may take forty times the work, which is far from the hundred of a quadratic one."""
_NOTHING = 0.02
"""Seconds of processor time below which sizes are not worth comparing."""
_TRIES = 5


def assert_linear(work_of: Callable[[int], Callable[[], object]], size: int) -> None:
    """Fail where ten times a size takes far more than ten times the processor time.

    `work_of` prepares input of a size and returns what is to be measured. Processor time leaves out other processes;
    the best of three runs, and a few tries, leave out what is left of them.
    """
    work_of(min(size, 1_000))()
    for _ in range(_TRIES):
        small, large = _seconds(work_of(size)), _seconds(work_of(_FACTOR * size))
        if large < max(_MOST * small, _NOTHING):
            return
    pytest.fail(f"size {size} took {small:.4f} s of processor time, {_FACTOR} times as much {large:.4f} s")


def _seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best
