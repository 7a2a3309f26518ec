from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.events import records
from worker.events.codec import Codec
from worker.events.errors import DecodingError, EncodingError, EventError, UnknownSchemaError
from worker.events.receipt import Receipt
from worker.missions.dates import PartialDate
from worker.missions.event import StatusChanged
from worker.missions.observation import Observation
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Change, Status

CODEC = Codec()
OBSERVATION = records.observation()
BYTES = CODEC.encode(OBSERVATION)


@given(st.one_of(*(records.anything(kind) for kind in records.KINDS)))
def test_every_record_comes_back_as_it_was(value: Any) -> None:
    recorded_at = records.recorded_at(value)
    data = CODEC.encode(value, recorded_at=recorded_at)
    decoded = CODEC.decode(data, type(value))
    assert decoded.value == value
    assert decoded.recorded_at == recorded_at
    assert CODEC.encode(decoded.value, recorded_at=recorded_at) == data


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda tail: BYTES[:10] + tail))
def test_arbitrary_bytes_are_a_record_or_a_typed_error(data: bytes) -> None:
    try:
        decoded = CODEC.decode(data, Observation)
    except EventError:
        return
    # Avro has more than one way to write an array, so only the meaning must agree.
    assert CODEC.decode(CODEC.encode(decoded.value), Observation).value == decoded.value


@given(st.integers(0, len(BYTES) - 1))
def test_a_truncated_record_is_refused(length: int) -> None:
    with pytest.raises((DecodingError, UnknownSchemaError)):
        CODEC.decode(BYTES[:length], Observation)


def test_what_follows_a_record_is_refused() -> None:
    with pytest.raises(DecodingError, match="2 bytes after a record of mission-observation 1"):
        CODEC.decode(BYTES + b"\0\0", Observation)


def test_a_record_of_another_kind_is_refused() -> None:
    with pytest.raises(DecodingError, match="a mission-observation instead of a mission-status"):
        CODEC.decode(BYTES, Timeline)


def test_an_unknown_fingerprint_is_told_from_damage() -> None:
    with pytest.raises(UnknownSchemaError, match="0102030405060708"):
        CODEC.decode(b"\xc3\x01\x01\x02\x03\x04\x05\x06\x07\x08" + BYTES[10:], Observation)


def test_equal_mappings_give_equal_bytes() -> None:
    receipt = records.receipt()
    turned = replace(receipt, outcomes=dict(reversed(list(receipt.outcomes.items()))))
    assert CODEC.encode(turned) == CODEC.encode(receipt)


REPORT = OBSERVATION.report
SOURCE = OBSERVATION.source
WRONG = [
    (replace(OBSERVATION, subject=None), "subject: NoneType instead of str"),  # type: ignore[arg-type]  # that is the point, as below
    (replace(OBSERVATION, id="1"), "id: '1' instead of a UUID"),
    (replace(OBSERVATION, id=OBSERVATION.id.upper()), "id: .* instead of a UUID"),
    (replace(OBSERVATION, subject=Change.ENDED), "subject: Change instead of str"),
    (replace(OBSERVATION, report=replace(REPORT, confidence=float("nan"))), "report.confidence: nan"),
    (replace(OBSERVATION, report=replace(REPORT, confidence=True)), "report.confidence: True"),
    (replace(OBSERVATION, report=replace(REPORT, background=1)), "report.background: int instead of bool"),  # type: ignore[arg-type]
    (replace(OBSERVATION, report=replace(REPORT, change="ended")), "report.change: 'ended' instead of a Change"),  # type: ignore[arg-type]
    (replace(OBSERVATION, report=replace(REPORT, change=Status.ENDED)), "report.change: .* instead of a Change"),  # type: ignore[arg-type]
    (replace(OBSERVATION, report=replace(REPORT, occurred="2022")), "report.occurred: str instead of a date"),  # type: ignore[arg-type]
    (replace(OBSERVATION, report=replace(REPORT, actors=["FR"])), "report.actors: list instead of a tuple"),  # type: ignore[arg-type]
    (replace(OBSERVATION, report=replace(REPORT, actors="FR")), "report.actors: str instead of a tuple"),  # type: ignore[arg-type]
    (replace(OBSERVATION, report=replace(REPORT, actors=(1,))), "report.actors: int instead of str"),  # type: ignore[arg-type]
    (replace(OBSERVATION, report=replace(REPORT, relocated_to="\ud800")), "report.relocated_to: a lone surrogate"),
    (replace(OBSERVATION, source=replace(SOURCE, partition=4.7)), "source.partition: float instead of int"),  # type: ignore[arg-type]
    (replace(OBSERVATION, source=replace(SOURCE, partition=True)), "source.partition: bool instead of int"),
    (replace(OBSERVATION, source=replace(SOURCE, partition=1 << 31)), "source.partition: 2147483648 is beyond"),
    (replace(OBSERVATION, source=replace(SOURCE, offset=1 << 63)), "source.offset: 9223372036854775808 is beyond"),
    (replace(OBSERVATION, source=REPORT), "source: ReportedChange instead of Source"),  # type: ignore[arg-type]
    (replace(records.receipt(), outcomes={"a": 1.0}), "outcomes: float instead of int"),  # type: ignore[dict-item]
    (replace(records.receipt(), outcomes={1: 1}), "outcomes: a key that is no text"),  # type: ignore[dict-item]
    (replace(records.receipt(), outcomes=[]), "outcomes: list instead of a mapping"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("value", "told"), WRONG)
def test_a_wrong_value_is_refused_before_avro_sees_it(value: Observation | Receipt, told: str) -> None:
    with pytest.raises(EncodingError, match=f"^(mission-observation|ingestion-receipt): {told}"):
        CODEC.encode(value)


def test_only_an_event_says_when_it_was_recorded() -> None:
    with pytest.raises(EncodingError, match="recorded_at"):
        CODEC.encode(OBSERVATION, recorded_at=1)
    with pytest.raises(EncodingError, match="recorded_at"):
        CODEC.encode(records.status_changed())
    with pytest.raises(EncodingError, match="recorded_at"):
        CODEC.encode(records.status_changed(), recorded_at=1.5)  # type: ignore[arg-type]  # that is the point


def test_any_record_can_be_had_as_plain_json() -> None:
    schema, plain = CODEC.plain(CODEC.encode(records.status_changed(), recorded_at=records.RECORDED_AT))
    assert (schema.name, schema.version) == ("mission-status-changed", 1)
    assert plain["change"] == "withdrawal_announced"
    assert plain["recorded_at"] == "2022-02-18T00:00:00.123Z"
    assert plain["source"]["offset"] == 0


def test_a_value_in_the_log_that_the_domain_does_not_know_is_an_error_with_its_place() -> None:
    # A date that exists in no calendar, written by somebody else.
    data = BYTES.replace(b"2022-02-17", b"2022-02-30")
    with pytest.raises(DecodingError, match=r"mission-observation: report\.occurred: "):
        CODEC.decode(data, Observation)


def test_dates_keep_their_precision() -> None:
    for text in ("0001", "2022", "2022-02", "2022-02-28"):
        event = replace(records.status_changed(), occurred=PartialDate.parse(text))
        assert CODEC.decode(CODEC.encode(event, recorded_at=0), StatusChanged).value.occurred == PartialDate.parse(text)
