"""Whether a worker process lives and is ready, judged by its progress.

That a loop turns proves nothing: the Kafka client can turn without ever fetching again. So a process lives while its
loop turns *and* it gets on: its position moves, or it is at the end of its input. Whether a broker answers is not
asked: restarting every worker helps no broker.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """Health at a moment; `faults` says, in a few words each, what is missing."""

    live: bool
    ready: bool
    faults: tuple[str, ...] = ()


class Health:
    """Is told what the loop does; may be asked from another thread.

    A process starts live and not ready. `limit` is how many seconds the loop may take for a turn, and how long it may
    have input without progress; `clock` gives seconds.
    """

    def __init__(self, limit: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._turned = self._progressed = clock()
        self._behind = False
        self._assigned = self._restored = self._producing = False
        self._refusal: str | None = None

    def turned(self) -> None:
        """The loop came round."""
        self._turned = self._clock()

    def progressed(self) -> None:
        """The position moved: a transaction was committed, or restoring went on."""
        self._progressed = self._clock()

    def lagged(self, records: int) -> None:
        """So many records wait. With none, the process is at the end, and that is progress."""
        if records == 0:
            self.progressed()
        elif not self._behind:
            self.progressed()  # it cannot have been late before there was something to do
        self._behind = records > 0

    def assigned(self, *, known: bool) -> None:
        """Whether the group has given this process its partitions; none at all is an assignment too."""
        self._assigned = known

    def restored(self, *, whole: bool) -> None:
        """Whether the state of every assigned partition is restored; true for a stage without state."""
        self._restored = whole

    def producing(self, *, possible: bool) -> None:
        """Whether the transactional producer is initialised."""
        self._producing = possible

    def refuse(self, reason: str | None) -> None:
        """The stage refuses to go on, for people to look at; None when it goes on."""
        self._refusal = reason

    def stalled(self) -> str | None:
        """What has not happened for longer than the limit, or None."""
        now = self._clock()
        if now - self._turned > self._limit:
            return f"the loop has not turned for {now - self._turned:.0f} s"
        if self._behind and now - self._progressed > self._limit:
            return f"there is input, and no progress for {now - self._progressed:.0f} s"
        return None

    def report(self) -> Report:
        """How it stands now."""
        stall = self.stalled()
        missing = [
            what
            for what, there in (
                ("no partitions assigned yet", self._assigned),
                ("state not restored yet", self._restored),
                ("producer not initialised yet", self._producing),
            )
            if not there
        ]
        faults = [fault for fault in (stall, self._refusal, *missing) if fault]
        return Report(live=stall is None, ready=not faults, faults=tuple(faults))


def worst(reports: Iterable[tuple[str, Report | None]]) -> Report:
    """The health of processes together, each given with its name; None is one that does not answer.

    A process that does not answer is not ready; whether to end it is its supervisor's affair, so it does not make the
    whole dead.
    """
    live = ready = True
    faults: list[str] = []
    for name, report in reports:
        if report is None:
            ready = False
            faults.append(f"{name}: does not answer")
        else:
            live, ready = live and report.live, ready and report.ready
            faults.extend(f"{name}: {fault}" for fault in report.faults)
    return Report(live=live, ready=ready, faults=tuple(faults))
