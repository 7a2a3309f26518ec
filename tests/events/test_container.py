"""Container files: written by blocks, cut back, read by anybody."""

from dataclasses import replace
from pathlib import Path

import pytest
from avro.datafile import DataFileReader
from avro.io import DatumReader

from tests.events.records import status_changed, timeline
from worker.events import schemas
from worker.events.codec import Codec
from worker.events.container import Container, records
from worker.events.errors import DecodingError, UnknownSchemaError
from worker.events.wire import SINGLE_OBJECT_BYTES
from worker.missions.event import StatusChanged
from worker.missions.timeline import Timeline

DEFINITION = schemas.load().latest(schemas.STATUS_CHANGED).definition
EVENTS = [replace(status_changed(), id="", sequence=number) for number in range(1, 1001)]


def write(container: Container, events: list[StatusChanged]) -> None:
    codec = Codec()
    for event in events:
        container.append(codec.encode(event, recorded_at=5)[SINGLE_OBJECT_BYTES:])


def read(path: Path) -> list[StatusChanged]:
    return [it.value for it in records(path, StatusChanged)]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.avro"
    with Container(path, DEFINITION) as container:
        write(container, EVENTS)
        container.sync()
    assert read(path) == EVENTS
    assert {it.recorded_at for it in records(path, StatusChanged)} == {5}


def test_apache_avro_reads_it_and_finds_the_released_schema(tmp_path: Path) -> None:
    path = tmp_path / "a.avro"
    with Container(path, DEFINITION) as container:
        write(container, EVENTS[:3])
        container.sync()
    with path.open("rb") as file, DataFileReader(file, DatumReader()) as reader:
        assert [it["sequence"] for it in reader]  # type: ignore[index]  # untyped there == [1, 2, 3]


def test_it_can_be_cut_back_to_any_length_it_had_and_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    path, other = tmp_path / "a.avro", tmp_path / "b.avro"
    lengths = []
    with Container(path, DEFINITION) as container:
        for at in range(0, 1000, 100):
            lengths.append(container.length)
            write(container, EVENTS[at : at + 100])
            container.sync()
    for number, length in enumerate(lengths):
        other.write_bytes(path.read_bytes()[: length + 7])
        with Container(other, DEFINITION, length) as container:
            for at in range(number * 100, 1000, 100):
                write(container, EVENTS[at : at + 100])
                container.sync()
        assert other.read_bytes() == path.read_bytes()


def test_an_empty_one_has_no_records(tmp_path: Path) -> None:
    Container(tmp_path / "a.avro", DEFINITION).close()
    assert read(tmp_path / "a.avro") == []


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.avro"
    path.write_bytes(b"rubbish")
    with pytest.raises(DecodingError, match="no Avro container file"):
        read(path)
    Container(path, {"type": "record", "name": "Other", "fields": []}).close()
    with pytest.raises(UnknownSchemaError):
        read(path)
    with Container(path, schemas.load().latest(schemas.STATUS).definition) as container:
        container.append(Codec().encode(timeline())[SINGLE_OBJECT_BYTES:])
        container.sync()
    assert [it.value for it in records(path, Timeline)] == [timeline()]
    with pytest.raises(DecodingError, match="instead of"):
        read(path)


def test_a_damaged_one_is_told_after_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.avro"
    with Container(path, DEFINITION) as container:
        write(container, EVENTS[:10])
        container.sync()
        write(container, EVENTS[10:20])
        container.sync()
    path.write_bytes(path.read_bytes()[:-5])
    seen: list[StatusChanged] = []
    with pytest.raises(DecodingError, match="damaged"):
        seen.extend(it.value for it in records(path, StatusChanged))
    assert seen == EVENTS[:10]
