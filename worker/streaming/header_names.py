r"""Header names that are not UTF-8: any producer can write one, and kafka-python cannot read past it.

To Kafka a name is a string, but neither its brokers nor most of its clients check the bytes. kafka-python decodes them
strictly, and calls the record corrupt: every poll fails at the same offset, for ever. Here such a name is read with
its odd bytes as escapes (`caf\xe9`), which can be logged, shown and written again like any other.
"""

from typing import Any, SupportsIndex

from kafka.record import memory_records
from kafka.record.default_records import DefaultRecordBatch


class _Name(bytes):
    """Bytes that always decode."""

    def decode(self, encoding: str = "utf-8", errors: str = "backslashreplace") -> str:
        return super().decode(encoding, errors)


class _Buffer(bytes):
    """A batch's bytes, whose slices always decode."""

    def __getitem__(self, place: SupportsIndex | slice) -> Any:
        found = super().__getitem__(place)
        return _Name(found) if isinstance(found, bytes) else found


class TolerantRecordBatch(DefaultRecordBatch):  # type: ignore[misc]  # kafka-python has no types
    """A batch of records that can be read whatever their headers are called."""

    _buffer: Any

    def _read_msg(self) -> Any:
        try:
            return super()._read_msg()
        except UnicodeDecodeError:
            # It moves on only past a whole record, so this one can be read again. Good batches cost what they did.
            self._buffer = _Buffer(self._buffer)
            return super()._read_msg()


def install() -> None:
    """Have kafka-python read all batches so."""
    memory_records.DefaultRecordBatch = TolerantRecordBatch
