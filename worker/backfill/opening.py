"""Files as streams of what is in them: decompressed where their first bytes say that they are compressed."""

import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import zstandard

_GZIP: Final = b"\x1f\x8b"
_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS
_ZSTANDARD: Final = b"\x28\xb5\x2f\xfd"
# A frame may hold 128 KiB for every four of its bytes, so that what is fed at once bounds the memory that it takes.
_FED: Final = 2048


class Opened(NamedTuple):
    """A file as a stream.

    `content` is what it holds, decompressed; it ends where the file is damaged, and `damage` then says how. The
    position of `file` says how much of the file is read.
    """

    content: io.BufferedReader
    file: BinaryIO
    damage: Callable[[], str | None]


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open a file, which may be gzip (RFC 1952) or Zstandard (RFC 8878), of several members or frames."""
    with path.open("rb") as file:
        magic = file.peek(4)[:4]
        if magic.startswith(_GZIP):
            unpacked = _Unpacked(file, lambda: zlib.decompressobj(_GZIP_WINDOW))
        elif magic == _ZSTANDARD:
            unpacked = _Unpacked(file, zstandard.ZstdDecompressor().decompressobj)
        else:
            yield Opened(file, file, lambda: None)
            return
        yield Opened(io.BufferedReader(unpacked), file, lambda: unpacked.damage)


class _Unpacked(io.RawIOBase):
    """The content of a compressed file, member after member, up to its end or to where it is damaged.

    The libraries' own readers will not do: of gzip's, what was read together with the damage is lost, and Zstandard's
    takes a file that was cut off for whole.
    """

    def __init__(self, file: BinaryIO, member: Callable[[], Any]) -> None:
        self._file = file
        self._new_member = member
        self._member = member()
        self._begun = False
        self._content = b""
        self._at = 0
        self.damage: str | None = None

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, at least in part; 0 at the end."""
        while self._at == len(self._content):
            fed = b"" if self.damage else self._next()
            if not fed:
                if self._begun and not self.damage:
                    self.damage = "it ends too early: it was cut off"
                return 0
            self._begun, self._at = True, 0
            try:
                self._content = self._member.decompress(fed)
            except (zlib.error, zstandard.ZstdError) as error:
                self._content, self.damage = b"", f"what is compressed is damaged: {error}"
        size = min(len(buffer), len(self._content) - self._at)
        buffer[:size] = self._content[self._at : self._at + size]
        self._at += size
        return size

    def _next(self) -> bytes:
        """The bytes to feed: first what a finished member left over, but not the zeros that tapes are filled with."""
        left = b""
        if self._member.eof:
            left = self._member.unused_data.lstrip(b"\0")
            self._member, self._begun = self._new_member(), False
        while not left and (left := self._file.read(_FED)) and not self._begun:
            left = left.lstrip(b"\0")
        return left
