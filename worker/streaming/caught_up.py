"""Running a stage of the service until it has taken in what there was."""

import signal
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Final, Self

from worker.settings import Kafka, Process
from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError
from worker.streaming.positions import Positions
from worker.streaming.reading import Log
from worker.streaming.supervisor import Supervisor, worker_command

_LOOK_SECONDS: Final = 0.5
# Their log belongs on standard error here: the output of a command is data.
_ON_STANDARD_ERROR: Final = ("sh", "-c", 'exec "$@" >&2', "sh")


class Backlog:
    """What a group has not committed of what a topic held when this was made. A context manager; raises KafkaError."""

    def __init__(self, kafka: Kafka, topic: str, group: str) -> None:
        self._topic = topic
        with Log(kafka) as log:
            self._begins, self._ends = log.begins(topic), log.ends(topic)
        self._positions = Positions(kafka, group)
        self.total = sum(self._ends.values()) - sum(self._begins.values())
        """Offsets in all, done or not."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._positions.close()

    def left(self) -> int:
        """Offsets that are not committed yet."""
        done = self._positions.committed(self._topic)
        return sum(max(0, end - max(done.get(number, 0), self._begins[number])) for number, end in self._ends.items())


def run_until_caught_up(
    backlog: Backlog, stage: str, process: Process, environment: Mapping[str, str], tell: Callable[[int, int], None]
) -> None:
    """Run the worker processes of a stage until nothing is left of the backlog. To be called in the main thread.

    They are told `environment` beside our own, and end with this process, however that ends. `tell` is told how many
    offsets of how many are done. Raises KafkaError; FatalError when a process ends in a way that a new one cannot mend,
    and KeyboardInterrupt when a signal came first.
    """
    looked_at = 0.0
    left = backlog.left()

    def look() -> None:
        nonlocal left, looked_at
        if left and time.monotonic() - looked_at > _LOOK_SECONDS:
            left = backlog.left()
            looked_at = time.monotonic()
            tell(backlog.total - left, backlog.total)
            if not left:
                signal.raise_signal(signal.SIGTERM)  # how a supervisor is told to stop

    def command(stage: str, index: int, descriptor: int) -> Sequence[str]:
        told = [f"{name}={value}" for name, value in environment.items()]
        return [*_ON_STANDARD_ERROR, "env", *told, *worker_command(stage, index, descriptor)]

    tell(backlog.total - left, backlog.total)
    if not left:
        return
    ended = Supervisor(process, [stage], command=command, changed=look).run()
    if ended is not Exit.OK:
        raise FatalError(ended, f"{stage} ended with {ended.name.lower()}; its log says why")
    if left:
        raise KeyboardInterrupt
