from typing import cast

from worker.missions.timeline import Timeline
from worker.streaming.states import States

Decoded = list[bytes]


def fresh() -> tuple[States, Decoded]:
    decoded: Decoded = []

    def decode(value: bytes) -> Timeline:
        decoded.append(value)
        return cast("Timeline", object())

    return States(decode), decoded


def test_a_state_is_decoded_when_it_is_first_asked_for_and_once() -> None:
    states, decoded = fresh()
    states.load("a", b"one")
    assert decoded == []
    assert states.get("a") is states.get("a")
    assert decoded == [b"one"]


def test_a_later_record_replaces_an_earlier_one() -> None:
    states, decoded = fresh()
    states.load("a", b"one")
    states.get("a")
    states.load("a", b"second")
    states.get("a")
    assert decoded == [b"one", b"second"]
    assert (len(states), states.size) == (1, 6)


def test_a_tombstone_removes_it() -> None:
    states, _ = fresh()
    states.load("a", b"one")
    states.load("a", None)
    assert states.get("a") is None
    assert (len(states), states.size) == (0, 0)


def test_an_update_need_not_be_decoded() -> None:
    states, decoded = fresh()
    timeline = cast("Timeline", object())
    states.update({"a": (timeline, b"bytes")})
    assert states.get("a") is timeline
    assert decoded == []


def test_only_the_states_used_lately_stay_decoded() -> None:
    states, decoded = fresh()
    for number in range(5_000):
        states.load(str(number), b"x")
        states.get(str(number))
    states.get("0")
    states.get("4999")
    assert len(decoded) == 5_001
    assert len(states) == 5_000
