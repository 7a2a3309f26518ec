"""Measuring: processor time on one core, quantiles, and memory and start-up in processes of their own."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

_RUNS: Final = 5
_PROBE: Final = """
import os, time
{code}
pages = int(open("/proc/self/statm").read().split()[1])
print(time.process_time(), pages * os.sysconf("SC_PAGE_SIZE"))
"""


def pin() -> int:
    """Keep this process and its children to one core, the last that it may use; its number."""
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def each(work: Callable[[T], object], items: Sequence[T]) -> list[float]:
    """Processor seconds that each item takes: the median of a few runs, since others use the machine too."""
    runs = []
    for _ in range(_RUNS):
        run = []
        for item in items:
            start = time.thread_time()
            work(item)
            run.append(time.thread_time() - start)
        runs.append(run)
    return [statistics.median(times) for times in zip(*runs, strict=True)]


def mean(work: Callable[[T], object], items: Sequence[T]) -> float:
    """Processor seconds an item takes on average: the median of a few runs over all of them."""
    runs = []
    for _ in range(_RUNS):
        start = time.thread_time()
        for item in items:
            work(item)
        runs.append((time.thread_time() - start) / len(items))
    return statistics.median(runs)


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def probe(code: str) -> tuple[float, int]:
    """Processor seconds of a fresh interpreter that runs code, and its resident bytes at the end; medians."""
    runs = []
    for _ in range(_RUNS):
        done = subprocess.run(
            [sys.executable, "-c", _PROBE.format(code=code)], check=True, capture_output=True, text=True
        )
        seconds, resident = done.stdout.split()
        runs.append((float(seconds), int(resident)))
    return statistics.median(run[0] for run in runs), int(statistics.median(run[1] for run in runs))
