"""Ctrl-C and SIGTERM as a question that a job asks when it suits it."""

import signal
from types import FrameType


class Interrupt:
    """Whether somebody asked this process to end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._signalled)

    def _signalled(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
