"""Identifiers that follow from content: the same content has the same UUID, whoever computes it and whenever."""

import hashlib
import uuid
from collections.abc import Sequence
from typing import Final

import orjson

from worker.missions.dates import PartialDate

NAMESPACE: Final = uuid.UUID("6e1d3f0a-5c7b-4b52-9d0e-2f1c8a64b7d9")
"""The namespace of all identifiers made here; changing it changes every identifier."""


def content_id(kind: str, parts: Sequence[object]) -> str:
    """The UUIDv5 (RFC 9562, section 5.5) of a thing of the given kind that consists of `parts`.

    The name that is hashed is the JSON array of the kind and the parts, without white space, dates in their ISO 8601
    form. The parts are listed by their owner, one by one: a field that a record gains later does not change the
    identifiers of old records unless the owner lists it. Raises TypeError for a part that is no JSON value, no date
    and no sequence of such.
    """
    name = orjson.dumps((kind, parts), default=_plain, option=orjson.OPT_PASSTHROUGH_DATACLASS)
    digest = hashlib.sha1(NAMESPACE.bytes + name, usedforsecurity=False).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def _plain(value: object) -> str:
    if isinstance(value, PartialDate):
        return str(value)
    raise TypeError(f"not a part of an identifier: {value!r}")
