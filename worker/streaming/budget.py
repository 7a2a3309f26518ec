"""A bound on the processor time that one article may take, kept by the operating system's timer."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_CHECK_AGAIN_SECONDS: Final = 0.05


class BudgetExceeded(BaseException):
    """The body took more processor time than it was given."""


class Budget:
    """Interrupts its body when that has used more than `seconds` of processor time.

    The signal reaches Python code between two instructions and a regular expression in the midst of its backtracking.
    It is processor time and not the clock's, so that the same article has the same outcome on a machine that is busy
    with other things. Only the main thread can have one, and only one at a time.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._armed = False
        signal.signal(signal.SIGVTALRM, self._expired)

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Bound the body. Raises BudgetExceeded in it."""
        self._armed = True
        # Again and again, in case the first signal comes where Python cannot raise: in a destructor, say.
        signal.setitimer(signal.ITIMER_VIRTUAL, self._seconds, _CHECK_AGAIN_SECONDS)
        try:
            yield
        finally:
            # First of all: a signal that is already on its way must not raise outside.
            self._armed = False
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def _expired(self, _number: int, _frame: FrameType | None) -> None:
        if self._armed:
            self._armed = False
            raise BudgetExceeded
