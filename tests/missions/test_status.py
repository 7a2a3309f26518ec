import datetime as dt

import pytest

from tests.missions.samples import fold_all, observation, reported
from worker.missions.status import AWAITED, State, due_on, state_on
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Change, Status

LATER = dt.date(2030, 1, 1)


def timeline_of(*texts: str) -> Timeline:
    """A timeline from `change date [until date]`, each of an article of the same day."""
    observations = []
    for number, text in enumerate(texts):
        change, date, *rest = text.split()
        effective = rest[1] if rest else None
        observations.append(observation(reported(Change(change), date, effective=effective), f"a{number}", date))
    return fold_all(observations)[-1].timeline


def state(day: str, *texts: str) -> State:
    found = state_on(timeline_of(*texts), dt.date.fromisoformat(day))
    assert found is not None
    return found


def due(day: dt.date, *texts: str) -> list[tuple[str, str]]:
    return [(it.awaited, str(it.effective)) for it in due_on(timeline_of(*texts), day)]


MISSION = ("announced 2013-04", "started 2013-07-01", "extended 2021-06-29", "suspended 2022-07-14", "ended 2023-12-11")


@pytest.mark.parametrize(
    ("day", "status", "since"),
    [
        ("2013-04-01", Status.PLANNED, "2013-04"),
        ("2013-07-01", Status.ACTIVE, "2013-07-01"),
        ("2022-07-13", Status.ACTIVE, "2013-07-01"),
        ("2022-07-14", Status.SUSPENDED, "2022-07-14"),
        ("2030-01-01", Status.ENDED, "2023-12-11"),
    ],
)
def test_the_status_on_a_day(day: str, status: Status, since: str) -> None:
    found = state(day, *MISSION)
    assert (found.status, str(found.since)) == (status, since)


def test_before_anything_is_known_there_is_no_state() -> None:
    timeline = timeline_of(*MISSION)
    assert state_on(timeline, dt.date(2013, 3, 31)) is None
    assert due_on(timeline, dt.date(2013, 3, 31)) == ()


def test_a_date_that_was_corrected_does_not_count() -> None:
    """It ended in November, as is known today; that August was believed for a while does not matter."""
    history = ("withdrawal_announced 2022-02-17", "ended 2022-08-15", "ended 2022-11-09")
    assert state("2022-09-01", *history).status is Status.ENDING
    assert str(state("2030-01-01", *history).since) == "2022-11-09"


def test_the_date_of_effect_is_the_one_set_last_under_the_same_status() -> None:
    history = ["withdrawal_announced 2022-02-17 until 2022-06", "withdrawal_started 2022-03-01"]
    assert str(state("2022-04-01", *history).effective) == "2022-06"
    assert str(state("2022-04-01", *history, "withdrawal_announced 2022-03-20 until 2022-08").effective) == "2022-08"
    assert state("2022-09-01", *history, "ended 2022-08-15").effective is None


def test_tells_how_sure_it_is() -> None:
    found = state("2030-01-01", "ended 2022-02-17", "extended 2022-08-01", "extended 2022-08-02")
    assert (found.contradicted, found.sources) == (True, 2)
    assert found.confidence == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("change", "awaited"),
    [
        ("announced", "start"),
        ("extended", "renewal"),
        ("suspended", "resumption"),
        ("withdrawal_announced", "end"),
        ("withdrawal_started", "end"),
    ],
)
def test_a_date_that_passes_without_news_is_due_and_no_status(change: str, awaited: str) -> None:
    history = f"{change} 2022-02-17 until 2022-06"
    assert due(dt.date(2022, 6, 30), history) == []
    assert due(dt.date(2022, 7, 1), history) == [(awaited, "2022-06")]
    assert state("2022-06-30", history).status is state("2022-07-01", history).status


@pytest.mark.parametrize("change", sorted(set(Change) - set(AWAITED)))
def test_other_changes_leave_nothing_open(change: str) -> None:
    assert due(LATER, f"{change} 2022-02-17 until 2022-06") == []


@pytest.mark.parametrize(
    "history",
    [
        # It came.
        ("announced 2022-01-10 until 2022-06", "started 2022-06-03"),
        ("extended 2022-01-10 until 2022-06", "extended 2022-06-03"),
        ("suspended 2022-01-10 until 2022-06", "resumed 2022-06-03"),
        ("withdrawal_announced 2022-01-10 until 2022-06", "ended 2022-06-03"),
        # Things took another course.
        ("extended 2022-01-10 until 2022-06", "ended 2022-04-03"),
        ("withdrawal_announced 2022-01-10 until 2022-06", "extended 2022-04-03"),
    ],
)
def test_what_was_answered_is_not_due(history: tuple[str, ...]) -> None:
    assert due(LATER, *history) == []


def test_another_date_takes_its_place() -> None:
    history = ("withdrawal_announced 2022-01-10 until 2022-06", "withdrawal_started 2022-05-03 until 2022-09")
    assert due(dt.date(2022, 8, 1), *history) == []
    assert due(LATER, *history) == [("end", "2022-09")]


@pytest.mark.parametrize(
    "later",
    [
        # Says nothing of when.
        "withdrawal_started 2022-05-03",
        # Does not fit what is known, so may be wrong.
        "reduced 2022-05-03",
    ],
)
def test_what_does_not_answer_leaves_it_due(later: str) -> None:
    assert due(LATER, "withdrawal_announced 2022-01-10 until 2022-06", later) == [("end", "2022-06")]


def test_troops_that_come_or_go_do_not_renew_a_mandate() -> None:
    history = ("extended 2022-01-10 until 2022-06", "reinforced 2022-07-03 until 2022-12")
    assert due(LATER, *history) == [("renewal", "2022-06")]


def test_what_came_after_the_day_is_not_known_to_have_come() -> None:
    history = ("extended 2021-06-01 until 2022-06", "extended 2022-08-03 until 2023-06")
    assert due(dt.date(2022, 7, 15), *history) == [("renewal", "2022-06")]
