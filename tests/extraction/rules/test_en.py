"""What English news sentences report: every frame, tense and class of factuality, on real missions."""

from pathlib import Path

import pytest

from tests.extraction.reading import read, reported

_LINES = (Path(__file__).parent / "en.txt").read_text(encoding="utf-8").splitlines()
_ROWS = [tuple(line.split(" | ", 2)) for line in _LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("published", "expected", "text"), _ROWS)
def test_reported(published: str, expected: str, text: str) -> None:
    assert reported(text.replace("\\n", "\n"), "en", published) == (
        set() if expected == "-" else set(expected.split(", "))
    )


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
        "The EU suspended its training mission EUTM Mali because of the presence of Russian mercenaries.",
        {"mercenaries"},
    ),
    (
        "Denmark is withdrawing its soldiers from Operation Barkhane in Mali since they are needed elsewhere.",
        {"other_priority"},
    ),
    ("The UN ended UNOCI on Friday. The mission has done its job, its chief said.", {"objectives_met"}),
    ("Sweden will withdraw its soldiers from MINUSMA in Mali after the coup, the government announced.", {"coup"}),
    ("The UN suspended UNSMIS on Saturday amid growing violence.", {"security_worsened"}),
    ("Germany will pull its soldiers out of MINUSMA, citing the denied overflight rights.", {"host_obstruction"}),
    ("SADC has begun to withdraw SAMIM from Mozambique for lack of funds.", {"cost"}),
    ("The UN closed UNOMIG after its mandate expired.", {"mandate_expired"}),
    ("The Security Council extended UNIFIL by a year.", set()),
]


@pytest.mark.parametrize(("text", "reasons"), REASONS)
def test_reasons(text: str, reasons: set[str]) -> None:
    changes = read(text, "en", "2022-05-15").changes
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
