"""Deadlines for calls that have none, and for progress.

kafka-python waits without a timeout in `commit_transaction`, `abort_transaction` and `send_offsets_to_transaction`,
and can turn for ever in `poll` without fetching. A thread that waits there cannot be freed, so the only cure is a
new process: the transaction makes that safe.
"""

import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import structlog

from worker.streaming.exits import Exit

_log = structlog.get_logger(__name__)
_INTERVAL: Final = 0.25


def end_process(what: str, seconds: float) -> None:
    """Log what hung and for how long, dump every thread's stack to stderr and end the process. Never returns."""
    _log.critical("worker.stalled", waiting_for=what, seconds=round(seconds, 1), exit_code=Exit.STALLED.value)
    sys.stdout.flush()
    faulthandler.dump_traceback(file=sys.stderr, all_threads=True)
    sys.stderr.flush()
    os._exit(Exit.STALLED)


class Watchdog:
    """Watches one thread from another: at most one deadline at a time, and the time since the last progress.

    `progress_seconds` is how long there may be no progress; `expired` is called with what was waited for and for how
    many seconds, and by default ends the process.
    """

    def __init__(
        self,
        progress_seconds: float,
        *,
        expired: Callable[[str, float], None] = end_process,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._progress_seconds = progress_seconds
        self._expired = expired
        self._clock = clock
        self._progressed = clock()
        self._deadline: tuple[str, float, float] | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch; the time to the first progress counts from now."""
        self.progress()
        self._thread.start()

    def stop(self) -> None:
        """Watch no more."""
        self._stop.set()

    def progress(self) -> None:
        """Say that work was committed, or that there is none."""
        self._progressed = self._clock()

    @property
    def seconds_without_progress(self) -> float:
        """Seconds since the last progress."""
        return self._clock() - self._progressed

    @contextmanager
    def deadline(self, what: str, seconds: float) -> Iterator[None]:
        """The body must end within this many seconds. An inner deadline stands in for the outer one."""
        outer = self._deadline
        self._deadline = (what, self._clock(), seconds)
        try:
            yield
        finally:
            self._deadline = outer

    def check(self) -> None:
        """Look once."""
        now = self._clock()
        deadline = self._deadline
        if deadline is not None and now - deadline[1] > deadline[2]:
            self._expired(deadline[0], now - deadline[1])
        elif now - self._progressed > self._progress_seconds:
            self._expired("progress", now - self._progressed)

    def _watch(self) -> None:
        while not self._stop.wait(_INTERVAL):
            self.check()
