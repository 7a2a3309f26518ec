"""Every form of date that a message may give, and those that it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.articles.published import from_timestamp, read_date, split_prefix
from worker.missions.dates import PartialDate


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2022", "2022"),
        ("2022-02", "2022-02"),
        ("2022-02-17", "2022-02-17"),
        ("20220217", "2022-02-17"),
        (" 2022-2-7 ", "2022-02-07"),
        ("2022-02-17T10:15:00Z", "2022-02-17"),
        ("2022-02-17t10:15:00.123456789+01:00", "2022-02-17"),
        ("2022-02-17T23:59:60-11:00", "2022-02-17"),
        ("2022-02-17 10:15", "2022-02-17"),
        ("2022-02-17 10:15:00 +0100", "2022-02-17"),
        ("2022-02-17 10:15:00 UTC", "2022-02-17"),
        ("20220217T101500Z", "2022-02-17"),
        ("Thu, 17 Feb 2022 10:15:00 +0100", "2022-02-17"),
        ("17 Feb 2022 10:15:00 GMT", "2022-02-17"),
        ("1645095600", "2022-02-17"),
        (1645095600, "2022-02-17"),
        (1645095600.5, "2022-02-17"),
        (1645095600123, "2022-02-17"),
        (2022, "2022"),
        ("", None),
        ("  ", None),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        (0, None),
    ],
)
def test_dates_that_are_read(written: str | float, read: str | None) -> None:
    assert read_date(written) == (PartialDate.parse(read) if read else None)


@pytest.mark.parametrize(
    "written",
    [
        *("yesterday", "2022-13", "2022-02-30", "17/02/2022", "2022-02-17T", "2022-02-17Tnoon", "x" * 5000, "-2022"),
        *("2" * 40, float("inf"), float("nan"), 1e300, 10**30),
    ],
)
def test_dates_that_are_none(written: str | float) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_date(written)


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats()))
def test_any_value_is_a_date_or_a_value_error(written: str | float) -> None:
    try:
        read = read_date(written)
    except ValueError:
        return
    assert read is None or 1 <= read.year <= 9999


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        (" date 2022-02 Frankrijk stopt", "2022-02", "Frankrijk stopt"),
        ("date 2022-02-17\nFrankrijk stopt", "2022-02-17", "Frankrijk stopt"),
        ("\n date: 2022-02-17\n\n\nFrankrijk", "2022-02-17", "Frankrijk"),
        (" date 2022-02-30 Frankrijk", "2022-02", "Frankrijk"),
        (" date 2022-02", "2022-02", ""),
        (" date 2022-13 Frankrijk", None, " date 2022-13 Frankrijk"),
        (" date 2022 Frankrijk", None, " date 2022 Frankrijk"),
        (" date 2022-02x Frankrijk", None, " date 2022-02x Frankrijk"),
        ("update 2022-02 Frankrijk", None, "update 2022-02 Frankrijk"),
        ("Frankrijk date 2022-02", None, "Frankrijk date 2022-02"),
    ],
)
def test_the_date_in_front_of_a_text(text: str, date: str | None, rest: str) -> None:
    assert split_prefix(text) == (PartialDate.parse(date) if date else None, rest)


def test_record_timestamps() -> None:
    assert from_timestamp(1_645_142_399_999) == PartialDate(2022, 2, 17)
    assert from_timestamp(1_645_142_400_000) == PartialDate(2022, 2, 18)
    assert from_timestamp(-86_400_000) == PartialDate(1969, 12, 31)
    assert from_timestamp(-1) is None
    with pytest.raises(ValueError, match="calendar"):
        from_timestamp(10**15)
