"""By which code and register `track` decided on what, as its receipts tell."""

from bisect import bisect_right
from collections.abc import Iterable

import worker
from worker.events.receipt import Receipt
from worker.missions.observation import Versions
from worker.missions.register import Register


def present(register: Register) -> Versions:
    """What decides now: the code that runs, and the register that it was given."""
    return Versions(code=worker.__version__, register=register.version)


class Decisions:
    """The receipts of one partition of observations."""

    def __init__(self, receipts: Iterable[Receipt]) -> None:
        self._receipts = sorted(receipts, key=lambda receipt: receipt.first_offset)
        self._firsts = [receipt.first_offset for receipt in self._receipts]
        self.end = max((receipt.next_offset for receipt in self._receipts), default=0)
        """The offset up to which there are receipts, whatever gaps lie between."""

    def on(self, offset: int) -> Versions | None:
        """What decided on the observation at an offset; None where no receipt covers it."""
        nth = bisect_right(self._firsts, offset) - 1
        if nth < 0 or offset >= self._receipts[nth].next_offset:
            return None
        return self._receipts[nth].versions
