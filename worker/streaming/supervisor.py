"""The supervisor: starts the worker processes, starts them again when they end, and ends when they cannot go on.

It holds no connection to the cluster and does no work, so that whatever can hang or crash is in a process that it can
end. Since every batch is a transaction, ending a process at any moment is safe.
"""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from types import FrameType
from typing import Final

import msgspec
import structlog

from worker.settings import Process
from worker.streaming.exits import Exit
from worker.streaming.report import Report, decode

_log = structlog.get_logger(__name__)
_TICK_SECONDS: Final = 0.1
_SILENCE_SECONDS: Final = 20.0
_DUMP_SECONDS: Final = 2.0

Command = Callable[[str, int, int], Sequence[str]]
"""The command that starts a worker process of a stage: its name, its index, and the descriptor for its reports."""


def worker_command(stage: str, index: int, descriptor: int) -> Sequence[str]:
    """The command for the real thing."""
    return [sys.executable, "-m", "worker.streaming.child", stage, str(index), str(descriptor)]


class Child:
    """One worker process after another, under one name.

    `report` is the last of the process that runs now; None until its first, and while none runs.
    """

    def __init__(self, stage: str, index: int, settings: Process, command: Command) -> None:
        self._command = command
        self.stage = stage
        self.index = index
        self.name = settings.member(stage, index)
        self.report: Report | None = None
        self.restarts = 0
        """How often it was started again since it last made progress."""
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe = -1
        self._buffer = b""
        self._start_at = 0.0
        self._heard_at = 0.0
        self._abort_at = 0.0

    @property
    def running(self) -> bool:
        """Whether a process runs."""
        return self._process is not None

    @property
    def backoff(self) -> float:
        """Seconds to wait before the next start."""
        wait = self._settings.restart_backoff_seconds * 2.0 ** min(self.restarts, 32)
        return min(wait, self._settings.restart_backoff_max_seconds)

    def start(self, selector: selectors.BaseSelector) -> None:
        """Start a process, unless one runs or it is too early for the next."""
        if self._process is not None or time.monotonic() < self._start_at:
            return
        self._pipe, write_end = os.pipe()
        os.set_blocking(self._pipe, False)
        # Its standard input is never written to: its end tells the child that nobody is left to supervise it. In a
        # session of its own an interrupt from the terminal does not reach it, which is for the supervisor to pass on.
        self._process = subprocess.Popen(  # noqa: S603 - the command is our own
            self._command(self.stage, self.index, write_end),
            stdin=subprocess.PIPE,
            pass_fds=[write_end],
            start_new_session=True,
        )
        os.close(write_end)
        self._buffer, self._heard_at, self._abort_at = b"", time.monotonic(), 0.0
        selector.register(self._pipe, selectors.EVENT_READ, self)
        _log.info("process.started", process=self.name, pid=self._process.pid, restarts=self.restarts)

    def hear(self) -> None:
        """Take in what the process reports."""
        try:
            chunk = os.read(self._pipe, 1 << 20)
        except BlockingIOError:
            return
        *lines, self._buffer = (self._buffer + chunk).split(b"\n")
        for line in lines:
            try:
                report = decode(line)
            except msgspec.DecodeError:
                continue  # it died in the middle of a line
            if report.commits:
                self.restarts = 0
            self.report, self._heard_at = report, time.monotonic()

    def reap(self, selector: selectors.BaseSelector) -> int | None:
        """The exit code of the process if it has just ended, as a shell gives it."""
        if self._process is None or (code := self._process.poll()) is None:
            return None
        self.hear()
        selector.unregister(self._pipe)
        os.close(self._pipe)
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process, self.report = None, None
        self._start_at = time.monotonic() + self.backoff
        self.restarts += 1
        return code if code >= 0 else 128 - code

    def check_silence(self) -> None:
        """End a process that has stopped to report: it dumps its stacks if it can, and is killed."""
        now = time.monotonic()
        if self._process is None or now - self._heard_at < _SILENCE_SECONDS:
            return
        if not self._abort_at:
            _log.error("process.silent", process=self.name, seconds=round(now - self._heard_at, 1))
            self._abort_at = now
            self.signal(signal.SIGABRT)
        elif now - self._abort_at > _DUMP_SECONDS:
            self.signal(signal.SIGKILL)

    def signal(self, number: signal.Signals) -> None:
        """Send the process a signal."""
        if self._process is not None:
            self._process.send_signal(number)


class Supervisor:
    """Keeps `settings.processes` worker processes of each stage running. To be run in the main thread.

    `changed` is called when a process has been heard of or has ended, `restarted` with a stage and the meaning of the
    exit code when a process of it has to be started again.
    """

    def __init__(
        self,
        settings: Process,
        stages: Iterable[str],
        *,
        command: Command = worker_command,
        changed: Callable[[], None] = lambda: None,
        restarted: Callable[[str, str], None] = lambda _stage, _exit: None,
    ) -> None:
        self._settings = settings
        self._changed = changed
        self._restarted = restarted
        self.children = tuple(
            Child(stage, index, settings, command) for stage in stages for index in range(settings.processes)
        )
        self._selector = selectors.DefaultSelector()
        self._signals = 0
        self._wake_read, self._wake_write = os.pipe()
        self._result: Exit = Exit.OK
        self._stop_by = 0.0

    def run(self) -> Exit:
        """Run until told to stop by SIGTERM or SIGINT, or until a process ends in a way that a new one cannot mend."""
        os.set_blocking(self._wake_write, False)
        self._selector.register(self._wake_read, selectors.EVENT_READ)
        before = {number: signal.signal(number, self._signalled) for number in (signal.SIGTERM, signal.SIGINT)}
        signal.set_wakeup_fd(self._wake_write)
        try:
            while not self._stop_by or any(child.running for child in self.children):
                self._turn()
        finally:
            self._kill()
            signal.set_wakeup_fd(-1)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._selector.close()
            os.close(self._wake_read)
            os.close(self._wake_write)
        _log.info("supervisor.stopped", exit_code=self._result.value)
        return self._result

    def _turn(self) -> None:
        if not self._stop_by:
            for child in self.children:
                child.start(self._selector)
        for key, _ in self._selector.select(_TICK_SECONDS):
            if isinstance(key.data, Child):
                key.data.hear()
                self._changed()
            else:
                os.read(self._wake_read, 64)
        for child in self.children:
            child.check_silence()
            code = child.reap(self._selector)
            if code is not None:
                self._ended(child, code)
        if self._signals and not self._stop_by:
            self._stop("signal")
        if self._stop_by and (self._signals > 1 or time.monotonic() > self._stop_by):
            self._kill()

    def _ended(self, child: Child, code: int) -> None:
        self._changed()
        stopping = bool(self._stop_by)
        tell = _log.info if stopping and code == Exit.OK else _log.error
        tell("process.ended", process=child.name, exit_code=code, meaning=meaning(code))
        if stopping:
            if code != Exit.OK and self._result is Exit.OK:
                self._result = Exit.KILLED
        elif code in list(Exit) and not Exit(code).restartable:
            self._result = Exit(code)
            self._stop("a new process cannot mend it")
        elif self._settings.restart_limit and child.restarts > self._settings.restart_limit:
            self._result = Exit(code) if code in list(Exit) else Exit.SOFTWARE
            self._stop("too many restarts without progress")
        else:
            self._restarted(child.stage, meaning(code))

    def _stop(self, why: str) -> None:
        _log.info("supervisor.stopping", why=why, grace_seconds=self._settings.grace_period_seconds)
        self._stop_by = time.monotonic() + self._settings.grace_period_seconds
        for child in self.children:
            child.signal(signal.SIGTERM)

    def _kill(self) -> None:
        for child in self.children:
            child.signal(signal.SIGKILL)

    def _signalled(self, _number: int, _frame: FrameType | None) -> None:
        self._signals += 1


def meaning(code: int) -> str:
    """An exit code in words."""
    if code in list(Exit):
        return Exit(code).name.lower()
    return signal.Signals(code - 128).name if 128 < code < 128 + signal.NSIG else "unknown"
