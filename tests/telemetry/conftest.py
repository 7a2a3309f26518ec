import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
import structlog

from worker.settings import Logs
from worker.telemetry import logs


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


class Stream(io.TextIOWrapper):
    """A stream in memory, a terminal or not."""

    def __init__(self, *, terminal: bool = False) -> None:
        self.bytes = io.BytesIO()
        self._terminal = terminal
        super().__init__(self.bytes, encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        return self._terminal

    @property
    def text(self) -> str:
        return self.bytes.getvalue().decode()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [orjson.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def configure(clock: Clock) -> Iterator[Callable[..., Stream]]:
    """Configures logging as a process does, into memory; everything is as before afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []  # `basicConfig(force=True)` would close those of pytest

    def into(*, terminal: bool = False, context: dict[str, str] | None = None, **options: Any) -> Stream:
        stream = Stream(terminal=terminal)
        on_suppressed = options.pop("on_suppressed", None)
        logs.configure(
            Logs.model_validate(options), stream=stream, clock=clock, on_suppressed=on_suppressed, **(context or {})
        )
        return stream

    yield into
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    root.handlers, root.level = handlers, level
