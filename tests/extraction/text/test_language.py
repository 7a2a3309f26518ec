"""Which language a text is in: headlines, articles, and languages that nobody reads here."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.extraction.text.language import READ, identify, identify_paragraph

HEADLINES = [
    ("nl", "Nederland stuurt extra militairen naar Litouwen"),
    ("nl", "Kabinet verlengt missie in Irak met een jaar"),
    ("nl", "VN-missie Minusma stopt eind december"),
    ("nl", "Laatste Belgische blauwhelmen thuis uit Libanon"),
    ("nl", "Bundeswehr weg uit Mali"),
    ("nl", "KFOR krijgt versterking"),
    ("nl", "'We blijven zolang het nodig is'"),
    ("nl", "Frankrijk haalt troepen terug uit Tsjaad"),
    ("nl", "Marine jaagt niet langer op piraten"),
    ("fr", "La France met fin à l'opération Barkhane"),
    ("fr", "Tchad : la base d'Abéché rendue à l'armée"),
    ("fr", "Mali : la Minusma plie bagage"),
    ("fr", "L'Otan renforce sa présence au Kosovo"),
    ("fr", "Retrait des troupes françaises du Niger"),
    ("fr", "Les Casques bleus prolongés d'un an"),
    ("fr", "Un millier de Kényans attendus à Port-au-Prince"),
    ("fr", "Finul : Paris obtient un sursis"),
    ("fr", "Liban, une mission sans fin"),
    ("en", "France to pull troops out of Mali"),
    ("en", "KFOR reinforced"),
    ("en", "UN mission in Mali ends after ten years"),
    ("en", "Kenyan police land in Haiti"),
    ("en", "Security Council extends mandate"),
    ("en", "Sweden joins NATO battlegroup in Latvia"),
    ("en", "Last US soldiers leave Niger base"),
    ("en", "NATO Training Resumes in Baghdad"),
    ("en", "Peacekeepers suspend patrols after attack"),
    ("de", "Bundeswehr zieht aus Mali ab"),
    ("de", "Bundestag verlängert Irak-Einsatz"),
    ("de", "Österreich holt Soldaten vom Golan zurück"),
    ("de", "Frankreich beendet Militäreinsatz im Sahel"),
    ("de", "Erste Blauhelme in Haiti gelandet"),
    ("de", "EU setzt Ausbildungsmission aus"),
    ("de", "Kosovo: Nato schickt 700 zusätzliche Soldaten"),
    ("de", "Swisscoy bleibt drei weitere Jahre"),
]

_TEXTS = tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))
ARTICLES = [(language, text) for language, texts in _TEXTS["articles"].items() for text in texts]
FOREIGN = [(language, text) for language, texts in _TEXTS["foreign"].items() for text in texts]

FOREIGN_HEADLINES = [
    "Danske soldater forlænger mission i Mali",
    "Sverige förlänger insatsen på Golan",
    "España retira sus tropas de Irak y pone fin a la misión",
    "Missione in Niger, i soldati italiani restano",
    "Polscy żołnierze wracają z Kosowa",
    "România își retrage militarii din Afganistan",
    "Миротворцы покидают Карабах",
]


@pytest.mark.parametrize(("language", "text"), HEADLINES)
def test_a_headline_tells_its_language(language: str, text: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize(("language", "text"), ARTICLES)
def test_an_article_tells_its_language(language: str, text: str) -> None:
    assert identify(text) == language
    assert identify(text, "es") == language, "what the text says counts for more than what is declared"


@pytest.mark.parametrize(("language", "text"), FOREIGN)
def test_a_foreign_article_is_not_taken_for_a_neighbour(language: str, text: str) -> None:
    assert identify(text) is None
    assert identify_paragraph(text) in (language, None)


@pytest.mark.parametrize("text", FOREIGN_HEADLINES)
def test_a_foreign_headline_is_not_taken_for_a_neighbour(text: str) -> None:
    assert identify(text) is None


@pytest.mark.parametrize(
    ("declared", "language"),
    [("nl-BE", "nl"), ("DE_at", "de"), ("fra", "fr"), ("ger", "de"), ("en", "en"), ("es", None), ("", None)],
)
def test_what_is_declared_decides_where_the_text_says_nothing(declared: str, language: str | None) -> None:
    assert identify("KFOR", declared) == language


def test_what_is_declared_does_not_decide_against_the_text() -> None:
    assert identify("Bundestag verlängert den Einsatz im Irak um ein weiteres Jahr", "en") == "de"
    assert identify(FOREIGN[0][1], "nl") is None


def test_a_quotation_in_another_language_does_not_sway() -> None:
    article = ARTICLES[0][1] + "\n\n" + ARTICLES[6][1] + "\n\n" + ARTICLES[2][1]
    assert identify(article) == "nl"


def test_the_lead_decides_where_half_is_quoted_from_elsewhere() -> None:
    dutch = " ".join(text for language, text in ARTICLES if language == "nl")
    french = " ".join(text for language, text in ARTICLES if language == "fr")
    assert identify(f"{dutch[:700]}\n{french[:700]}") == "nl"
    assert identify(f"{french[:700]}\n{dutch[:700]}") == "fr"


def test_a_paragraph_in_another_language_is_seen() -> None:
    post = "Nous continuerons à assurer ce rôle aux côtés de nos partenaires, dans la durée et pour la paix."
    assert identify_paragraph(post) == "fr"
    assert identify_paragraph("La missione è finita e i nostri soldati sono tornati a casa con gli onori.") == "it"
    assert identify_paragraph("Ze vertrekken uit Gao en dat is voor iedereen in het kamp een opluchting.") == "nl"


@pytest.mark.parametrize("text", ["", "Mali", "31.12.2013", "KABUL - ", "© ANP 2013", "!!! ???"])
def test_what_says_nothing_has_no_language(text: str) -> None:
    assert identify(text) is None
    assert identify_paragraph(text) is None


@given(st.text(), st.none() | st.text(max_size=8))
def test_no_text_breaks_it(text: str, declared: str | None) -> None:
    assert identify(text, declared) in (*READ, None)
    identify_paragraph(text)
