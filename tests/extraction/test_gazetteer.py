import re
import unicodedata
from collections import defaultdict

import babel
import pytest

from worker.extraction.gazetteer import Gazetteer
from worker.missions.codes import ORGANISATIONS, REGIONS
from worker.missions.register import Register

LANGUAGES = ("nl", "fr", "en", "de")
COUNTRIES = {c for c in babel.Locale("en").territories if re.fullmatch("[A-Z]{2}", str(c))} - {"EU", "EZ", "UN", "ZZ"}
HEADER = "code\tnames\tadjectives\tpeople\tseats\tplaces\n"

by_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def gazetteers() -> dict[str, Gazetteer]:
    return {language: Gazetteer.load(language) for language in LANGUAGES}


def fold(phrase: str) -> str:
    decomposed = unicodedata.normalize("NFD", phrase.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@by_language
def test_codes_are_countries_organisations_and_regions(gazetteers: dict[str, Gazetteer], language: str) -> None:
    codes = set(gazetteers[language].by_code)
    assert codes <= COUNTRIES | ORGANISATIONS | REGIONS
    assert codes >= ORGANISATIONS | REGIONS
    assert len(codes & COUNTRIES) >= 195


def test_all_languages_know_the_same_codes(gazetteers: dict[str, Gazetteer]) -> None:
    assert len({frozenset(gazetteer.by_code) for gazetteer in gazetteers.values()}) == 1


def test_every_actor_and_theatre_of_the_register_has_names(gazetteers: dict[str, Gazetteer]) -> None:
    codes = {code for m in Register.load().by_slug.values() for code in (*m.actors, *m.theatre)}
    assert codes - gazetteers["nl"].by_code.keys() == set()


@by_language
def test_everything_has_a_name(gazetteers: dict[str, Gazetteer], language: str) -> None:
    assert [entry.code for entry in gazetteers[language].by_code.values() if not entry.names] == []


@by_language
def test_no_phrase_stands_for_two_codes(gazetteers: dict[str, Gazetteer], language: str) -> None:
    """Not even without regard to case and accents; all capitals are a word of their own."""
    holders: dict[str, set[str]] = defaultdict(set)
    for entry in gazetteers[language].by_code.values():
        for phrase in entry.phrases:
            holders[phrase if phrase.isupper() else fold(phrase)].add(entry.code)
    assert {phrase: codes for phrase, codes in holders.items() if len(codes) > 1} == {}


def parts(phrase: str) -> set[str]:
    """Every run of whole words in a phrase, folded."""
    words = list(re.finditer(r"\w+", phrase))
    return {fold(phrase[first.start() : last.end()]) for first in words for last in words if first.end() <= last.end()}


@by_language
def test_masks_contain_a_phrase_and_are_none(gazetteers: dict[str, Gazetteer], language: str) -> None:
    gazetteer = gazetteers[language]
    phrases = {fold(phrase) for entry in gazetteer.by_code.values() for phrase in entry.phrases}
    assert phrases.isdisjoint(map(fold, gazetteer.masks))
    assert [mask for mask in gazetteer.masks if phrases.isdisjoint(parts(mask))] == []


@by_language
def test_phrases_are_clean_and_longer_than_a_letter(gazetteers: dict[str, Gazetteer], language: str) -> None:
    phrases = [phrase for entry in gazetteers[language].by_code.values() for phrase in entry.phrases]
    assert [p for p in phrases if p != " ".join(p.split()) or p != unicodedata.normalize("NFC", p) or "’" in p] == []
    assert [p for p in phrases if len(p) < 2 or (len(p) < 4 and p.islower())] == []
    for entry in gazetteers[language].by_code.values():
        assert len(entry.names) == len(set(entry.names))


@pytest.mark.parametrize(
    ("language", "phrase", "code"),
    [
        ("nl", "Nigerese", "NE"),
        ("nl", "Nigeriaanse", "NG"),
        ("nl", "Zuid-Soedanese", "SS"),
        ("nl", "Soedanese", "SD"),
        ("nl", "VS", "US"),
        ("nl", "Ivoorkust", "CI"),
        ("nl", "Parijs", "FR"),
        ("nl", "Kamp Holland", "AF"),
        ("nl", "Afrikaanse Unie", "AFU"),
        ("nl", "Somalische", "SO"),
        ("fr", "nigérienne", "NE"),
        ("fr", "nigériane", "NG"),
        ("fr", "RDC", "CD"),
        ("fr", "République du Congo", "CG"),
        ("fr", "françaises", "FR"),
        ("fr", "grecque", "GR"),
        ("fr", "Guinée-Bissau", "GW"),
        ("fr", "UA", "AFU"),
        ("fr", "Tombouctou", "ML"),
        ("en", "Nigerien", "NE"),
        ("en", "Dutch", "NL"),
        ("en", "White House", "US"),
        ("en", "Equatorial Guinea", "GQ"),
        ("en", "Turkey", "TR"),
        ("de", "französischen", "FR"),
        ("de", "Franzosen", "FR"),
        ("de", "Vereinten Nationen", "UN"),
        ("de", "nigrische", "NE"),
        ("de", "nigerianische", "NG"),
        ("de", "Elfenbeinküste", "CI"),
        ("de", "Bergkarabach", "AZ"),
        ("de", "Golf von Aden", "HORN-OF-AFRICA"),
    ],
)
def test_words_that_are_easily_mistaken(
    gazetteers: dict[str, Gazetteer], language: str, phrase: str, code: str
) -> None:
    gazetteer = gazetteers[language]
    assert [entry.code for entry in gazetteer.by_code.values() if phrase in entry.phrases] == [code]


def test_a_row_is_read_in_full() -> None:
    gazetteer = Gazetteer.parse(
        HEADER + "FR\tFrankrijk\tFrans{,e}\tFransman; Fransen\tParijs\t\n-\tFrans-Guyana\t\t\t\t\n"
    )
    france = gazetteer.by_code["FR"]
    assert france.phrases == ("Frankrijk", "Frans", "Franse", "Fransman", "Fransen", "Parijs")
    assert (france.adjectives, france.places) == (("Frans", "Franse"), ())
    assert gazetteer.masks == ("Frans-Guyana",)
    assert gazetteer.by_code.keys() == {"FR"}


@pytest.mark.parametrize("text", ["code\tnames\n", HEADER + "FR\tFrance\n", HEADER + "FR\ta\t\t\t\t\nFR\tb\t\t\t\t\n"])
def test_a_malformed_table_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"table of places|unpack"):
        Gazetteer.parse(text)


def test_an_unknown_language_has_no_table() -> None:
    with pytest.raises(FileNotFoundError):
        Gazetteer.load("xx")
