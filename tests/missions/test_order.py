from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.missions.dates import PartialDate
from worker.missions.order import STAGE, rank, span
from worker.missions.vocabulary import Change

CHANGES = st.sampled_from(Change)
DATES = st.one_of(
    st.builds(PartialDate.of, st.dates()),
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
)


def test_every_change_has_a_stage() -> None:
    assert set(STAGE) == set(Change)


@given(DATES)
def test_span_is_the_interval(date: PartialDate) -> None:
    first, last = span(date)
    assert (first, last) == (date.first.toordinal(), date.last.toordinal())


@given(CHANGES, DATES, CHANGES, DATES)
def test_keeps_the_order_of_dates_that_do_not_overlap(one: Change, a: PartialDate, two: Change, b: PartialDate) -> None:
    if a.last < b.first:
        assert rank(one, a) < rank(two, b)


@pytest.mark.parametrize(
    "history",
    [
        [("announced", "2022"), ("started", "2022-03-01"), ("ended", "2022")],
        [("started", "2022-03"), ("reinforced", "2022-03"), ("ended", "2022-03")],
        [("extended", "2022-02-17"), ("withdrawal_announced", "2022-02-17")],
        [("withdrawal_announced", "2022-02"), ("withdrawal_started", "2022-02"), ("ended", "2022-02")],
        [("suspended", "2022-04"), ("withdrawal_announced", "2022-04"), ("withdrawal_announced", "2022-05")],
    ],
)
def test_the_likely_order_of_dates_that_overlap(history: list[tuple[str, str]]) -> None:
    ranks = [rank(Change(change), PartialDate.parse(date)) for change, date in history]
    assert all(a < b for a, b in pairwise(ranks))
