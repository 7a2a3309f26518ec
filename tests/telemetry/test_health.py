import pytest

from tests.telemetry.conftest import Clock
from worker.telemetry.health import Health, Report, worst

LIMIT = 60.0


@pytest.fixture
def health(clock: Clock) -> Health:
    return Health(LIMIT, clock)


def ready(health: Health) -> None:
    health.assigned(known=True)
    health.restored(whole=True)
    health.producing(possible=True)


def test_a_process_starts_live_and_not_ready(health: Health) -> None:
    report = health.report()
    assert report.live
    assert not report.ready
    assert report.faults == (
        "no partitions assigned yet",
        "state not restored yet",
        "producer not initialised yet",
    )


def test_it_is_ready_when_everything_is_there(health: Health) -> None:
    ready(health)
    assert health.report() == Report(live=True, ready=True)
    health.restored(whole=False)
    assert health.report() == Report(live=True, ready=False, faults=("state not restored yet",))


def test_a_loop_that_does_not_turn_is_dead(health: Health, clock: Clock) -> None:
    ready(health)
    clock.advance(LIMIT)
    assert health.report().live
    clock.advance(1)
    assert health.report() == Report(live=False, ready=False, faults=("the loop has not turned for 61 s",))
    health.turned()
    assert health.report().live


def test_a_loop_that_turns_without_getting_on_is_dead(health: Health, clock: Clock) -> None:
    ready(health)
    health.lagged(10)
    for _ in range(61):
        clock.advance(1)
        health.turned()
        health.lagged(10)
    assert health.report().faults == ("there is input, and no progress for 61 s",)
    assert not health.report().live
    health.progressed()
    assert health.report().live


def test_a_loop_that_turns_at_the_end_of_its_input_lives(health: Health, clock: Clock) -> None:
    ready(health)
    for _ in range(1_000):
        clock.advance(1)
        health.turned()
        health.lagged(0)
    assert health.report() == Report(live=True, ready=True)


def test_time_at_the_end_does_not_count_when_input_comes(health: Health, clock: Clock) -> None:
    ready(health)
    clock.advance(10 * LIMIT)
    health.turned()
    health.lagged(10)
    assert health.report().live
    clock.advance(LIMIT + 1)
    health.turned()
    assert not health.report().live


def test_a_process_without_partitions_lives(health: Health, clock: Clock) -> None:
    ready(health)
    clock.advance(10 * LIMIT)
    health.turned()
    assert health.report() == Report(live=True, ready=True)


def test_a_stage_that_refuses_to_go_on_is_live_and_not_ready(health: Health) -> None:
    ready(health)
    health.refuse("100 dead letters in a row")
    assert health.report() == Report(live=True, ready=False, faults=("100 dead letters in a row",))
    health.refuse(None)
    assert health.report().ready


def test_together_they_are_as_well_as_the_worst() -> None:
    well = Report(live=True, ready=True)
    starting = Report(live=True, ready=False, faults=("no partitions assigned yet",))
    dead = Report(live=False, ready=False, faults=("stuck",))
    assert worst([]) == well
    assert worst([("a", well), ("b", starting)]) == Report(
        live=True, ready=False, faults=("b: no partitions assigned yet",)
    )
    assert worst([("a", dead), ("b", well)]) == Report(live=False, ready=False, faults=("a: stuck",))
    assert worst([("a", well), ("b", None)]) == Report(live=True, ready=False, faults=("b: does not answer",))
