"""How far a backfill has come: the one file that a run which was killed is resumed from."""

import os
from pathlib import Path
from typing import Self

import msgspec


class Checkpoint(msgspec.Struct, kw_only=True):
    """All that is known to be on the disk.

    `identity` names the inputs and whatever else decides on the outcome; `started_ms` is when the backfill began, Unix
    time in milliseconds, which its events have for `recorded_at`. `file` and `number` are the next message: the index
    of its file among the inputs, and its number there. `lengths` has the length of each container file in bytes,
    `broken` what is wrong with files that could not be read to their end. `complete` once all is read.
    """

    identity: str
    started_ms: int
    file: int = 0
    number: int = 0
    bytes_read: int = 0
    lengths: dict[str, int] = {}
    articles: int = 0
    outcomes: dict[str, int] = {}
    dead_letters: dict[str, int] = {}
    observations: int = 0
    events: int = 0
    subjects: int = 0
    broken: dict[str, str] = {}
    seconds: float = 0.0
    complete: bool = False

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """The checkpoint in a file, None where there is none. Raises ValueError where it is malformed."""
        try:
            return msgspec.json.decode(path.read_bytes(), type=cls)
        except FileNotFoundError:
            return None

    def save(self, path: Path) -> None:
        """Put it on the disk, all of it or nothing: whatever is killed when, there is a whole one."""
        fresh = path.with_suffix(".new")
        with fresh.open("wb") as file:
            file.write(msgspec.json.encode(self))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Put on the disk which files a folder has."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
