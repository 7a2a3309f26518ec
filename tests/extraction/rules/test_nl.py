"""What Dutch news sentences report: frames, split verbs, expressions, headlines and classes of factuality."""

import pytest

from tests.extraction.reading import read, reported
from tests.extraction.rules.rows import cases


@pytest.mark.parametrize(("published", "expected", "text"), cases("nl"))
def test_reported(published: str, expected: frozenset[str], text: str) -> None:
    assert reported(text, "nl", published) == expected


@pytest.mark.parametrize(
    ("text", "published", "occurred", "effective"),
    [
        (
            "Het mandaat van Unifil is donderdag verlengd tot 31 augustus 2024.",
            "2023-08-31",
            "2023-08-31",
            "2024-08-31",
        ),
        ("Frankrijk haalt zijn militairen voor eind december weg uit Niger.", "2023-09-24", "2023-09-24", "2023-12"),
        ("Operatie Sangaris is maandag beëindigd.", "2016-10-31", "2016-10-31", None),
        ("Minusma gaat op 1 juli van start.", "2013-04-25", "2013-04-25", "2013-07-01"),
    ],
)
def test_dates(text: str, published: str, occurred: str, effective: str | None) -> None:
    (change,) = read(text, "nl", published).changes
    assert str(change.occurred) == occurred
    assert (str(change.effective) if change.effective else None) == effective


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Frankrijk beëindigt operatie Barkhane in Mali vanwege de staatsgreep.", {"coup"}),
        ("De EU schort EUTM Mali op omdat het leger samenwerkt met huurlingen van Wagner.", {"mercenaries"}),
        ("Zweden verlaat Minusma in Mali wegens belemmeringen door de junta.", {"host_obstruction"}),
        (
            "Duitsland haalt zijn militairen weg bij Minusma omdat de verkiezingen uitgesteld zijn.",
            {"elections_delayed"},
        ),
        ("Denemarken trekt zijn soldaten terug uit Minusma in Mali op verzoek van de regering.", {"host_request"}),
        ("Nederland trekt zijn militairen terug uit Minusma wegens bezuinigingen.", {"cost"}),
        (
            "Nederland trekt zijn militairen terug uit Minusma; Defensie heeft hen hard nodig voor andere taken.",
            {"other_priority"},
        ),
        ("De NAVO versterkt KFOR na de rellen in het noorden van Kosovo.", {"security_worsened"}),
    ],
)
def test_reasons(text: str, expected: set[str]) -> None:
    changes = [change for change in read(text, "nl", "2022-05-10").changes if not change.background]
    assert changes
    assert {reason for change in changes for reason in change.reasons} == expected


def test_background() -> None:
    (change,) = read("In januari 2013 begon Frankrijk operatie Serval in Mali.", "nl", "2022-02-17").changes
    assert change.background
    assert (change.change, change.mission, str(change.occurred)) == ("started", "serval", "2013-01")


def test_the_government_is_that_of_the_outlet() -> None:
    belgian = "Het kabinet stuurt honderd militairen naar Mali voor Minusma. De Belgische militairen gaan naar Gao."
    assert reported(belgian, "nl", "2018-06-07") == {"announced minusma/BE"}
    assert reported("Het kabinet stuurt honderd militairen naar Mali voor Minusma.", "nl", "2018-06-07") == {
        "announced minusma/NL"
    }


def test_relocation() -> None:
    (change,) = read("De Franse militairen van Barkhane verhuizen van Mali naar Niger.", "nl", "2022-03-01").changes
    assert (change.change, change.relocated_to) == ("relocated", "NE")
