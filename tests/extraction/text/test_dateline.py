"""Datelines are told from the sentences behind them."""

import pytest

from worker.extraction.text.dateline import dateline_end


@pytest.mark.parametrize(
    ("dateline", "report"),
    [
        ("FREETOWN - ", "The last soldiers left."),
        ("WASHINGTON — ", "The last soldiers left."),
        ("PEMBA, Mozambique - ", "Botswana's soldiers left."),
        ("UNITED NATIONS (AP) — ", "The council met."),
        ("KABUL, Jan 1 (Reuters) - ", "The mission ended."),
        ("Berlin (dpa) - ", "Der Bundestag stimmte zu."),
        ("PARIS, 3 mars - ", "Les soldats partent."),
        ("Kinshasa, 13 mars 2025 (ACP).- ", "La mission se retire."),
        ("GENEVE (ANP) ", "De missie stopt."),
    ],
)
def test_what_stands_before_the_report(dateline: str, report: str) -> None:
    text = dateline + report
    assert text[dateline_end(text, 0, len(text)) :] == report


@pytest.mark.parametrize(
    "text",
    [
        "MINUSMA (UN mission) said that its last soldiers had left.",
        "The EU - as expected - prolongs its mission.",
        "NATO - the alliance of 32 states - stays in Kosovo.",
        "Mali wants the mission to go.",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert dateline_end(text, 0, len(text)) == 0
