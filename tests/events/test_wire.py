import copy
from dataclasses import replace
from io import BytesIO

import fastavro
import pytest

from tests.events import records
from worker.events.codec import Codec
from worker.events.errors import DecodingError, UnknownSchemaError
from worker.events.schemas import OBSERVATION, Schema, Schemas, load
from worker.events.wire import Confluent, SingleObject
from worker.missions.observation import Observation

SCHEMAS = load()
SCHEMA = SCHEMAS.latest(OBSERVATION)
VALUE = records.observation()


class OneSchema:
    """A registry that knows one schema, under id 7."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def schema(self, schema_id: int) -> Schema:
        if schema_id != 7:
            raise UnknownSchemaError(str(schema_id))
        return self._schema


CONFLUENT = Codec(Confluent({SCHEMA.fingerprint: 7}), registry=OneSchema(SCHEMA))


def test_single_object_encoding_is_the_marker_the_fingerprint_and_the_record() -> None:
    data = Codec(SingleObject()).encode(VALUE)
    assert data[:10] == bytes.fromhex("c301") + SCHEMA.fingerprint
    plain = fastavro.schemaless_reader(BytesIO(data[10:]), SCHEMA.definition, None)
    assert isinstance(plain, dict)
    assert plain["subject"] == "barkhane"


def test_confluents_framing_is_a_zero_the_id_and_the_same_record() -> None:
    data = CONFLUENT.encode(VALUE)
    assert data[:5] == b"\0\0\0\0\7"
    assert data[5:] == Codec().encode(VALUE)[10:]
    assert CONFLUENT.decode(data, Observation).value == VALUE


def test_both_framings_are_read_whichever_is_written() -> None:
    assert CONFLUENT.decode(Codec().encode(VALUE), Observation).value == VALUE


def test_a_registry_id_without_a_registry_says_what_to_set() -> None:
    with pytest.raises(UnknownSchemaError, match="schema id 7 needs a registry, and SCHEMA_REGISTRY_URL is not set"):
        Codec().decode(CONFLUENT.encode(VALUE), Observation)


def test_a_schema_that_is_not_registered_cannot_be_written() -> None:
    with pytest.raises(UnknownSchemaError, match="mission-observation 1 is not registered"):
        Codec(Confluent({})).encode(VALUE)


@pytest.mark.parametrize("data", [b"", b"\xc3", b"\xc3\x01\x00", b"\x00\x00\x00", b"{}", b"\x01" * 40])
def test_a_value_that_names_no_schema_is_told_so(data: bytes) -> None:
    with pytest.raises(UnknownSchemaError, match=f"a value of {len(data)} bytes that names no schema"):
        CONFLUENT.decode(data, Observation)


def newer(*, symbol: str | None = None) -> Schema:
    """What the next version of the observation's schema might be."""
    definition = copy.deepcopy(SCHEMA.definition)
    definition["fields"].append({"name": "extra", "type": ["null", "string"], "default": None, "doc": "New."})
    if symbol:
        report = next(field for field in definition["fields"] if field["name"] == "report")["type"]
        change = next(field for field in report["fields"] if field["name"] == "change")["type"]
        change["symbols"].insert(-1, symbol)
    return Schema.of(OBSERVATION, 2, definition)


def written_by(schema: Schema, **changed: str) -> bytes:
    plain = Codec().plain(Codec().encode(VALUE))[1] | {"extra": "more"}
    plain["report"].update(changed)
    buffer = BytesIO(b"\0\0\0\0\7")
    buffer.seek(5)
    fastavro.schemaless_writer(buffer, schema.parsed, plain)
    return buffer.getvalue()


def test_what_a_newer_writer_adds_is_left_out() -> None:
    schema = newer()
    decoded = Codec(registry=OneSchema(schema)).decode(written_by(schema), Observation)
    assert decoded.value == VALUE
    assert decoded.schema is schema


def test_a_symbol_of_a_newer_writer_is_an_error_and_not_a_guess() -> None:
    schema = newer(symbol="paused")
    codec = Codec(registry=OneSchema(schema))
    with pytest.raises(DecodingError, match=r"report\.change: 'unknown' is no Change that is known here"):
        codec.decode(written_by(schema, change="paused"), Observation)


def test_what_an_older_writer_lacked_has_its_default() -> None:
    definition = copy.deepcopy(SCHEMA.definition)
    source = next(field for field in definition["fields"] if field["name"] == "source")["type"]
    source["fields"] = [field for field in source["fields"] if field["name"] != "url"]
    older = Schema.of(OBSERVATION, 0, definition)
    plain = Codec().plain(Codec().encode(VALUE))[1]
    del plain["source"]["url"]
    buffer = BytesIO()
    buffer.write(b"\xc3\x01" + older.fingerprint)
    fastavro.schemaless_writer(buffer, older.parsed, plain, strict=True)
    codec = Codec(schemas=Schemas([older, *(SCHEMAS.latest(name) for name in SCHEMAS.names)]))
    decoded = codec.decode(buffer.getvalue(), Observation)
    assert decoded.schema is older
    assert decoded.value == replace(VALUE, source=replace(VALUE.source, url=None))
