"""The files of a backfill: the events, what comes beside them, and the folder of one that is not finished."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from worker.backfill.checkpoint import sync_folder

EVENTS: Final = "events"
OBSERVATIONS: Final = "observations"
LETTERS: Final = "dead-letters"
STATES: Final = "status"


class PlaceError(Exception):
    """A backfill cannot begin, or go on, where it was told to; the message says why and what to do."""


class Place:
    """Where the events go, and what lies beside them.

    Of `events.avro` the final states are in `events.status.avro`, the dead letters in `events.dead-letters.avro`, and
    what is not finished in the folder `events.avro.partial`.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.with_name(out.name + ".partial")
        self.checkpoint = self.folder / "checkpoint.json"
        self.finished = {
            EVENTS: out,
            STATES: out.with_name(f"{out.stem}.{STATES}{out.suffix}"),
            LETTERS: out.with_name(f"{out.stem}.{LETTERS}{out.suffix}"),
        }

    def partial(self, kind: str) -> Path:
        """A file in the folder of what is not finished."""
        return self.folder / f"{kind}.avro"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs away from the folder, which is made if need be. Raises PlaceError where one is at it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise PlaceError(f"another backfill is writing {self.out}") from None
            yield

    def publish(self) -> None:
        """Move what is finished to where it belongs. A second call after one that was killed does the rest."""
        # The events last: where they are, everything is.
        for kind in (STATES, LETTERS, EVENTS):
            if self.partial(kind).exists():
                self.partial(kind).replace(self.finished[kind])
        sync_folder(self.out.parent)
        shutil.rmtree(self.folder)

    def discard(self) -> None:
        """Remove what former runs left, finished or not; but not the lock, which this run holds."""
        for path in (*self.finished.values(), *self.folder.glob("*.avro"), *self.folder.glob("checkpoint.*")):
            path.unlink(missing_ok=True)
