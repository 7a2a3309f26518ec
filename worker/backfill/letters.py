"""Dead letters as records of a container file."""

import json
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import fastavro

from worker.backfill.extracting import Letter
from worker.backfill.message import SCHEME


@cache
def definition() -> dict[str, Any]:
    """The schema of a dead letter, as JSON objects."""
    schema: dict[str, Any] = json.loads(files(__package__).joinpath("dead-letter.avsc").read_bytes())
    return schema


@cache
def _parsed() -> Any:
    return fastavro.parse_schema(definition())


def encoded(letter: Letter) -> bytes:
    """The bytes of a dead letter."""
    message = letter.message
    record = {
        "file": message.topic.removeprefix(SCHEME).encode("utf-8", "replace").decode(),
        "number": message.offset,
        "key": message.key,
        "timestamp_ms": message.timestamp,
        "reason": letter.reason,
        "error": letter.error,
        "headers": [{"name": name, "value": value} for name, value in message.headers],
        "value": message.value,
    }
    buffer = BytesIO()
    fastavro.schemaless_writer(buffer, _parsed(), record, strict=True)
    return buffer.getvalue()
