"""Links to other stories are not read, in any language."""

import pytest

from tests.extraction.reading import reported

STORY = {
    "en": "The Security Council on Wednesday extended the mandate of UNIFIL for a year.",
    "nl": "De Veiligheidsraad heeft het mandaat van UNIFIL woensdag met een jaar verlengd.",
    "de": "Der Sicherheitsrat hat das Mandat von UNIFIL am Mittwoch um ein Jahr verlängert.",
    "fr": "Le Conseil de sécurité a prolongé mercredi le mandat de la FINUL d'un an.",
}
LINKS = {
    "en": "Read more:\nThe Security Council ends UNMISS\nGermany withdraws its soldiers from Kosovo",
    "nl": "Lees ook: Veiligheidsraad beëindigt UNMISS",
    "de": "Mehr zum Thema\nSicherheitsrat beendet UNMISS\nBundeswehr verlässt den Kosovo",
    "fr": "Lire aussi : Le Conseil de sécurité met fin à la MINUSS",
}


@pytest.mark.parametrize("language", STORY)
def test_links_report_nothing(language: str) -> None:
    text = f"{STORY[language]}\n{LINKS[language]}"
    assert reported(text, language, "2024-08-28") == {"extended unifil"}


def test_the_story_goes_on_behind_a_link() -> None:
    text = f"Blue helmets patrol the border.\nRead also: Germany withdraws its soldiers from Kosovo\n{STORY['en']}"
    assert reported(text, "en", "2024-08-28") == {"extended unifil"}
