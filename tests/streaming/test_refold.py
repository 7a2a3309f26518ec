"""Folding anew is worth what it finds: a sound partition, and then the same with one thing wrong."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.missions import samples
from tests.missions.samples import Named, Register
from tests.streaming.records import CODEC
from worker.events.receipt import Receipt
from worker.missions.event import StatusChanged
from worker.missions.observation import Coordinates, Observation, Versions
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Change, Status
from worker.streaming.decisions import Decisions
from worker.streaming.refold import Refold

SEEN, EVENTS, STATES = "missions.observations", "missions.status-changed", "missions.status"
OBSERVATIONS = [
    samples.observation(samples.reported(Change.WITHDRAWAL_ANNOUNCED, "2022-02-17"), "a0"),
    samples.observation(samples.reported(Change.WITHDRAWAL_ANNOUNCED, "2022-02-17"), "a1"),
    samples.observation(samples.reported(Change.WITHDRAWAL_STARTED, "2022-05-01"), "a2"),
    samples.observation(samples.reported(Change.ENDED, "2022-08-15"), "a3"),
]


class Partition:
    """What a partition holds: four observations, three events, one state; all of it in one receipt."""

    def __init__(self) -> None:
        folded = samples.fold_all(OBSERVATIONS)
        self.observations: list[Observation] = list(OBSERVATIONS)
        self.events: list[StatusChanged] = [it.event for it in folded if it.event is not None]
        self.timelines = [it.timeline for it in folded]
        self.states: list[tuple[str, Timeline | None]] = [("minusma", folded[-1].timeline)]
        self.decided = samples.VERSIONS
        self.register = Register()
        self.covered = 4

    def refold(self, versions: Versions = samples.VERSIONS) -> Refold:
        receipt = Receipt(
            stage="track", group="g", member="m", topic=SEEN, partition=1, first_offset=0, next_offset=self.covered,
            outcomes={}, outputs={}, versions=self.decided,
        )  # fmt: skip
        decisions = Decisions([receipt] if self.covered else [])
        refold = Refold(SEEN, 1, decisions, CODEC, self.register, versions)
        for nth, event in enumerate(self.events):
            refold.event(event, CODEC.encode(event, recorded_at=7), Coordinates(EVENTS, 1, nth))
        for nth, (subject, timeline) in enumerate(self.states):
            refold.state(subject, None if timeline is None else CODEC.encode(timeline), Coordinates(STATES, 1, nth))
        for nth, observation in enumerate(self.observations):
            refold.observation(observation, samples.place(nth))
        refold.finish()
        return refold

    def problems(self) -> list[str]:
        return list(map(str, self.refold().problems))

    def change(self, nth: int, **fields: object) -> None:
        """Change an event, its identifier with it."""
        self.events[nth] = replace(self.events[nth], id="", **fields)  # type: ignore[arg-type]


@pytest.fixture
def partition() -> Partition:
    return Partition()


def test_a_sound_partition(partition: Partition) -> None:
    refold = partition.refold()
    assert (refold.problems, refold.notes) == ([], [])
    assert (refold.events, refold.states) == (3, 1)


def test_an_event_is_missing(partition: Partition) -> None:
    del partition.events[1]
    assert partition.problems() == [f"{SEEN}-1@2: event 2 of minusma, withdrawal_started 2022-05-01, is missing"]


def test_an_event_was_changed_and_its_identifier_with_it(partition: Partition) -> None:
    partition.change(1, confidence=0.1, late=True)
    (problem,) = partition.problems()
    assert problem.startswith(f"{EVENTS}-1@1: event 2 of minusma, withdrawal_started 2022-05-01, from {SEEN}-1@2")
    assert problem.endswith("differs in late, confidence")


def test_an_event_was_changed_where_its_identifier_does_not_tell(partition: Partition) -> None:
    partition.change(0, source=replace(partition.events[0].source, url="https://elsewhere.example/"))
    assert partition.problems()[0].endswith("differs in source")


def test_an_event_of_an_observation_that_repeats(partition: Partition) -> None:
    partition.change(1, observed_at=samples.place(1))
    problems = partition.problems()
    assert f"{EVENTS}-1@1: an event comes from {SEEN}-1@1, which tells nothing new of minusma" in problems
    assert f"{SEEN}-1@2: event 2 of minusma, withdrawal_started 2022-05-01, is missing" in problems


def test_an_event_of_nothing(partition: Partition) -> None:
    partition.change(2, observed_at=samples.place(9))
    assert any(problem.endswith(f"comes from {SEEN}-1@9, where no observation is") for problem in partition.problems())


def test_an_event_in_the_wrong_partition(partition: Partition) -> None:
    partition.change(2, observed_at=Coordinates(SEEN, 0, 3))
    assert any("stands in the wrong partition" in problem for problem in partition.problems())


def test_events_in_the_wrong_order(partition: Partition) -> None:
    partition.events.reverse()
    assert sum("stands behind that of a later observation" in problem for problem in partition.problems()) == 2


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("status", lambda state: replace(state, status=Status.ACTIVE)),
        ("observations", lambda state: replace(state, observations=7)),
        ("entries[2].sources", lambda state: altered(state, 2, sources=5)),
        ("entries[0].claims", lambda state: altered(state, 0, claims=())),
        ("entries", lambda state: replace(state, entries=state.entries[:2])),
    ],
)
def test_a_state_was_altered(partition: Partition, field: str, change: Callable[[Timeline], Timeline]) -> None:
    partition.states.append(("minusma", change(partition.timelines[-1])))
    assert partition.problems() == [f"{STATES}-1@1: the state of minusma differs from what is observed in {field}"]


def altered(state: Timeline, nth: int, **fields: object) -> Timeline:
    entry = replace(state.entries[nth], **fields)  # type: ignore[arg-type]
    return replace(state, entries=(*state.entries[:nth], entry, *state.entries[nth + 1 :]))


def test_a_state_is_missing(partition: Partition) -> None:
    partition.states.append(("minusma", None))
    assert partition.problems() == [f"{SEEN}-1@3: minusma has no state, though this was taken in"]


def test_a_state_is_behind(partition: Partition) -> None:
    partition.states.append(("minusma", partition.timelines[1]))
    assert partition.problems() == [
        f"{STATES}-1@1: the state of minusma ends with {SEEN}-1@1, and {SEEN}-1@3 came after"
    ]


def test_a_state_of_what_was_never_observed(partition: Partition) -> None:
    partition.states.append(("kfor", replace(partition.timelines[-1], subject="kfor")))
    assert partition.problems() == [f"{STATES}-1@1: the state of kfor ends with {SEEN}-1@3, which did not change it"]


def test_a_state_under_another_key(partition: Partition) -> None:
    partition.states.append(("kfor", partition.timelines[-1]))
    assert f"{STATES}-1@1: the state of minusma stands under the key kfor" in partition.problems()


def test_a_running_service_may_be_ahead_of_its_receipts(partition: Partition) -> None:
    partition.covered = 3
    assert partition.problems() == []
    del partition.events[-1]
    partition.states = [("minusma", partition.timelines[2])]
    assert partition.problems() == []


def test_an_event_that_claims_another_decider_than_its_receipt(partition: Partition) -> None:
    partition.events[0] = replace(partition.events[0], versions=Versions(code="0.9", register="r1"))
    assert any("says code 0.9 and register r1, its receipt code 1.0.0" in it for it in partition.problems())


def test_what_another_version_of_the_code_decided_otherwise_is_noted(partition: Partition) -> None:
    partition.decided = Versions(code="0.9", register="r1")
    partition.events = [replace(event, versions=partition.decided) for event in partition.events]
    partition.states = [("minusma", replace(partition.timelines[-1], versions=partition.decided))]
    partition.change(1, confidence=0.1)
    refold = partition.refold()
    assert refold.problems == []
    (note,) = map(str, refold.notes[:1])
    assert "differs in confidence" in note
    assert refold.events == 2


def test_a_register_that_names_a_mission_anew_makes_no_fault(partition: Partition) -> None:
    partition.register = Register({"minusma": Named("The UN in Mali", successor="none")})
    refold = partition.refold(replace(samples.VERSIONS, register="r2"))
    assert (refold.problems, refold.notes) == ([], [])
    assert (refold.events, refold.states) == (3, 1)


def test_the_same_register_with_another_name_does(partition: Partition) -> None:
    partition.change(0, mission_name="Something else")
    assert partition.problems()[0].endswith("differs in mission_name")
