"""Header names that are not UTF-8 are read, and only these cost a second look."""

import pytest
from kafka.errors import CorruptRecordError
from kafka.record.default_records import DefaultRecordBatch, DefaultRecordBatchBuilder
from kafka.record.memory_records import MemoryRecords

from tests.streaming.alien import Alien
from worker.streaming import client
from worker.streaming.header_names import TolerantRecordBatch


def batch(compression: int = 0) -> bytes:
    builder = DefaultRecordBatchBuilder(
        magic=2,
        compression_type=compression,
        is_transactional=0,
        producer_id=-1,
        producer_epoch=-1,
        base_sequence=-1,
        batch_size=1 << 20,
    )
    builder.append(0, 5, b"k0", b"v0", [("gr\u00fcn", b"1")])
    builder.append(1, 6, b"k1", b"v1", [(Alien("x"), b"2"), ("content-type", None)])
    builder.append(2, 7, None, b"v2", [])
    return bytes(builder.build())


@pytest.mark.parametrize("compression", [0, 1], ids=["plain", "gzip"])
def test_a_batch_is_read_whatever_its_headers_are_called(compression: int) -> None:
    client.require_native_crc()  # making clients is what installs it
    records = MemoryRecords(batch(compression)).next_batch()
    assert isinstance(records, TolerantRecordBatch)
    assert records.validate_crc()
    read = [(r.offset, r.timestamp, r.key, r.value, r.headers) for r in records]
    assert read == [
        (0, 5, b"k0", b"v0", [("gr\u00fcn", b"1")]),
        (1, 6, b"k1", b"v1", [("caf\\xe9\\xff", b"2"), ("content-type", None)]),
        (2, 7, None, b"v2", []),
    ]
    assert all(type(part) is bytes for _, _, key, value, _ in read for part in (key, value) if part is not None)


def test_upstream_still_cannot_read_it() -> None:
    """When this fails, kafka-python has mended it and ours can go."""
    with pytest.raises(CorruptRecordError, match="UnicodeDecodeError"):
        list(DefaultRecordBatch(batch()))


def test_what_is_really_corrupt_stays_so() -> None:
    damaged = bytearray(batch())
    damaged[61] ^= 0x40  # the length of the first record
    with pytest.raises(CorruptRecordError):
        list(TolerantRecordBatch(bytes(damaged)))
