import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from worker.cli.axis import Axis

_days = st.dates(dt.date(1948, 1, 1), dt.date(2100, 1, 1))


def axis(first: str, last: str, width: int = 80) -> Axis:
    return Axis(dt.date.fromisoformat(first), dt.date.fromisoformat(last), width)


def test_both_ends_are_on_the_axis() -> None:
    one = axis("2013-04-25", "2023-12-31")
    assert (one.column(one.first), one.column(one.last)) == (0, 79)


def test_what_lies_outside_falls_on_the_ends() -> None:
    one = axis("2013-04-25", "2023-12-31")
    assert (one.column(dt.date(1990, 1, 1)), one.column(dt.date(2040, 1, 1))) == (0, 79)


def test_a_single_day_is_an_axis() -> None:
    one = axis("2022-02-17", "2022-02-17")
    assert one.column(one.first) == 0
    assert one.ticks() == [(0, "2022-02-17")]


def test_a_decade_has_years_and_a_year_has_months() -> None:
    assert [label for _, label in axis("2013-04-25", "2023-12-31").ticks()] == [str(year) for year in range(2014, 2024)]
    assert {label for _, label in axis("2022-01-10", "2022-12-01").ticks()} >= {"2022-05", "2022-09"}


@given(_days, _days, st.integers(1, 200))
def test_days_keep_their_order_and_labels_keep_apart(one: dt.date, other: dt.date, width: int) -> None:
    drawn = Axis(min(one, other), max(one, other), width)
    assert 0 <= drawn.column(drawn.first) <= drawn.column(drawn.last) < width
    ticks = drawn.ticks()
    assert ticks
    for (left, label), (right, _) in pairwise(ticks):
        assert left + len(label) < right
    assert all(at + len(label) <= width for at, label in ticks)
