"""A limit on how often the same message is let through; what is held back is counted, not forgotten."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Final, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

MAX_KEYS: Final = 1_000
"""Messages that are told apart; the one that was quiet longest is forgotten first."""


@dataclass(slots=True)
class _Window:
    start: float
    passed: int = 0
    suppressed: int = 0


class RateLimiter(Generic[Key]):
    """Lets `limit` occurrences of a key pass in each window of `seconds`.

    A window begins with its first occurrence. `clock` gives seconds.
    """

    def __init__(self, limit: int, seconds: float = 60.0, clock: Callable[[], float] = monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._windows: OrderedDict[Key, _Window] = OrderedDict()

    def admit(self, key: Key) -> int | None:
        """How many of the key were held back since the last that passed, or None when this one is held back too."""
        now = self._clock()
        window = self._windows.get(key)
        if window is None:
            if len(self._windows) >= MAX_KEYS:
                self._windows.popitem(last=False)
            window = self._windows[key] = _Window(now)
        self._windows.move_to_end(key)
        held_back = 0
        if now - window.start >= self._seconds:
            held_back = window.suppressed
            window.start, window.passed, window.suppressed = now, 0, 0
        if window.passed >= self._limit:
            window.suppressed += 1
            return None
        window.passed += 1
        return held_back

    def overdue(self) -> list[tuple[Key, int]]:
        """Keys with something held back whose window is over, and how much; each is told once."""
        now = self._clock()
        over = [
            (key, window.suppressed)
            for key, window in self._windows.items()
            if window.suppressed and now - window.start >= self._seconds
        ]
        for key, _ in over:
            del self._windows[key]
        return over
