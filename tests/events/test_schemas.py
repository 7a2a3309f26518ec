import copy
import datetime as dt
import itertools
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import avro.io
import avro.schema
import fastavro
import fastavro.schema
import pytest
from avro.compatibility import ReaderWriterCompatibilityChecker, SchemaCompatibilityType
from fastavro.read import SchemaResolutionError

from tests.events import records
from worker.events.codec import RECORDED_AT, Codec
from worker.events.schemas import Schema, load
from worker.events.times import rfc3339

SCHEMAS = load()
ALL = [schema for name in SCHEMAS.names for schema in SCHEMAS.versions(name)]
GOLDEN = Path(__file__).parent / "golden"
every_schema = pytest.mark.parametrize("schema", ALL, ids=lambda schema: f"{schema.name}-{schema.version}")


def named_types(node: Any) -> Iterator[dict[str, Any]]:
    """All definitions of records and enums in a schema."""
    if isinstance(node, list):
        for inner in node:
            yield from named_types(inner)
    elif isinstance(node, dict):
        if node.get("type") in ("record", "enum"):
            yield node
        for key in ("type", "items", "values", "fields"):
            yield from named_types(node.get(key))


def test_there_is_one_schema_for_each_kind_of_record() -> None:
    assert set(SCHEMAS.names) == set(records.EXAMPLES)
    assert [SCHEMAS.latest(name).definition["name"] for name in sorted(SCHEMAS.names)] == [
        "IngestionReceipt",
        "MissionObservation",
        "MissionStatus",
        "MissionStatusChanged",
    ]


@every_schema
def test_versions_have_no_gap(schema: Schema) -> None:
    versions = SCHEMAS.versions(schema.name)
    assert [each.version for each in versions] == list(range(1, len(versions) + 1))
    assert len({each.definition["name"] for each in versions}) == 1


def test_no_two_schemas_have_the_same_fingerprint() -> None:
    assert len({schema.fingerprint for schema in ALL}) == len(ALL)


@every_schema
def test_everything_is_documented(schema: Schema) -> None:
    assert schema.definition["namespace"] == "mission.events"
    for kind in named_types(schema.definition):
        assert kind["doc"].endswith("."), kind["name"]
        for field in kind.get("fields", []):
            assert field["doc"].endswith("."), f"{kind['name']}.{field['name']}"
            assert len(field["doc"]) > 10, f"{kind['name']}.{field['name']}"


@every_schema
def test_every_enum_can_grow(schema: Schema) -> None:
    enums = [kind for kind in named_types(schema.definition) if kind["type"] == "enum"]
    for kind in enums:
        assert kind["default"] == "unknown"
        assert kind["symbols"][-1] == "unknown"


@every_schema
def test_what_may_be_absent_is_null_by_default(schema: Schema) -> None:
    for kind in named_types(schema.definition):
        for field in kind.get("fields", []):
            if isinstance(field["type"], list):
                assert field["type"][0] == "null", field["name"]
                assert field["default"] is None, field["name"]


def test_a_type_is_the_same_wherever_it_is_used() -> None:
    definitions: dict[str, Any] = {}
    for name in SCHEMAS.names:
        seen: set[str] = set()
        for kind in named_types(SCHEMAS.latest(name).definition):
            spelled = spell_out(kind, {})
            assert definitions.setdefault(kind["name"], spelled) == spelled, kind["name"]
            assert kind["name"] not in seen
            seen.add(kind["name"])


def spell_out(node: Any, known: dict[str, Any]) -> Any:
    """A schema in which no type is referred to by name, so that two of them can be compared."""
    known = known or {kind["name"]: kind for schema in ALL for kind in named_types(schema.definition)}
    if isinstance(node, str):
        return spell_out(known[node], known) if node in known else node
    if isinstance(node, list):
        return [spell_out(inner, known) for inner in node]
    if isinstance(node, dict):
        deep = ("type", "items", "values", "fields")
        is_named = node.get("type") in ("record", "enum")
        return {
            key: spell_out(inner, known) if key in deep and not (is_named and key == "type") else inner
            for key, inner in node.items()
        }
    return node


def reads(reader: Any, writer: Any) -> bool:
    """Whether Apache Avro's own checker says that the one schema can read what the other wrote."""
    parse = avro.schema.parse
    checker: Any = ReaderWriterCompatibilityChecker  # the library has no types
    result = checker().get_compatibility(parse(json.dumps(reader)), parse(json.dumps(writer)))
    return bool(result.compatibility is SchemaCompatibilityType.compatible)


@pytest.mark.parametrize("name", SCHEMAS.names)
def test_every_version_reads_every_other(name: str) -> None:
    for reader, writer in itertools.product(SCHEMAS.versions(name), repeat=2):
        assert reads(reader.definition, writer.definition), f"{name}: {reader.version} reads {writer.version}"


def test_an_enum_without_default_could_not_grow() -> None:
    rigid, grown = doctored("drop the default of an enum"), doctored("add a symbol")
    assert reads(grown, rigid)
    assert not reads(rigid, grown)


def doctored(change: str) -> dict[str, Any]:
    schema: dict[str, Any] = copy.deepcopy(SCHEMAS.latest("mission-status-changed").definition)
    fields = schema["fields"]
    kinds = {kind["name"]: kind for kind in named_types(schema)}
    match change:
        case "drop a field without default":
            fields[:] = [field for field in fields if field["name"] != "sequence"]
        case "add a field without default":
            fields.append({"name": "extra", "type": "string"})
        case "change a type":
            next(field for field in fields if field["name"] == "sequence")["type"] = "string"
        case "rename a type":
            kinds["Evidence"]["name"] = "Proof"
        case "drop the default of an enum":
            kinds["Change"].pop("default")
        case "add a symbol":
            kinds["Change"]["symbols"].insert(-1, "paused")
        case "add a field with a default":
            fields.append({"name": "extra", "type": ["null", "string"], "default": None})
    return schema


@pytest.mark.parametrize(
    ("change", "compatible"),
    [
        ("drop a field without default", False),
        ("add a field without default", False),
        ("change a type", False),
        ("add a symbol", True),
        ("add a field with a default", True),
    ],
)
def test_the_check_of_compatibility_bites(change: str, compatible: bool) -> None:
    released, proposed = SCHEMAS.latest("mission-status-changed").definition, doctored(change)
    assert (reads(released, proposed) and reads(proposed, released)) is compatible


@every_schema
def test_the_fingerprint_is_apaches(schema: Schema) -> None:
    # Apache's Python library, unlike its Java one, leaves `{"type": "long"}` standing where a logical type was: the
    # specification's rule PRIMITIVES makes it `"long"`. So it is given the schema without logical types.
    plain = re.sub(r'\{"type":"(\w+)","logicalType":"[\w-]+"\}', r'"\1"', schema.text)
    assert "logicalType" not in plain
    assert schema.fingerprint == bytes(avro.schema.parse(plain).fingerprint("CRC-64-AVRO"))


@pytest.mark.parametrize(
    ("text", "fingerprint"),
    # From the test data of the Avro specification, share/test/data/schema-tests.txt.
    [('"null"', 7195948357588979594), ('"int"', 8247732601305521295), ('"string"', -8142146995180207161)],
)
def test_fingerprints_are_those_of_the_specification(text: str, fingerprint: int) -> None:
    assert bytes.fromhex(fastavro.schema.fingerprint(text, "CRC-64-AVRO")) == fingerprint.to_bytes(
        8, "little", signed=True
    )


def golden(schema: Schema) -> tuple[bytes, dict[str, Any]]:
    """The bytes that a version wrote when it was released, and the record in them as that version has it."""
    stem = GOLDEN / schema.name / str(schema.version)
    return bytes.fromhex(stem.with_suffix(".hex").read_text()), json.loads(stem.with_suffix(".json").read_text())


def test_every_released_version_has_golden_bytes_that_begin_with_its_fingerprint() -> None:
    files = {f"{path.parent.name}/{path.name}" for path in GOLDEN.glob("*/*")}
    assert files == {f"{schema.name}/{schema.version}.{kind}" for schema in ALL for kind in ("hex", "json")}
    for schema in ALL:
        # So a released schema can be changed in nothing but its documentation.
        assert golden(schema)[0].startswith(b"\xc3\x01" + schema.fingerprint), schema


def later_versions(name: str) -> Iterator[tuple[Schema, Schema]]:
    """Each version with itself and every later one."""
    return itertools.combinations_with_replacement(SCHEMAS.versions(name), 2)


PAIRS = [pair for name in SCHEMAS.names for pair in later_versions(name)]


@pytest.mark.parametrize(("writer", "reader"), PAIRS, ids=lambda it: f"{it.name}-{it.version}")
def test_the_golden_bytes_are_read_by_every_later_version(writer: Schema, reader: Schema) -> None:
    hold_reading(writer, reader)


@pytest.mark.parametrize("change", ["add a symbol", "add a field with a default"])
def test_the_golden_bytes_would_be_read_by_a_later_version(change: str) -> None:
    name = "mission-status-changed"
    hold_reading(SCHEMAS.latest(name), Schema.of(name, 99, doctored(change)))


@pytest.mark.parametrize("change", ["add a field without default", "change a type"])
def test_a_later_version_that_cannot_read_the_golden_bytes_is_found_out(change: str) -> None:
    name = "mission-status-changed"
    with pytest.raises(SchemaResolutionError):
        hold_reading(SCHEMAS.latest(name), Schema.of(name, 99, doctored(change)))


def hold_reading(writer: Schema, reader: Schema) -> None:
    """What fastavro and Apache's library read of the golden bytes is what was written, and defaults for what is new."""
    data, told = golden(writer)
    added = [each for each in reader.definition["fields"] if each["name"] not in told]
    expected = told | {each["name"]: each.get("default") for each in added}
    expected = {each["name"]: expected[each["name"]] for each in reader.definition["fields"]}
    ours: Any = fastavro.schemaless_reader(BytesIO(data[10:]), writer.parsed, reader.parsed)
    if RECORDED_AT in ours:
        ours[RECORDED_AT] = rfc3339(ours[RECORDED_AT])
    assert ours == expected
    theirs = avro.io.DatumReader(avro.schema.parse(writer.text), avro.schema.parse(json.dumps(reader.definition)))
    read = theirs.read(avro.io.BinaryDecoder(BytesIO(data[10:])))
    assert json.loads(json.dumps(read, default=str)) == _as_apache_reads(expected)


@every_schema
def test_the_codec_reads_the_golden_bytes(schema: Schema) -> None:
    data, told = golden(schema)
    written, plain = Codec().plain(data)
    assert written == schema
    assert plain.items() >= told.items()  # a later version adds fields


def _as_apache_reads(plain: dict[str, Any]) -> dict[str, Any]:
    """The same with times as Apache's reader gives them."""
    out = copy.deepcopy(plain)
    if "source" in out:
        milliseconds = out["source"]["timestamp_ms"]
        out["source"]["timestamp_ms"] = str(dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC))
    if RECORDED_AT in out:
        out[RECORDED_AT] = str(dt.datetime.fromisoformat(out[RECORDED_AT]))
    return out


@pytest.mark.parametrize("name", SCHEMAS.names)
def test_the_golden_bytes_are_still_written(name: str) -> None:
    value: Any = records.EXAMPLES[name]()
    data = Codec().encode(value, recorded_at=records.recorded_at(value))
    assert data.hex() == "".join((GOLDEN / name / f"{SCHEMAS.latest(name).version}.hex").read_text().split())
