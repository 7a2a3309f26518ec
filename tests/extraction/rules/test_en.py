"""What English news sentences report: every frame, tense and class of factuality, on real missions."""

import pytest

from tests.extraction.reading import read, reported
from tests.extraction.rules.rows import cases


@pytest.mark.parametrize(("published", "expected", "text"), cases("en"))
def test_reported(published: str, expected: frozenset[str], text: str) -> None:
    assert reported(text, "en", published) == expected


DATES = [
    (
        "The Security Council on Wednesday extended the mandate of UNIFIL until 31 August 2025.",
        "2024-08-30",
        "2024-08-28",
        "2025-08-31",
    ),
    (
        "France will withdraw its troops from Chad by the end of January, Paris said.",
        "2024-12-18",
        "2024-12-18",
        "2025-01",
    ),
    ("The mandate of UNITAMS expired on Sunday.", "2024-02-26", "2024-02-25", None),
    ("UNMHA will run until March 31.", "2026-01-27", "2026-01-27", "2026-03-31"),
]


@pytest.mark.parametrize(("text", "published", "occurred", "effective"), DATES)
def test_dates(text: str, published: str, occurred: str, effective: str | None) -> None:
    (change,) = read(text, "en", published).changes
    assert str(change.occurred) == occurred
    assert (str(change.effective) if change.effective else None) == effective


REASONS = [
    (
        "2022-04-12",
        "The EU suspended its training mission EUTM Mali because of the presence of Russian mercenaries.",
        {"mercenaries"},
    ),
    (
        "2022-01-27",
        "Denmark is withdrawing its soldiers from Operation Barkhane in Mali since they are needed elsewhere.",
        {"other_priority"},
    ),
    (
        "2017-06-30",
        "The UN ended UNOCI on Friday. The mission has done its job, its chief said.",
        {"objectives_met"},
    ),
    (
        "2022-03-03",
        "Sweden will withdraw its soldiers from MINUSMA in Mali after the coup, the government announced.",
        {"coup"},
    ),
    ("2012-06-17", "The UN suspended UNSMIS on Saturday amid growing violence.", {"security_worsened"}),
    (
        "2022-11-22",
        "Germany will pull its soldiers out of MINUSMA, citing the denied overflight rights.",
        {"host_obstruction"},
    ),
    ("2024-04-08", "SADC has begun to withdraw SAMIM from Mozambique for lack of funds.", {"cost"}),
    ("2009-06-16", "The UN closed UNOMIG after its mandate expired.", {"mandate_expired"}),
    ("2022-08-31", "The Security Council extended UNIFIL by a year.", set()),
]


@pytest.mark.parametrize(("published", "text", "reasons"), REASONS)
def test_reasons(published: str, text: str, reasons: set[str]) -> None:
    changes = read(text, "en", published).changes
    assert changes
    assert {str(reason) for change in changes for reason in change.reasons} == reasons


RECALLED = [
    "The troops had left Mali in 2013.",
    "In 2013 France launched Operation Serval in Mali.",
    "The force, which NATO reduced in 2010, patrols Kosovo.",
]


@pytest.mark.parametrize("text", RECALLED)
def test_what_is_recalled_is_no_news(text: str) -> None:
    assert reported(text, "en", "2022-05-15") == set()
