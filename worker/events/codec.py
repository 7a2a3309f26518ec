"""The domain's records as bytes in Kafka, and back."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, Final, Generic, TypeVar, cast

import fastavro
from fastavro.read import SchemaResolutionError

from worker.events import schemas as names
from worker.events.errors import DecodingError, EncodingError
from worker.events.mapping import Mapper, MismatchError, record
from worker.events.receipt import Receipt
from worker.events.schemas import Schema, Schemas, load
from worker.events.times import rfc3339
from worker.events.wire import Framing, SchemaSource, SingleObject, unframe
from worker.missions.event import StatusChanged
from worker.missions.observation import Observation
from worker.missions.timeline import Timeline

Record = Observation | StatusChanged | Timeline | Receipt
T = TypeVar("T", Observation, StatusChanged, Timeline, Receipt)

SCHEMA_OF: Final[Mapping[type, str]] = {
    Observation: names.OBSERVATION,
    StatusChanged: names.STATUS_CHANGED,
    Timeline: names.STATUS,
    Receipt: names.RECEIPT,
}
"""The name of the schema of each record."""

RECORDED_AT: Final = "recorded_at"
"""The one field that the writer adds: wall-clock time, so no part of the domain's record."""

_TYPE_OF: Final = {name: kind for kind, name in SCHEMA_OF.items()}
# What fastavro raises on bytes that are no record of the schema.
_MALFORMED: Final = (EOFError, IndexError, KeyError, ValueError, TypeError, struct.error, SchemaResolutionError)


@dataclass(frozen=True, slots=True)
class Decoded(Generic[T]):
    """A record, the schema that it was written with, and its `recorded_at` (milliseconds since the epoch) if any."""

    value: T
    schema: Schema
    recorded_at: int | None


class Codec:
    """Encodes with the latest schemas and one framing; decodes every released schema and either framing.

    `registry` finds schemas by id, and is needed only for values in Confluent's framing.
    """

    def __init__(
        self, framing: Framing | None = None, *, schemas: Schemas | None = None, registry: SchemaSource | None = None
    ) -> None:
        self._framing = framing or SingleObject()
        self._schemas = schemas or load()
        self._registry = registry
        self._mappers = {kind: _mapper(self._schemas.latest(name), kind) for kind, name in SCHEMA_OF.items()}

    def encode(self, value: Record, *, recorded_at: int | None = None) -> bytes:
        """The bytes of a record. `recorded_at`, in milliseconds since the epoch, is for a StatusChanged alone.

        Raises EncodingError when the record is not what its schema says; nothing is converted silently.
        """
        kind = type(value)
        if (kind is StatusChanged) is not (type(recorded_at) is int):
            raise EncodingError(f"recorded_at is for a StatusChanged, which needs it: {kind.__name__}, {recorded_at!r}")
        schema = self._schemas.latest(SCHEMA_OF[kind])
        try:
            plain = self._mappers[kind].encode(value)
        except MismatchError as fault:
            raise EncodingError(f"{schema.name}: {fault}") from None
        if recorded_at is not None:
            plain[RECORDED_AT] = recorded_at
        buffer = BytesIO()
        buffer.write(self._framing.prefix(schema))
        try:
            fastavro.schemaless_writer(buffer, schema.parsed, plain, strict=True)
        except (ValueError, TypeError) as error:
            raise EncodingError(f"{schema.name}: {error}") from error
        return buffer.getvalue()

    def decode(self, data: bytes, kind: type[T]) -> Decoded[T]:
        """The record in the bytes of a value.

        Raises UnknownSchemaError, DecodingError when the bytes are no record of the schema that they name or that
        schema is not of this kind, and RegistryError when the registry must be asked and fails.
        """
        return self.of_plain(*self._plain(data), kind)

    def of_plain(self, schema: Schema, plain: dict[str, Any], kind: type[T]) -> Decoded[T]:
        """The record that fastavro read as the latest version of the schema; uses `plain` up. Raises DecodingError."""
        if schema.name != SCHEMA_OF[kind]:
            raise DecodingError(f"a {schema.name} instead of a {SCHEMA_OF[kind]}")
        recorded_at = plain.pop(RECORDED_AT, None)
        try:
            value = self._mappers[kind].decode(plain)
        except MismatchError as fault:
            raise DecodingError(f"{schema.name}: {fault}") from None
        return Decoded(value, schema, recorded_at)

    def plain(self, data: bytes) -> tuple[Schema, dict[str, Any]]:
        """The record in the bytes of a value as JSON objects, whatever its kind. Raises as `decode`."""
        schema, plain = self._plain(data)
        if RECORDED_AT in plain:
            plain[RECORDED_AT] = rfc3339(plain[RECORDED_AT])
        return schema, plain

    def _plain(self, data: bytes) -> tuple[Schema, dict[str, Any]]:
        schema, start = unframe(data, self._schemas, self._registry)
        latest = self._schemas.latest(schema.name)
        buffer = BytesIO(data)
        buffer.seek(start)
        try:
            plain = fastavro.schemaless_reader(buffer, schema.parsed, None if schema is latest else latest.parsed)
        except _MALFORMED as error:
            raise DecodingError(f"no record of {schema.name} {schema.version}: {type(error).__name__}") from None
        if buffer.tell() != len(data):
            raise DecodingError(f"{len(data) - buffer.tell()} bytes after a record of {schema.name} {schema.version}")
        return schema, cast("dict[str, Any]", plain)  # every schema here is a record


@cache
def _mapper(schema: Schema, kind: type) -> Mapper:
    beside = (RECORDED_AT,) if kind is StatusChanged else ()
    return record(schema.definition, kind, {}, beside)
