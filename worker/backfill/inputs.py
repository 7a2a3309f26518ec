"""The files to read, in a fixed order."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple


class Input(NamedTuple):
    """A file: its name as it was given, its size in bytes, and when it was changed last (Unix time in nanoseconds)."""

    name: str
    size: int
    changed_ns: int


def files(path: Path) -> Iterator[Path]:
    """A file itself; of a folder all files in it and below, hidden ones apart, in the order of their names."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def inputs(paths: Sequence[str]) -> tuple[Input, ...]:
    """All files that the paths name, each once. Raises OSError for one that cannot be looked at."""
    found: dict[str, Input] = {}
    for path in paths:
        for file in files(Path(path)):
            stat = file.stat()
            found.setdefault(str(file), Input(str(file), stat.st_size, stat.st_mtime_ns))
    return tuple(found.values())


def identity(given: Iterable[Input], *more: str) -> str:
    """A short hash of the files, of when they were changed, and of what else decides on the outcome."""
    digest = hashlib.blake2b(digest_size=8)
    for each in given:
        digest.update(f"{each.name}\0{each.size}\0{each.changed_ns}\0".encode("utf-8", "surrogateescape"))
    for text in more:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()
