"""What French news sentences report: every frame, tense and class of factuality, on real missions."""

import pytest

from tests.extraction.reading import read, reported
from tests.extraction.rules.rows import cases


@pytest.mark.parametrize(("published", "expected", "text"), cases("fr"))
def test_reported(published: str, expected: frozenset[str], text: str) -> None:
    assert reported(text, "fr", published) == expected


DATES = [
    ("Le mandat de la Finul a été prolongé jeudi jusqu'au 31 août 2024.", "2023-08-31", "2023-08-31", "2024-08-31"),
    (
        "Les soldats français quitteront le Niger d'ici à la fin de l'année, a annoncé dimanche Paris.",
        "2023-09-24",
        "2023-09-24",
        "2023-12",
    ),
    ("L'opération Sangaris a pris fin lundi.", "2016-10-31", "2016-10-31", None),
    ("La Suède se retirera de la Minusma en 2024.", "2022-03-03", "2022-03-03", "2024"),
]


@pytest.mark.parametrize(("text", "published", "occurred", "effective"), DATES)
def test_dates(text: str, published: str, occurred: str, effective: str | None) -> None:
    (change,) = read(text, "fr", published).changes
    assert str(change.occurred) == occurred
    assert (str(change.effective) if change.effective else None) == effective


REASONS = [
    ("Le Danemark retire ses soldats du Mali à la demande des autorités de transition.", {"host_request"}),
    ("L'UE suspend l'EUTM Mali en raison de la présence de mercenaires du groupe Wagner.", {"mercenaries"}),
    ("La France a mis fin à l'opération Barkhane au Mali après deux coups d'Etat.", {"coup"}),
    ("La Suède quitte la Minusma, invoquant les entraves des autorités maliennes.", {"host_obstruction"}),
    ("La Belgique réduit son contingent au Mali pour des raisons budgétaires.", {"cost"}),
    ("L'Otan renforce la Kfor face à la flambée de violences dans le nord du Kosovo.", {"security_worsened"}),
    (
        "La France retire ses soldats de Côte d'Ivoire, car les objectifs ont été atteints.",
        {"objectives_met"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), REASONS)
def test_reasons(text: str, expected: set[str]) -> None:
    changes = read(text, "fr", "2022-10-11").changes
    assert changes
    assert {reason for change in changes for reason in change.reasons} == expected


def test_background() -> None:
    (change,) = read("En janvier 2013, la France avait lancé l'opération Serval au Mali.", "fr", "2022-02-17").changes
    assert change.background
    assert (change.change, change.mission, str(change.occurred)) == ("started", "serval", "2013-01")


def test_relocation() -> None:
    (change,) = read(
        "La France va retirer ses soldats de Barkhane du Mali et les redéployer au Niger.", "fr", "2022-02-17"
    ).changes
    assert (change.change, change.mission, change.relocated_to) == ("withdrawal_announced", "barkhane", "NE")
