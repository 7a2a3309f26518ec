from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest

from worker.events.mapping import mapper, record


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Thing:
    name: str
    colour: Colour | None


COLOUR = {"type": "enum", "name": "Colour", "symbols": ["red", "unknown"], "default": "unknown"}
FIELDS: list[dict[str, Any]] = [{"name": "name", "type": "string"}, {"name": "colour", "type": ["null", COLOUR]}]


def thing(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "record", "name": "Thing", "fields": list(fields)}


def test_a_schema_and_a_class_that_agree_make_a_mapper() -> None:
    made = record(thing(*FIELDS), Thing, {})
    assert made.encode(Thing("a", Colour.RED)) == {"name": "a", "colour": "red"}
    assert made.decode({"name": "a", "colour": None}) == Thing("a", None)


def test_fields_beside_those_of_the_class_are_left_alone() -> None:
    made = record(thing(*FIELDS, {"name": "recorded_at", "type": "long"}), Thing, {}, ("recorded_at",))
    assert made.encode(Thing("a", None)) == {"name": "a", "colour": None}


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        (thing(FIELDS[0]), r"Thing and Thing differ in \['colour'\]"),
        (thing(*FIELDS, {"name": "size", "type": "int"}), r"differ in \['size'\]"),
        (thing({"name": "name", "type": "int"}, FIELDS[1]), "str'> does not go with the Avro type int"),
        (thing(FIELDS[0], {"name": "colour", "type": COLOUR}), "does not go with the Avro type enum"),
        (thing(FIELDS[0], {"name": "colour", "type": [COLOUR, "null"]}), "does not go with the union"),
        (thing(FIELDS[0], {"name": "colour", "type": ["null", {**COLOUR, "symbols": ["red"]}]}), "symbols of Colour"),
        (
            thing(FIELDS[0], {"name": "colour", "type": ["null", {**COLOUR, "symbols": ["red", "blue", "unknown"]}]}),
            "symbols of Colour",
        ),
        (thing(FIELDS[0], {"name": "colour", "type": ["null", {**COLOUR, "default": "red"}]}), "symbols of Colour"),
    ],
)
def test_a_schema_that_does_not_fit_its_class_is_found_when_the_mapper_is_made(schema: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        record(schema, Thing, {})


def test_a_named_type_may_be_referred_to_by_name() -> None:
    both = mapper(
        {
            "type": "record",
            "name": "Pair",
            "fields": [{"name": "left", "type": COLOUR}, {"name": "right", "type": "Colour"}],
        },
        Pair,
    )
    assert both.encode(Pair(Colour.RED, Colour.RED)) == {"left": "red", "right": "red"}


@dataclass(frozen=True)
class Pair:
    left: Colour
    right: Colour
