"""Between dataclasses and the plain values that Avro knows, each checked on the way.

fastavro writes 4.7 into an `int` as 4, `True` as 1 and 2⁴⁰ as it is, and drops fields that it does not know, all
without a word. So nothing reaches it unchecked. A mapping is made from a schema and a Python type together; one
that does not fit the other, field by field and symbol by symbol, is a TypeError when the mapping is made.
"""

import math
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple, NoReturn, Union, get_args, get_origin, get_type_hints

from worker.missions.dates import PartialDate

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class MismatchError(ValueError):
    """A value is not what the schema or the domain says; `path` leads to it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.path: list[str] = []

    def __str__(self) -> str:
        return f"{'.'.join(self.path)}: {self.args[0]}"


class Mapper(NamedTuple):
    """Turns a Python value into an Avro one, and back. Both raise MismatchError."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


def mapper(node: Any, kind: Any, named: dict[str, Any] | None = None) -> Mapper:
    """The mapper between a schema, as JSON objects, and a Python type.

    `named` holds the definitions of named types met so far. Raises TypeError when the two do not go together.
    """
    named = {} if named is None else named
    if isinstance(node, str) and node in named:
        node = named[node]
    if isinstance(node, list):
        return _optional(node, kind, named)
    avro = node if isinstance(node, str) else node["type"]
    logical = None if isinstance(node, str) else node.get("logicalType")
    if avro in {"record", "enum"}:
        named[node["name"]] = node
    origin = get_origin(kind)
    match avro:
        case "record" if isinstance(kind, type) and is_dataclass(kind):
            return record(node, kind, named)
        case "enum" if isinstance(kind, type) and issubclass(kind, StrEnum):
            return _enum(node, kind)
        case "array" if origin is tuple and get_args(kind)[1:] == (...,):
            return _array(mapper(node["items"], get_args(kind)[0], named))
        case "map" if origin is Mapping and get_args(kind)[0] is str:
            return _map(mapper(node["values"], get_args(kind)[1], named))
        case "string" if kind is PartialDate:
            return _date()
        case "string" if kind is str:
            return Mapper(_exactly(str, _uuid), _uuid) if logical == "uuid" else Mapper(_exactly(str, _text), _same)
        case "int" | "long" if kind is int:
            return Mapper(_exactly(int, _within(avro)), _same)
        case "double" if kind is float:
            return Mapper(_double, _double)
        case "boolean" if kind is bool:
            return Mapper(_exactly(bool, _same), _same)
    raise TypeError(f"{kind} does not go with the Avro type {avro}")


def record(node: Any, kind: type, named: dict[str, Any], beside: tuple[str, ...] = ()) -> Mapper:
    """The mapper of a dataclass. Decoding uses up the Avro value.

    The schema may have fields `beside` those of the class: they are not written, and must be taken out to decode.
    """
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    theirs = [field["name"] for field in node["fields"] if field["name"] not in beside]
    if sorted(names) != sorted(theirs):
        raise TypeError(f"{kind.__name__} and {node['name']} differ in {sorted(set(names) ^ set(theirs))}")
    parts = [
        (field["name"], *mapper(field["type"], hints[field["name"]], named))
        for field in node["fields"]
        if field["name"] not in beside
    ]

    def encode(value: Any) -> dict[str, Any]:
        if type(value) is not kind:
            _wrong(f"{type(value).__name__} instead of {kind.__name__}")
        out = {}
        for name, into, _ in parts:
            try:
                out[name] = into(getattr(value, name))
            except MismatchError as fault:
                fault.path.insert(0, name)
                raise
        return out

    changed = [(name, out_of) for name, _, out_of in parts if out_of is not _same]

    def decode(value: Any) -> Any:
        for name, out_of in changed:
            try:
                value[name] = out_of(value[name])
            except MismatchError as fault:
                fault.path.insert(0, name)
                raise
        return kind(**value)

    return Mapper(encode, decode)


def _optional(node: list[Any], kind: Any, named: dict[str, Any]) -> Mapper:
    arms = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else ()
    inner = [arm for arm in arms if arm is not type(None)]
    if len(node) != len(arms) or node[0] != "null" or len(inner) != 1:
        raise TypeError(f"{kind} does not go with the union {node}: only `X | None` with [null, X] does")
    into, out_of = mapper(node[1], inner[0], named)
    return Mapper(
        lambda value: None if value is None else into(value),
        lambda value: None if value is None else out_of(value),
    )


def _enum(node: Any, kind: type[StrEnum]) -> Mapper:
    default = node.get("default")
    if {*kind} | {default} != set(node["symbols"]) or default in {*kind}:
        raise TypeError(f"{kind.__name__} and the symbols of {node['name']} differ, or its default is one of them")

    def encode(value: Any) -> str:
        return value.value if type(value) is kind else _wrong(f"{value!r} instead of a {kind.__name__}")

    members = {each.value: each for each in kind}

    def decode(value: str) -> StrEnum:
        try:
            return members[value]
        except KeyError:
            raise MismatchError(f"{value!r} is no {kind.__name__} that is known here") from None

    return Mapper(encode, decode)


def _array(item: Mapper) -> Mapper:
    into, out_of = item

    def encode(value: Any) -> list[Any]:
        if type(value) is not tuple:
            _wrong(f"{type(value).__name__} instead of a tuple")
        return [into(one) for one in value]

    return Mapper(encode, tuple if out_of is _same else lambda value: tuple(map(out_of, value)))


def _map(item: Mapper) -> Mapper:
    into, out_of = item

    def encode(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            _wrong(f"{type(value).__name__} instead of a mapping")
        # In order, so that equal mappings give equal bytes.
        return {
            _text(key) if type(key) is str else _wrong("a key that is no text"): into(value[key])
            for key in sorted(value)
        }

    return Mapper(encode, _same if out_of is _same else lambda value: {key: out_of(one) for key, one in value.items()})


def _date() -> Mapper:
    def encode(value: Any) -> str:
        return str(value) if type(value) is PartialDate else _wrong(f"{type(value).__name__} instead of a date")

    def decode(value: str) -> PartialDate:
        try:
            return _parsed(value)
        except ValueError as error:
            raise MismatchError(str(error)) from None

    return Mapper(encode, decode)


# A few thousand dates recur in all that is ever read.
_parsed: Final = lru_cache(maxsize=8192)(PartialDate.parse)


def _exactly(kind: type, check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def encode(value: Any) -> Any:
        # A bool is an int to isinstance, a StrEnum a str.
        return check(value) if type(value) is kind else _wrong(f"{type(value).__name__} instead of {kind.__name__}")

    return encode


def _same(value: Any) -> Any:
    return value


def _within(avro: str) -> Callable[[int], int]:
    bound = {"int": 1 << 31, "long": 1 << 63}[avro]
    return lambda value: value if -bound <= value < bound else _wrong(f"{value} is beyond an Avro {avro}")


def _text(value: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            _wrong("a lone surrogate, which UTF-8 cannot hold")
    return value


def _uuid(value: str) -> str:
    return value if _UUID.fullmatch(value) else _wrong(f"{value!r} instead of a UUID")


def _double(value: Any) -> float:
    if type(value) not in (float, int) or not math.isfinite(value):
        _wrong(f"{value!r} instead of a finite number")
    return float(value)


def _wrong(what: str) -> NoReturn:
    raise MismatchError(what)
