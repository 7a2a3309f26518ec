import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.missions import samples
from worker.missions.periods import Period, periods
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Change, Status


def timeline(*changes: tuple[Change, str]) -> Timeline:
    observations = (samples.observation(samples.reported(*change), f"a{nth}") for nth, change in enumerate(changes))
    return samples.fold_all(observations)[-1].timeline


def test_each_status_lasts_until_the_next() -> None:
    known = timeline(
        (Change.ENDED, "2023-12-31"), (Change.STARTED, "2013-07-01"), (Change.WITHDRAWAL_ANNOUNCED, "2023-06-30")
    )
    assert periods(known) == (
        Period(Status.ACTIVE, dt.date(2013, 7, 1), dt.date(2023, 6, 30)),
        Period(Status.ENDING, dt.date(2023, 6, 30), dt.date(2023, 12, 31)),
        Period(Status.ENDED, dt.date(2023, 12, 31), None),
    )


def test_changes_that_leave_the_same_status_are_one_period() -> None:
    known = timeline((Change.STARTED, "2013-07-01"), (Change.EXTENDED, "2014-06-25"), (Change.REINFORCED, "2015-01-01"))
    assert periods(known) == (Period(Status.ACTIVE, dt.date(2013, 7, 1), None),)


def test_of_two_changes_on_a_day_the_later_one_counts() -> None:
    known = timeline(
        (Change.STARTED, "2013-07-01"), (Change.EXTENDED, "2023-06-30"), (Change.WITHDRAWAL_ANNOUNCED, "2023-06-30")
    )
    assert [period.status for period in periods(known)] == [Status.ACTIVE, Status.ENDING]


def test_a_date_that_was_put_right_is_left_out() -> None:
    known = timeline((Change.STARTED, "2013-07-01"), (Change.ENDED, "2022-03-01"))
    corrected = samples.observation(samples.reported(Change.ENDED, "2023-12-31"), "later", "2024-01-02")
    (folded,) = samples.fold_all([corrected], known)
    assert periods(folded.timeline)[-1] == Period(Status.ENDED, dt.date(2023, 12, 31), None)


@given(st.lists(st.tuples(st.sampled_from(Change), st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)).map(str))))
def test_periods_follow_each_other_without_gaps_and_never_repeat(changes: list[tuple[Change, str]]) -> None:
    if not changes:
        return
    found = periods(timeline(*changes))
    assert found[-1].until is None
    for one, other in pairwise(found):
        assert one.first < other.first == one.until
        assert one.status is not other.status
