import pytest

from tests.missions.samples import observation, reported
from worker.missions.history import present, settle, stands
from worker.missions.merge import add, merge, sighting_of
from worker.missions.timeline import Entry
from worker.missions.vocabulary import Change, Status


def entry(text: str) -> Entry:
    """An entry from `change date [published date]`."""
    name, date, *rest = text.split()
    change = Change(name)
    observed = observation(reported(change, date), published=rest[1] if rest else date)
    return merge(change, (add(None, observed.report.occurred, sighting_of(observed)),))


def settled(*texts: str) -> tuple[Entry, ...]:
    return settle(map(entry, texts), registered=True)


def test_entries_come_in_order_each_with_the_status_before_it() -> None:
    entries = settled("ended 2022", "started 2022-03-01", "suspended 2022-06", "announced 2022")
    assert [it.change for it in entries] == [Change.ANNOUNCED, Change.STARTED, Change.SUSPENDED, Change.ENDED]
    assert [it.previous_status for it in entries] == [None, Status.PLANNED, Status.ACTIVE, Status.SUSPENDED]


def test_each_report_of_another_date_corrects_the_one_before_it() -> None:
    entries = settled(
        "ended 2022-06-01 published 2022-06-02", "ended 2022-08-15 published 2022-12-01", "ended 2022-11-09"
    )
    assert [(it.key, it.corrects) for it in entries] == [
        ("ended@2022-06-01", None),
        ("ended@2022-08-15", "ended@2022-11-09"),
        ("ended@2022-11-09", "ended@2022-06-01"),
    ]
    assert [stands(it) for it in entries] == [False, True, False]
    assert not any(it.contradicts for it in entries)
    status, since = present(entries)
    assert (status, str(since)) == (Status.ENDED, "2022-08-15")


@pytest.mark.parametrize("change", sorted(set(Change) - {Change.STARTED, Change.ENDED}))
def test_what_can_happen_again_is_not_corrected_by_another_date(change: Change) -> None:
    assert [it.corrects for it in settled(f"{change} 2021-06-01", f"{change} 2022-06-01")] == [None, None]


def test_the_latest_decision_to_leave_is_the_one_reversed() -> None:
    entries = settled(
        "withdrawal_announced 2021-06-01",
        "withdrawal_announced 2021-12-01",
        "withdrawal_started 2022-01-01",
        "extended 2022-06-01",
        "extended 2023-06-01",
    )
    assert [it.corrects for it in entries] == [None, None, None, "withdrawal_announced@2021-12-01", None]
    assert [it.corrected for it in entries] == [False, True, False, False, False]


def test_a_departure_without_a_decision_is_reversed_itself() -> None:
    assert settled("withdrawal_started 2022-01-01", "extended 2022-06-01")[1].corrects == (
        "withdrawal_started@2022-01-01"
    )


def test_since_reaches_back_over_all_that_left_the_same_status() -> None:
    entries = settled("suspended 2021-01-01", "resumed 2021-06-01", "extended 2022-06-01", "reinforced 2022-07-01")
    status, since = present(entries)
    assert (status, str(since)) == (Status.ACTIVE, "2021-06-01")


def test_settling_again_changes_nothing() -> None:
    entries = settled("ended 2022-06-01", "extended 2022-08-15", "ended 2022-11-09", "ended 2023-01-09")
    again = settle(reversed(entries), registered=True)
    assert all(one is other for one, other in zip(entries, again, strict=True))


def test_a_flag_is_lifted_with_its_cause() -> None:
    _, contradicting = settled("ended 2022-06-01", "extended 2022-08-15")
    (alone,) = settle([contradicting], registered=True)
    assert (contradicting.contradicts, alone.contradicts) == (True, False)
    assert contradicting.confidence == pytest.approx(0.4)
    assert alone.confidence == pytest.approx(0.8)
