"""What German news sentences report: frames, split verbs, nouns with support verbs and classes of factuality."""

import pytest

from tests.extraction.reading import read, reported
from tests.extraction.rules.rows import cases


@pytest.mark.parametrize(("published", "expected", "text"), cases("de"))
def test_reported(published: str, expected: frozenset[str], text: str) -> None:
    assert reported(text, "de", published) == expected


@pytest.mark.parametrize(
    ("text", "published", "occurred", "effective"),
    [
        (
            "Das Mandat der Unifil wurde am Donnerstag bis zum 31. August 2024 verlängert.",
            "2023-08-31",
            "2023-08-31",
            "2024-08-31",
        ),
        ("Frankreich zieht seine Soldaten bis Ende Dezember aus dem Niger ab.", "2023-09-24", "2023-09-24", "2023-12"),
        ("Die Operation Sangaris ist am Montag zu Ende gegangen.", "2016-10-31", "2016-10-31", None),
        ("Schweden steigt 2024 aus der Minusma aus.", "2022-03-03", "2022-03-03", "2024"),
    ],
)
def test_dates(text: str, published: str, occurred: str, effective: str | None) -> None:
    (change,) = read(text, "de", published).changes
    assert str(change.occurred) == occurred
    assert (str(change.effective) if change.effective else None) == effective


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dänemark zieht seine Soldaten auf Wunsch der Regierung aus Mali ab.", {"host_request"}),
        ("Die EU setzt die EUTM Mali wegen der Söldner der Gruppe Wagner aus.", {"mercenaries"}),
        ("Frankreich beendete die Operation Barkhane in Mali nach dem Putsch.", {"coup"}),
        ("Schweden verlässt die Minusma in Mali, weil Bamako Überflugrechte verweigert.", {"host_obstruction"}),
        ("Belgien verringert sein Kontingent in Mali aus Kostengründen.", {"cost"}),
        ("Die Nato verstärkt die Kfor im Kosovo wegen der Gewalt im Norden.", {"security_worsened"}),
        ("Frankreich zieht seine Soldaten aus dem Tschad ab, das Ziel sei erreicht.", {"objectives_met"}),
    ],
)
def test_reasons(text: str, expected: set[str]) -> None:
    changes = read(text, "de", "2022-10-11").changes
    assert changes
    assert {reason for change in changes for reason in change.reasons} == expected


def test_background() -> None:
    (change,) = read(
        "Im Januar 2013 hatte Frankreich die Operation Serval in Mali begonnen.", "de", "2022-02-17"
    ).changes
    assert (change.change, change.mission, change.background) == ("started", "serval", True)


def test_a_government_is_that_of_the_outlet() -> None:
    text = (
        "Wien - Das Kontingent der Kfor im Kosovo wird auf 600 Soldaten aufgestockt, "
        "bestätigte das Verteidigungsministerium."
    )
    (change,) = read(text, "de", "2013-11-30").changes
    assert change.actors == ("AT",)


def test_one_decision_over_several_contributions() -> None:
    text = "Österreich verlängert seine Beteiligung an der Kfor im Kosovo und an der Althea in Bosnien bis Ende 2024."
    assert reported(text, "de", "2023-11-22") == {"extended kfor/AT", "extended althea/AT"}
