"""The loop's decisions, with everything around it faked; what it does with a cluster is tested on a real one."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError, FaultError, IndefiniteError, StaleMemberError
from worker.streaming.loop import Done, Loop
from worker.streaming.stage import BrakedError, Opened, Output, Record, Span, Work


class FakeSource:
    """Two partitions, and whatever a test says of them."""

    def __init__(self) -> None:
        self.batches: list[dict[int, list[Record]]] = []
        self.moved: dict[int, Span] = {}
        self.behind: dict[int, int] | FaultError = {0: 0}
        self.assigned = frozenset({0, 1})
        self.joined = self.open = True
        self.group = "generation 3"
        self.reopened = 0
        self.advanced: list[tuple[dict[int, Span], dict[int, int]]] = []

    def poll(self, _seconds: float) -> dict[int, list[Record]]:
        return self.batches.pop(0) if self.batches else {}

    def spans(self, partitions: Mapping[int, Any] | None) -> dict[int, Span]:
        return {n: span for n, span in self.moved.items() if partitions is None or n in partitions}

    def lost(self, _spans: Mapping[int, Span]) -> dict[int, int]:
        return {}

    def advance(self, spans: dict[int, Span], stopped: dict[int, int]) -> None:
        self.advanced.append((spans, stopped))

    def reopen(self) -> None:
        self.reopened += 1

    def lag(self) -> dict[int, int]:
        if isinstance(self.behind, FaultError):
            raise self.behind
        return self.behind


class FakeTransactor:
    def __init__(self) -> None:
        self.failure: FaultError | None = None
        self.committed: list[tuple[list[Output], dict[int, int], str]] = []
        self.opened = 0

    def open(self) -> None:
        self.opened += 1

    def commit(self, outputs: Sequence[Output], offsets: Mapping[Any, int], group: str) -> None:
        if self.failure is not None:
            raise self.failure
        self.committed.append((list(outputs), {tp.partition: offset for tp, offset in offsets.items()}, group))


class FakeStage:
    name = "fake"

    def __init__(self) -> None:
        self.stopped: dict[int, int] = {}
        self.public: list[Mapping[int, int]] = []
        self.closed: list[int] = []
        self.braked = False

    def open(self, _partition: int, _position: int) -> Opened:
        return Opened()

    def process(self, batch: Mapping[int, Sequence[Record]]) -> Work:
        if self.braked:
            raise BrakedError
        return Work(
            [Output("out", b"k", record) for records in batch.values() for record in records], stopped=self.stopped
        )

    def committed(self, positions: Mapping[int, int]) -> None:
        self.public.append(positions)

    def close(self, partition: int) -> None:
        self.closed.append(partition)


class Notes:
    def __init__(self) -> None:
        self.done: list[Done] = []
        self.failures: list[FaultError] = []
        self.progress = 0

    def committed(self, done: Done) -> None:
        self.done.append(done)

    def failed(self, error: FaultError) -> None:
        self.failures.append(error)

    def polled(self, _seconds: float) -> None: ...

    def assigned(self, _partitions: frozenset[int], *, opened: bool) -> None: ...

    def lagged(self, _lag: Mapping[int, int]) -> None: ...


class World:
    """A loop and its fakes; the watchdog only counts progress."""

    def __init__(self) -> None:
        self.source, self.transactor, self.stage, self.notes = FakeSource(), FakeTransactor(), FakeStage(), Notes()
        self.progress = 0
        self.loop: Any = Loop(
            stage=self.stage,
            topic="in",
            source=self.source,  # type: ignore[arg-type]
            transactor=self.transactor,  # type: ignore[arg-type]
            receipts=lambda spans, _: [Output("receipts", str(n).encode(), b"") for n in spans],
            watchdog=SimpleNamespace(progress=self.progressed),  # type: ignore[arg-type]
            observer=self.notes,
        )

    def progressed(self) -> None:
        self.progress += 1


@pytest.fixture
def world() -> World:
    return World()


def late(world: World) -> World:
    """As if the last look at idle partitions and at the lag had been long ago."""
    world.loop._idle_at = world.loop._lag_at = 0.0
    return world


def test_a_batch_and_its_receipts_and_offsets_are_one_transaction(world: World) -> None:
    world.source.batches = [{0: [b"a", b"b"], 1: [b"c"]}]
    world.source.moved = {0: Span(5, 7), 1: Span(0, 2)}
    world.loop.turn()
    ((outputs, offsets, group),) = world.transactor.committed
    assert [output.topic for output in outputs] == ["out", "out", "out", "receipts", "receipts"]
    assert offsets == {0: 7, 1: 2}
    assert group == "generation 3"
    assert world.stage.public == [{0: 7, 1: 2}]
    assert world.progress == 1


def test_a_partition_that_has_no_position_is_not_committed_for(world: World) -> None:
    world.source.batches = [{0: [b"a"], 1: [b"b"]}]
    world.source.moved = {0: Span(5, 6)}
    world.loop.turn()
    assert world.transactor.committed == []
    assert world.source.reopened == 1
    assert world.progress == 0


def test_a_stale_member_takes_a_new_producer_and_opens_its_partitions_anew(world: World) -> None:
    world.source.batches = [{0: [b"a"]}]
    world.source.moved = {0: Span(5, 6)}
    world.transactor.failure = StaleMemberError("rebalanced")
    world.loop.turn()
    assert (world.source.reopened, world.transactor.opened) == (1, 1)
    assert (world.stage.public, world.source.advanced, world.progress) == ([], [], 0)


@pytest.mark.parametrize("failure", [IndefiniteError("who knows"), FatalError(Exit.FENCED, "fenced")])
def test_any_other_failure_ends_the_session(world: World, failure: FaultError) -> None:
    world.source.batches = [{0: [b"a"]}]
    world.source.moved = {0: Span(5, 6)}
    world.transactor.failure = failure
    with pytest.raises(type(failure)):
        world.loop.turn()
    assert world.notes.failures == [failure]
    assert (world.stage.public, world.source.advanced, world.progress) == ([], [], 0)


def test_a_brake_commits_nothing(world: World) -> None:
    world.source.batches = [{0: [b"a"]}]
    world.stage.braked = True
    with pytest.raises(BrakedError):
        world.loop.turn()
    assert world.transactor.committed == []


def test_a_stopped_partition_is_committed_as_far_as_it_was_read(world: World) -> None:
    world.source.batches = [{0: [b"a"], 1: [b"b"]}]
    world.source.moved = {0: Span(5, 9), 1: Span(3, 4)}
    world.stage.stopped = {0: 7, 1: 3}
    world.loop.turn()
    assert world.transactor.committed[0][1] == {0: 7}
    assert world.source.advanced == [({0: Span(5, 7)}, {0: 7, 1: 3})]


def test_when_nothing_was_read_it_is_all_read_again(world: World) -> None:
    world.source.batches = [{1: [b"b"]}]
    world.source.moved = {1: Span(3, 4)}
    world.stage.stopped = {1: 3}
    world.loop.turn()
    assert world.transactor.committed == []
    assert world.source.advanced == [({}, {1: 3})]


def test_markers_that_were_passed_are_committed_too(world: World) -> None:
    world.source.moved = {1: Span(3, 4)}
    late(world).loop.turn()
    assert world.transactor.committed[0][1] == {1: 4}
    assert [output.topic for output in world.transactor.committed[0][0]] == ["receipts"]


def test_being_at_the_end_is_progress(world: World) -> None:
    late(world).loop.turn()
    assert world.progress == 1


def test_a_loop_that_turns_without_getting_on_is_not(world: World) -> None:
    """kafka-python can turn in `poll` for ever and fetch nothing: only the lag tells."""
    world.source.behind = {0: 0, 1: 7}
    for _ in range(5):
        late(world).loop.turn()
    assert world.progress == 0


def test_a_lag_that_nobody_knows_is_not_either(world: World) -> None:
    world.source.behind = IndefiniteError("no answer")
    late(world).loop.turn()
    assert world.progress == 0


def test_a_member_that_is_not_in_its_group_makes_none(world: World) -> None:
    world.source.open = False
    late(world).loop.turn()
    assert world.progress == 0


def test_the_stage_hears_of_partitions_that_are_gone(world: World) -> None:
    world.loop.turn()
    world.source.joined, world.source.assigned = False, frozenset()
    world.loop.turn()
    assert world.stage.closed == []  # it may well get them back
    world.source.joined, world.source.assigned = True, frozenset({1})
    world.loop.turn()
    assert world.stage.closed == [0]
