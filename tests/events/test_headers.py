import pytest

from tests.events import records
from worker.events.headers import cloud_event, trace_context, trace_id
from worker.events.ids import id_of
from worker.events.schemas import load

PARENT = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
SCHEMAS = load()


def test_an_event_has_the_headers_of_the_binary_mode() -> None:
    value = records.status_changed()
    headers = cloud_event(
        value,
        SCHEMAS.latest("mission-status-changed"),
        stage="track",
        time_ms=records.RECORDED_AT,
        inherited=[("traceparent", PARENT), ("content-type", b"text/html"), ("ce_id", b"other")],
    )
    assert headers == (
        ("content-type", b"application/avro"),
        ("ce_specversion", b"1.0"),
        ("ce_id", b"0d8d9b4c-4c4c-5d0e-8c39-5c64e8a5b3a1"),
        ("ce_source", b"/mission-worker/track"),
        ("ce_type", b"mission.events.MissionStatusChanged"),
        ("ce_dataschema", b"urn:mission-worker:schema:mission-status-changed:1"),
        ("ce_time", b"2022-02-18T00:00:00.123Z"),
        ("ce_subject", b"barkhane"),
        ("traceparent", PARENT),
    )


def test_a_record_without_a_time_or_subject_has_no_such_header() -> None:
    names = [
        name for name, _ in cloud_event(records.receipt(), SCHEMAS.latest("ingestion-receipt"), stage="x", time_ms=None)
    ]
    assert "ce_time" not in names
    assert "ce_subject" not in names


def test_the_same_record_has_the_same_id_and_another_one_has_another() -> None:
    ids = {id_of(make()) for make in records.EXAMPLES.values() for _ in range(2)}
    assert len(ids) == len(records.EXAMPLES)
    assert id_of(records.receipt()) == "0cfa6a90-2919-5623-9077-538e18efa881"
    assert id_of(records.timeline()) == "936dd99a-8beb-5ae5-bc74-bc9458809e95"


@pytest.mark.parametrize(
    ("headers", "carried"),
    [
        ([], []),
        ([("traceparent", PARENT)], ["traceparent"]),
        ([("TraceParent", PARENT), ("tracestate", b"a=1")], ["traceparent", "tracestate"]),
        ([("tracestate", b"a=1")], []),
        ([("traceparent", PARENT), ("tracestate", b"a" * 513)], ["traceparent"]),
        ([("traceparent", PARENT), ("tracestate", b"")], ["traceparent"]),
        ([("traceparent", b"")], []),
        ([("traceparent", PARENT.upper())], []),
        ([("traceparent", b"ff" + PARENT[2:])], []),
        ([("traceparent", b"00-" + b"0" * 32 + b"-00f067aa0ba902b7-01")], []),
        ([("traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-" + b"0" * 16 + b"-01")], []),
        ([("traceparent", PARENT + b"\r\nx: y")], []),
    ],
)
def test_only_a_well_formed_trace_context_is_carried_on(headers: list[tuple[str, bytes]], carried: list[str]) -> None:
    assert [name for name, _ in trace_context(headers)] == carried
    assert (trace_id(headers) is not None) is ("traceparent" in carried)


def test_the_trace_id_is_for_the_log() -> None:
    assert trace_id([("traceparent", PARENT)]) == "4bf92f3577b34da6a3ce929d0e0e4736"
