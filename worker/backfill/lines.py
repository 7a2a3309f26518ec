"""Messages as lines of a file: JSON lines, each one raw article."""

from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

import msgspec


class Line(NamedTuple):
    """A line without its end; `whole` unless it is longer than may be read, `ended` unless the file ends with it."""

    value: bytes
    whole: bool
    ended: bool


class _Raw(msgspec.Struct, frozen=True):
    """A line that holds a raw message as text, as `extract --jsonl` takes it, rather than being one."""

    raw: str
    text: msgspec.UnsetType | str | None = msgspec.UNSET
    html: msgspec.UnsetType | str | None = msgspec.UNSET


_RAW: Final = msgspec.json.Decoder(_Raw)


def lines(content: BinaryIO, longest: int) -> Iterator[Line]:
    """All lines that are not blank. Of a line longer than `longest` bytes it takes one byte more than that."""
    while line := content.readline(longest + 1):
        whole = len(line) <= longest or line.endswith(b"\n")
        rest = line
        while not rest.endswith(b"\n") and len(rest) > longest:
            rest = content.readline(longest + 1)
        value = line.rstrip(b"\r\n")
        if value.strip():
            yield Line(value, whole, rest.endswith(b"\n"))


def unwrapped(line: bytes) -> bytes:
    """The raw message in a line `{"id", "raw"}`; any other line is a message itself."""
    if b'"raw"' not in line:
        return line
    try:
        given = _RAW.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return line
    return line if given.text or given.html else given.raw.encode("utf-8", "replace")
