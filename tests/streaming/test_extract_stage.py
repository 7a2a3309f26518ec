import pytest

from tests.streaming.records import CODEC, TOPICS, article, extract_stage, record
from worker.missions.observation import Observation
from worker.settings import DeadLetters
from worker.streaming.brake import Brake
from worker.streaming.stage import BrakedError, Work


def process(*values: bytes | None) -> Work:
    return extract_stage().process({0: [record(value, offset) for offset, value in enumerate(values)]})


def outcomes(work: Work) -> dict[str, int]:
    return {outcome: count for tally in work.tallies.values() for outcome, count in tally.outcomes.items() if count}


def test_an_observation_for_each_change() -> None:
    work = process(article("The mission leaves Mali, and then leaves Niger."))
    assert outcomes(work) == {"observed": 1}
    assert work.tallies[0].outputs["observations"] == 2
    assert [output.topic for output in work.outputs] == [TOPICS.observations] * 2
    observation = CODEC.decode(work.outputs[0].value or b"", Observation).value
    assert observation.source.article == "a1"
    assert (observation.source.topic, observation.source.partition, observation.source.offset) == ("articles.raw", 0, 0)
    assert observation.versions.code == "1.0.0+abc"
    assert work.outputs[0].key == b"minusma"


def test_an_output_is_as_old_as_its_article() -> None:
    work = process(article("The mission leaves Mali."))
    assert work.outputs[0].timestamp_ms == 1_650_000_000_000
    assert work.sources == [1_650_000_000_000]


def test_the_same_article_gives_the_same_bytes() -> None:
    value = article("The mission leaves Mali.")
    assert process(value).outputs == process(value).outputs


def test_the_trace_goes_on() -> None:
    parent = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    work = extract_stage().process({0: [record(article("The mission leaves."), headers=[("traceparent", parent)])]})
    assert ("traceparent", parent) in list(work.outputs[0].headers)


def test_an_irrelevant_article_is_not_decoded_and_leaves_nothing() -> None:
    work = process(article("The swimming pool opens."), b"plain words only")
    assert outcomes(work) == {"irrelevant": 2}
    assert work.outputs == []
    assert work.seconds == []


def test_an_article_that_only_decoding_can_judge_may_turn_out_irrelevant() -> None:
    assert outcomes(process("Das Schwimmbad öffnet.".encode("utf-16"))) == {"irrelevant": 1}


def test_why_nothing_was_read_is_told() -> None:
    work = process(article("mission in Klingon"), article("The mission does not go."))
    assert outcomes(work) == {"language_unknown": 1, "nothing": 1}
    assert work.near_misses == {"denied": 1}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "empty"),
        (b"", "empty"),
        (b"x" * 10_001, "too_large"),
        (b"mission \xff\xfe\xfd", "encoding"),
        (b'{"text": "mission', "json_syntax"),
        (b'{"title": "mission"}', "json_shape"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "too_deep"),
        (b"<div>" * 5_000, "too_large"),
        (b"\x00\x01\x02mission", "binary"),
        (article("The mission explodes."), "extractor_error"),
        (article("The mission turns for ever."), "budget_exceeded"),
    ],
)
def test_what_cannot_be_read_becomes_one_dead_letter(value: bytes | None, reason: str) -> None:
    work = process(article("The mission leaves."), value, article("The mission leaves."))
    assert outcomes(work) == {"observed": 2, "dead_letter": 1}
    (letter,) = [output for output in work.outputs if output.topic == TOPICS.dead_letter]
    assert letter.value == value
    assert dict(letter.headers)["__mission-worker.reason"] == reason.encode()
    assert work.dead_letters == {reason: 1}


def test_a_flood_of_dead_letters_stops_the_stage() -> None:
    stage = extract_stage(brake=Brake(DeadLetters(consecutive_limit=3)))
    with pytest.raises(BrakedError):
        stage.process({0: [record(b"", offset) for offset in range(3)]})


def test_a_batch_that_takes_too_long_is_left_for_later() -> None:
    stage = extract_stage(batch_seconds=0)
    leaves, plain = article("The mission leaves."), b"plain words only"
    records = [record(plain, 6), record(leaves, 7), record(plain, 8), record(leaves, 9), record(plain, 10)]
    work = stage.process({0: records, 1: [record(leaves, 3, 1)]})
    assert work.stopped == {0: 9, 1: 3}
    assert work.tallies[0].outcomes == {"irrelevant": 2, "observed": 1}
