"""The Avro schemas, every released version of them, parsed once."""

import json
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import fastavro
from fastavro.schema import fingerprint, to_parsing_canonical_form

import worker
from worker.events.errors import UnknownSchemaError

OBSERVATION: Final = "mission-observation"
STATUS_CHANGED: Final = "mission-status-changed"
STATUS: Final = "mission-status"
RECEIPT: Final = "ingestion-receipt"


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """One released version of a schema.

    `name` is that of its folder, `text` its JSON without white space, `definition` the same as objects. `fingerprint`
    is the CRC-64-AVRO of its Parsing Canonical Form, as the eight bytes that single-object encoding puts first (least
    significant byte first). `parsed` is for fastavro; logical types are left out of it, so that values are checked here
    and not silently converted there.
    """

    name: str
    version: int
    text: str = field(repr=False)
    definition: dict[str, Any] = field(repr=False)
    fingerprint: bytes = field(repr=False)
    parsed: Any = field(repr=False)

    @classmethod
    def of(cls, name: str, version: int, definition: dict[str, Any]) -> "Schema":
        """A schema from its definition. Raises fastavro's SchemaParseException when that is no Avro schema."""
        return cls(
            name=name,
            version=version,
            text=json.dumps(definition, ensure_ascii=False, separators=(",", ":")),
            definition=definition,
            fingerprint=bytes.fromhex(fingerprint(to_parsing_canonical_form(definition), "CRC-64-AVRO")),
            parsed=fastavro.parse_schema(_without_logical_types(definition)),
        )

    @property
    def urn(self) -> str:
        """What names the schema in the header `ce_dataschema`."""
        return f"urn:mission-worker:schema:{self.name}:{self.version}"


def _without_logical_types(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _without_logical_types(inner) for key, inner in node.items() if key != "logicalType"}
    if isinstance(node, list):
        return [_without_logical_types(inner) for inner in node]
    return node


class Schemas:
    """All schemas, to be found by name and by fingerprint."""

    def __init__(self, schemas: Iterable[Schema]) -> None:
        by_name: dict[str, dict[int, Schema]] = {}
        by_fingerprint: dict[bytes, Schema] = {}
        for schema in schemas:
            by_name.setdefault(schema.name, {})[schema.version] = schema
            by_fingerprint[schema.fingerprint] = schema
        self._versions = {
            name: tuple(versions[number] for number in sorted(versions)) for name, versions in by_name.items()
        }
        self._by_fingerprint = MappingProxyType(by_fingerprint)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all schemas."""
        return tuple(self._versions)

    def versions(self, name: str) -> tuple[Schema, ...]:
        """All versions of a schema, the oldest first. Raises KeyError for a name that there is not."""
        return self._versions[name]

    def latest(self, name: str) -> Schema:
        """The version that is written, and that older ones are read as."""
        return self._versions[name][-1]

    def with_fingerprint(self, mark: bytes) -> Schema:
        """The schema with this fingerprint (eight bytes). Raises UnknownSchemaError."""
        try:
            return self._by_fingerprint[mark]
        except KeyError:
            raise UnknownSchemaError(f"no schema has the fingerprint {mark.hex()}") from None


def directory() -> Path:
    """Where the `.avsc` files are: beside the package in a checkout and in the image, among the data of a wheel."""
    beside = Path(worker.__file__).parents[1] / "schemas"
    return (
        beside
        if (beside / OBSERVATION).is_dir()
        else Path(sysconfig.get_path("data")) / "share" / "mission-worker" / "schemas"
    )


@cache
def load(folder: Path | None = None) -> Schemas:
    """Read and parse all schemas, `NAME/VERSION.avsc`. Raises FileNotFoundError where there is none."""
    folder = folder or directory()
    files = sorted(folder.glob("*/*.avsc"))
    if not files:
        raise FileNotFoundError(f"no schemas under {folder}")
    return Schemas(Schema.of(file.parent.name, int(file.stem), json.loads(file.read_bytes())) for file in files)
