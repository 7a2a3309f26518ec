"""How a value in Kafka says which schema it was written with."""

from collections.abc import Mapping
from typing import Final, Protocol

from worker.events.errors import UnknownSchemaError
from worker.events.schemas import Schema, Schemas

SINGLE_OBJECT: Final = b"\xc3\x01"
"""The marker of Avro's single-object encoding; the fingerprint, eight bytes, and the record follow."""

CONFLUENT: Final = b"\x00"
"""The magic byte of Confluent's wire format; the id of the schema, four bytes big-endian, and the record follow."""

SINGLE_OBJECT_BYTES: Final = 10
"""The length of marker and fingerprint, which come before the record."""

_ID_END: Final = 5


class Framing(Protocol):
    """Puts the schema's mark before an encoded record."""

    def prefix(self, schema: Schema) -> bytes:
        """What comes before a record of this schema. Raises UnknownSchemaError where the schema has no mark."""
        ...


class SingleObject:
    """Avro single-object encoding: the schema is named by its fingerprint, no registry is needed."""

    def prefix(self, schema: Schema) -> bytes:
        """Marker and fingerprint."""
        return SINGLE_OBJECT + schema.fingerprint


class Confluent:
    """Confluent's wire format; `ids` gives the registry's id of each schema that is written, by fingerprint."""

    def __init__(self, ids: Mapping[bytes, int]) -> None:
        self._ids = ids

    def prefix(self, schema: Schema) -> bytes:
        """Magic byte and id."""
        try:
            return CONFLUENT + self._ids[schema.fingerprint].to_bytes(4, "big")
        except KeyError:
            raise UnknownSchemaError(f"{schema.name} {schema.version} is not registered") from None


class SchemaSource(Protocol):
    """Finds schemas by the registry's id."""

    def schema(self, schema_id: int) -> Schema:
        """The schema with this id. Raises UnknownSchemaError or RegistryError."""
        ...


def unframe(data: bytes, schemas: Schemas, registry: SchemaSource | None) -> tuple[Schema, int]:
    """The schema that a value was written with, and where its record begins.

    Both framings are read whichever is written, because a topic may hold both after the setting was changed.
    Raises UnknownSchemaError for anything else and for an unknown mark, RegistryError where the registry must be
    asked and fails.
    """
    if data.startswith(SINGLE_OBJECT) and len(data) >= SINGLE_OBJECT_BYTES:
        return schemas.with_fingerprint(data[2:SINGLE_OBJECT_BYTES]), SINGLE_OBJECT_BYTES
    if data.startswith(CONFLUENT) and len(data) >= _ID_END:
        schema_id = int.from_bytes(data[1:_ID_END], "big")
        if registry is None:
            raise UnknownSchemaError(f"schema id {schema_id} needs a registry, and SCHEMA_REGISTRY_URL is not set")
        return registry.schema(schema_id), _ID_END
    raise UnknownSchemaError(f"a value of {len(data)} bytes that names no schema")
