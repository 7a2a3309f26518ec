"""The headers of a record: CloudEvents 1.0 in the Kafka protocol binding's binary mode, and W3C trace context."""

import re
from collections.abc import Iterable
from typing import Final

from worker.events.ids import id_of
from worker.events.receipt import Receipt
from worker.events.schemas import Schema
from worker.events.times import rfc3339
from worker.missions.event import StatusChanged
from worker.missions.observation import Observation
from worker.missions.timeline import Timeline

Headers = tuple[tuple[str, bytes], ...]

CONTENT_TYPE: Final = "application/avro"
_TRACEPARENT: Final = re.compile(rb"[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")
_TRACESTATE_LIMIT: Final = 512
"""Bytes of `tracestate` that W3C Trace Context asks everyone to carry; longer ones are dropped."""


def cloud_event(
    value: Observation | StatusChanged | Timeline | Receipt,
    schema: Schema,
    *,
    stage: str,
    time_ms: int | None,
    inherited: Iterable[tuple[str, bytes]] = (),
) -> Headers:
    """The headers of a record that `stage` writes.

    `time_ms` (milliseconds since the epoch) becomes `ce_time`: for an event when it was recorded, for an observation
    the time of the article's record, so that the same article gives the same headers. Of the input's headers only the
    trace context is carried on. `ce_subject` is the record's key.
    """
    headers = [
        ("content-type", CONTENT_TYPE),
        ("ce_specversion", "1.0"),
        ("ce_id", id_of(value)),
        ("ce_source", f"/mission-worker/{stage}"),
        ("ce_type", f"{schema.definition['namespace']}.{schema.definition['name']}"),
        ("ce_dataschema", schema.urn),
    ]
    if time_ms is not None:
        headers.append(("ce_time", rfc3339(time_ms)))
    if not isinstance(value, Receipt):
        headers.append(("ce_subject", value.subject))
    return (*((name, text.encode()) for name, text in headers), *trace_context(inherited))


def trace_context(headers: Iterable[tuple[str, bytes]]) -> Headers:
    """The `traceparent` and `tracestate` of an input record, as far as they are well formed (W3C Trace Context)."""
    found = {name.lower(): value for name, value in headers if name.lower() in {"traceparent", "tracestate"} and value}
    parent, state = found.get("traceparent", b""), found.get("tracestate", b"")
    if not _TRACEPARENT.fullmatch(parent) or parent.startswith(b"ff"):
        return ()
    if state and len(state) <= _TRACESTATE_LIMIT:
        return ("traceparent", parent), ("tracestate", state)
    return (("traceparent", parent),)


def trace_id(headers: Iterable[tuple[str, bytes]]) -> str | None:
    """The trace that an input record belongs to, 32 hexadecimal digits, for the log; None without one."""
    for name, value in trace_context(headers):
        if name == "traceparent":
            return value[3:35].decode("ascii")
    return None
