"""A server's process: started, hurt on purpose, and asked for its last words."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.local.guard import MARK
from deploy.local.tools import ServerError

LAST_LINES = 25


class ServerProcess:
    """One process that serves one port of 127.0.0.1.

    Args:
        name: what it is called in messages.
        command: how to start it.
        folder: its working folder; what it prints goes to ``console.log`` there.
        port: where it serves.
        environment: variables that it has besides ours.
    """

    def __init__(
        self, name: str, command: list[str], folder: Path, port: int, environment: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.command = command
        self.folder = folder
        self.port = port
        self._environment = {**os.environ, **(environment or {}), MARK: str(folder)}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        """Whether its process runs (or is frozen)."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process; returns at once, and does nothing while it runs."""
        if self.alive:
            return
        with (self.folder / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=self._environment,
                start_new_session=True,  # an interrupt is for whoever runs the server
            )

    def kill(self) -> None:
        """``kill -9``, and wait until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self, timeout_s: float) -> int:
        """Ask it to end (``SIGTERM``) and return its exit code; it is killed when the time is up.

        Raises:
            ServerError: it was never started.
        """
        process = self._started()
        process.terminate()
        try:
            return process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process.

        Raises:
            ServerError: it was never started.
        """
        self._started().send_signal(number)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise ServerError(f"{self.name} was never started")
        return self._process

    def listening(self) -> bool:
        """Whether its port accepts a connection."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=0.5).close()
        except OSError:
            return False
        return True

    def check_alive(self) -> None:
        """Raise ``ServerError`` with what it said last when the process has ended."""
        if not self.alive:
            code = self._process.returncode if self._process else None
            raise ServerError(f"{self.name} ended with {code}:\n{self.last_words()}")

    def last_words(self) -> str:
        """Return the last lines that it printed."""
        log = self.folder / "console.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-LAST_LINES:]) if log.exists() else ""


def wait_until(ready: Callable[[], bool], processes: list[ServerProcess], timeout_s: float) -> None:
    """Wait until the servers are ready.

    Raises:
        ServerError: one of them ended, or the time is up; their last words are in the message.
    """
    deadline = time.monotonic() + timeout_s
    while not ready():
        for process in processes:
            process.check_alive()
        if time.monotonic() > deadline:
            words = "\n".join(f"{process.name}: {process.last_words()}" for process in processes)
            raise ServerError(f"not ready after {timeout_s:.0f} s:\n{words}")
        time.sleep(0.1)
