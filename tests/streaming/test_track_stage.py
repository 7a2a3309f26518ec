from collections.abc import Callable
from typing import Any

import pytest

from tests.missions import samples
from tests.streaming.records import CODEC, TOPICS, VERSIONS, record
from worker.events.errors import DecodingError, RegistryError
from worker.events.schemas import load
from worker.missions.event import StatusChanged
from worker.missions.observation import Observation
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Change
from worker.settings import DeadLetters
from worker.streaming.brake import Brake
from worker.streaming.faults import IndefiniteError
from worker.streaming.publisher import Publisher
from worker.streaming.stage import BrakedError, Work
from worker.streaming.states import States
from worker.streaming.track_stage import TrackStage

ANNOUNCED = samples.observation(samples.reported(Change.WITHDRAWAL_ANNOUNCED, "2022-02-17"), "a1")
AGAIN = samples.observation(samples.reported(Change.WITHDRAWAL_ANNOUNCED, "2022-02-17"), "a2")
ENDED = samples.observation(samples.reported(Change.ENDED, "2022-08-15"), "a3")


def decoded(value: bytes) -> Timeline:
    return CODEC.decode(value, Timeline).value


class FakeRestorer:
    """Restores what it is given, at the second step."""

    def __init__(self) -> None:
        self.kept: dict[bytes, bytes] = {}
        self.begun: list[int] = []
        self.remaining = 0
        self.seconds = 0.0

    def begin(self, partition: int, done: Callable[[States], None]) -> Any:
        self.begun.append(partition)
        states = States(decoded)
        for key, value in self.kept.items():
            states.load(key.decode(), value)
        steps = iter([False, True])

        class Restoration:
            abandoned = False

            def step(self, _seconds: float) -> bool:
                ready = next(steps)
                if ready:
                    done(states)
                return ready

        return Restoration()

    def idle(self) -> None:
        pass


@pytest.fixture
def restorer() -> FakeRestorer:
    return FakeRestorer()


@pytest.fixture
def stage(restorer: FakeRestorer) -> TrackStage:
    return TrackStage(
        codec=CODEC,
        missions=samples.Register(),
        versions=VERSIONS,
        publisher=Publisher("track", CODEC, load()),
        topics=TOPICS,
        restorer=restorer,  # type: ignore[arg-type]
        brake=Brake(DeadLetters(consecutive_limit=3)),
    )


def opened(stage: TrackStage, partition: int = 1, position: int = 0) -> TrackStage:
    opening = stage.open(partition, position)
    while not opening.step(0.1):
        pass
    return stage


def observed(*observations: Observation, first: int = 0) -> list[Any]:
    return [
        record(CODEC.encode(it), offset, 1, topic=TOPICS.observations, key=it.subject.encode())
        for offset, it in enumerate(observations, start=first)
    ]


def events(work: Work) -> list[StatusChanged]:
    return [
        CODEC.decode(it.value or b"", StatusChanged).value for it in work.outputs if it.topic == TOPICS.status_changed
    ]


def states(work: Work) -> list[Timeline]:
    return [decoded(it.value or b"") for it in work.outputs if it.topic == TOPICS.status]


def test_news_becomes_an_event_and_a_repeat_does_not(stage: TrackStage) -> None:
    work = opened(stage).process({1: observed(ANNOUNCED, AGAIN, ENDED)})
    assert [event.change for event in events(work)] == [Change.WITHDRAWAL_ANNOUNCED, Change.ENDED]
    assert work.tallies[1].outcomes == {"changed": 2, "corroborated": 1}
    assert work.tallies[1].outputs == {"events": 2, "states": 1}
    assert [line["change"] for line in work.published] == ["withdrawal_announced", "ended"]


def test_one_state_a_subject_and_transaction_in_the_partition_that_was_read(stage: TrackStage) -> None:
    work = opened(stage).process({1: observed(ANNOUNCED, ENDED)})
    (state,) = states(work)
    assert (state.sequence, state.observations) == (2, 2)
    assert {output.partition for output in work.outputs} == {1}
    assert {output.key for output in work.outputs} == {b"minusma"}


def test_an_event_says_where_its_observation_stands(stage: TrackStage) -> None:
    (event,) = events(opened(stage).process({1: observed(ANNOUNCED, first=41)}))
    assert (event.observed_at.topic, event.observed_at.partition, event.observed_at.offset) == (
        TOPICS.observations,
        1,
        41,
    )


def test_what_is_not_committed_is_forgotten(stage: TrackStage) -> None:
    opened(stage).process({1: observed(ANNOUNCED)})
    again = stage.process({1: observed(ANNOUNCED)})
    assert len(events(again)) == 1
    stage.process({})
    stage.committed({1: 2})
    assert len(events(stage.process({1: observed(ANNOUNCED)}))) == 1


def test_what_is_committed_is_remembered(stage: TrackStage) -> None:
    opened(stage).process({1: observed(ANNOUNCED)})
    stage.committed({1: 1})
    work = stage.process({1: observed(AGAIN, ENDED, first=1)})
    assert [event.sequence for event in events(work)] == [2]
    assert stage.entries == 1
    assert stage.bytes > 100


def test_states_at_hand_are_kept_for_the_very_position(stage: TrackStage, restorer: FakeRestorer) -> None:
    opened(stage).process({1: observed(ANNOUNCED)})
    stage.committed({1: 1})
    assert stage.open(1, 1).step(0) is True
    assert restorer.begun == [1]
    assert events(stage.process({1: observed(AGAIN, first=1)})) == []


def test_at_any_other_position_they_are_restored(stage: TrackStage, restorer: FakeRestorer) -> None:
    opened(stage).process({1: observed(ANNOUNCED)})
    stage.committed({1: 1})
    opened(stage, position=0)
    assert restorer.begun == [1, 1]
    assert len(events(stage.process({1: observed(ANNOUNCED)}))) == 1


def test_restored_states_are_gone_on_from(stage: TrackStage, restorer: FakeRestorer) -> None:
    first = opened(stage).process({1: observed(ANNOUNCED)})
    restorer.kept = {
        output.key or b"": output.value or b"" for output in first.outputs if output.topic == TOPICS.status
    }
    opened(stage, position=1)
    work = stage.process({1: observed(AGAIN, ENDED, first=1)})
    assert [event.sequence for event in events(work)] == [2]


def test_a_partition_that_is_gone_is_forgotten(stage: TrackStage, restorer: FakeRestorer) -> None:
    opened(stage).process({1: observed(ANNOUNCED)})
    stage.committed({1: 1})
    stage.close(1)
    assert stage.entries == 0
    opened(stage, position=1)
    assert restorer.begun == [1, 1]


def test_a_restoration_that_is_overtaken_is_abandoned(stage: TrackStage) -> None:
    overtaken: Any = stage.open(1, 0)
    stage.open(1, 5)
    assert overtaken.abandoned


def test_what_is_no_observation_becomes_a_dead_letter(stage: TrackStage) -> None:
    work = opened(stage).process({1: [*observed(ANNOUNCED), record(b"nonsense", 1, 1, topic=TOPICS.observations)]})
    assert work.tallies[1].outcomes == {"changed": 1, "dead_letter": 1}
    assert work.dead_letters == {"schema_unknown": 1}
    (letter,) = [output for output in work.outputs if output.topic == TOPICS.dead_letter]
    assert letter.value == b"nonsense"


def test_a_flood_of_them_stops_the_stage(stage: TrackStage) -> None:
    with pytest.raises(BrakedError):
        opened(stage).process({1: [record(b"nonsense", offset, 1) for offset in range(3)]})


def test_a_registry_that_is_away_is_no_reason_for_a_dead_letter(
    stage: TrackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise RegistryError("away", retriable=True)

    monkeypatch.setattr(CODEC, "decode", away)
    with pytest.raises(IndefiniteError):
        opened(stage).process({1: [record(b"\x00\x00\x00\x00\x01", 0, 1)]})


def test_a_state_that_cannot_be_read_is_no_reason_for_one_either(stage: TrackStage, restorer: FakeRestorer) -> None:
    restorer.kept = {b"minusma": CODEC.encode(ANNOUNCED)}
    with pytest.raises(DecodingError):
        opened(stage).process({1: observed(ANNOUNCED)})
