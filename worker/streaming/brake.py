"""The brake on dead letters: a flood of them is the worker's fault or the feed's, and stops the worker."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from worker.settings import DeadLetters
from worker.streaming.stage import BrakedError


class _Count(NamedTuple):
    records: int
    dead: int


class Brake:
    """Counts dead letters over committed batches, and judges the next batch before it is committed.

    A batch that is refused has no effect, so its records are there when somebody has mended the cause.
    """

    def __init__(self, limits: DeadLetters) -> None:
        self._limits = limits
        self._runs: dict[int, int] = {}
        self._window: deque[_Count] = deque()
        self._next: tuple[dict[int, int], _Count] = ({}, _Count(0, 0))

    def judge(self, batch: Mapping[int, Sequence[bool]]) -> None:
        """Look at which records of each partition are dead letters. Raises BrakedError when they are too many."""
        runs = {number: _run(self._runs.get(number, 0), dead) for number, dead in batch.items()}
        limit = self._limits.consecutive_limit
        for number, (longest, _) in runs.items():
            if limit and longest >= limit:
                raise BrakedError(f"{longest} dead letters in a row in partition {number}")
        count = _Count(sum(map(len, batch.values())), sum(map(sum, batch.values())))
        records = sum(past.records for past in self._window) + count.records
        dead = sum(past.dead for past in self._window) + count.dead
        if count.dead and records >= self._limits.ratio_window and dead / records > self._limits.ratio_limit:
            raise BrakedError(f"{dead} dead letters among the last {records} articles")
        self._next = ({number: last for number, (_, last) in runs.items()}, count)

    def committed(self) -> None:
        """The batch judged last is committed."""
        runs, count = self._next
        self._next = ({}, _Count(0, 0))
        self._runs.update(runs)
        self._window.append(count)
        while len(self._window) > 1 and self._in_window() - self._window[0].records >= self._limits.ratio_window:
            self._window.popleft()

    def _in_window(self) -> int:
        return sum(past.records for past in self._window)


def _run(before: int, dead: Sequence[bool]) -> tuple[int, int]:
    """The longest run of dead letters that ends in these records, and the run that they end with."""
    if not any(dead):
        return 0, 0
    longest, run = 0, before
    for is_dead in dead:
        run = run + 1 if is_dead else 0
        longest = max(longest, run)
    return longest, run
