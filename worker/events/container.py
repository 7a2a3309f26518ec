"""Records in Avro object container files: what lies in files rather than in topics."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Self

import fastavro
from fastavro.schema import fingerprint, to_parsing_canonical_form
from fastavro.write import Writer

from worker.events.codec import Codec, Decoded, T
from worker.events.errors import DecodingError
from worker.events.schemas import load

_BLOCK_BYTES: Final = 256 << 10
_SYNC_BYTES: Final = 16
_MALFORMED: Final = (ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError)


class Container:
    """A container file that is being written, `length` bytes long at its last `sync`.

    It grows by whole blocks only, so that it can be cut back to any length that it had then. The same records, synced
    at the same places, give the same bytes.

    Args:
        path: the file; replaced unless there is a `length`.
        definition: the schema of its records, as JSON objects.
        length: go on with the file that is there, cut back to this length.
    """

    def __init__(self, path: Path, definition: dict[str, Any], length: int | None = None) -> None:
        self._file = path.open("w+b" if length is None else "r+b")
        if length is not None:
            self._file.truncate(length)
            self._file.seek(length)
        marker = bytes.fromhex(fingerprint(to_parsing_canonical_form(definition), "md5"))
        self._writer = Writer(self._file, definition, codec="deflate", sync_marker=marker[:_SYNC_BYTES])
        self._block = _Block()
        self.length = self.sync()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, encoded: bytes) -> None:
        """Add a record, encoded by the schema and without any framing."""
        self._block.num_records += 1
        self._block.bytes_.write(encoded)
        if self._block.bytes_.tell() >= _BLOCK_BYTES:
            self._flush()

    def sync(self) -> int:
        """Put all records on the disk; the length of the file then."""
        self._flush()
        self._writer.flush()
        os.fsync(self._file.fileno())
        self.length = self._file.tell()
        return self.length

    def close(self) -> None:
        """Close the file. Records since the last `sync` may be lost."""
        self._file.close()

    def _flush(self) -> None:
        if self._block.num_records:
            self._writer.write_block(self._block)
            self._block = _Block()


class _Block:
    """Records, as fastavro's writer takes them as one block."""

    def __init__(self) -> None:
        self.num_records = 0
        self.bytes_ = BytesIO()


def records(path: Path, kind: type[T]) -> Iterator[Decoded[T]]:
    """The records of a container file of one kind.

    Raises UnknownSchemaError for a file of another schema than the released ones, DecodingError for one of another kind
    and for one that is damaged.
    """
    schemas, codec = load(), Codec()
    with path.open("rb") as file:
        try:
            blocks = fastavro.block_reader(file)
        except _MALFORMED as error:
            raise DecodingError(f"{path}: no Avro container file") from error
        written = to_parsing_canonical_form(blocks.writer_schema)
        schema = schemas.with_fingerprint(bytes.fromhex(fingerprint(written, "CRC-64-AVRO")))
        latest = schemas.latest(schema.name)
        try:
            for block in blocks:
                content: BytesIO = block.bytes_  # type: ignore[attr-defined]  # left out of the stubs
                for _ in range(block.num_records):
                    # By the schema without logical types, as the mappers expect.
                    plain = fastavro.schemaless_reader(content, schema.parsed, latest.parsed)
                    yield codec.of_plain(schema, plain, kind)  # type: ignore[arg-type]  # every schema is a record
        except _MALFORMED as error:
            if isinstance(error, DecodingError):
                raise
            raise DecodingError(f"{path}: damaged: {error or type(error).__name__}") from error
