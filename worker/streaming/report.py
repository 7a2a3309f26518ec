"""What a worker process tells its supervisor, once a second, as a line of JSON through a pipe."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import msgspec

INTERVAL_SECONDS: Final = 1.0


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A sign of life: where the process serves its metrics and health on this machine, and its `commits` so far."""

    port: int
    commits: int


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(Report)


def decode(line: bytes) -> Report:
    """Read a line. Raises msgspec.DecodeError for anything else than a report."""
    return _DECODER.decode(line)


class Reporter:
    """Writes `make`'s reports to a file descriptor from a thread of its own, until the process ends.

    A process that cannot report any more, because something holds the interpreter, is one that the supervisor ends.
    """

    def __init__(self, descriptor: int, make: Callable[[], Report]) -> None:
        self._descriptor = descriptor
        self._make = make
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reporter", daemon=True)

    def start(self) -> None:
        """Begin to report."""
        self._thread.start()

    def stop(self) -> None:
        """Report once more, and never again."""
        self._stopped.set()
        self._thread.join(timeout=INTERVAL_SECONDS)

    def _run(self) -> None:
        while True:
            stopped = self._stopped.wait(INTERVAL_SECONDS)
            # A supervisor that is gone is noticed elsewhere.
            with suppress(OSError):
                self._write(_ENCODER.encode(self._make()) + b"\n")
            if stopped:
                return

    def _write(self, line: bytes) -> None:
        while line:
            line = line[os.write(self._descriptor, line) :]
