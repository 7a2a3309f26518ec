"""Which mission a name means when several have it, and which missions lead and theatre do not identify."""

import pytest

from worker.articles.article import Article, DatedBy
from worker.extraction.layout import laid_out
from worker.extraction.lexicon.load import Lexicon, load
from worker.extraction.reference import Referents, named
from worker.missions.dates import PartialDate
from worker.missions.register import Register


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.fixture(scope="module")
def referents(register: Register) -> Referents:
    return Referents(register)


@pytest.fixture(scope="module")
def lexicons(register: Register) -> dict[str, Lexicon]:
    return {language: load(language, register) for language in ("nl", "fr", "en", "de")}


@pytest.mark.parametrize(
    ("language", "published", "text", "slugs"),
    [
        ("en", "2010-05", "The African Union mission in Somalia asked for more troops.", ["amisom"]),
        ("en", "2023-05", "The African Union mission in Somalia asked for more troops.", ["atmis"]),
        ("en", "2025-05", "The African Union mission in Somalia asked for more troops.", ["aussom"]),
        ("nl", "2022-05", "De EUTM in Somalië groeit; in Mali gebeurt niets.", ["eutm-somalia"]),
        ("nl", "2022-05", "De EUTM in Mali krimpt; in Somalië gebeurt niets.", ["eutm-mali"]),
        ("de", "2008-02", "Die Eufor im Tschad wächst.", ["eufor-tchad"]),
        ("fr", "2008-02", "L'Eufor reste en Bosnie.", ["althea"]),
        ("fr", "2012-06", "La Misnus quitte la Syrie.", ["unsmis"]),
        ("fr", "2022-05", "L'EUTM poursuit ses activités.", []),
        ("en", "2013-05", "Operation Herrick winds down.", ["herrick"]),
    ],
)
def test_time_then_place_tell_missions_of_one_name_apart(
    referents: Referents, lexicons: dict[str, Lexicon], language: str, published: str, text: str, slugs: list[str]
) -> None:
    article = Article(id="a", text=text, published=PartialDate.parse(published), dated_by=DatedBy.ENVELOPE)
    reading = laid_out(article, lexicons[language])
    assert named(reading, referents, reading.hits) == slugs


@pytest.mark.parametrize(
    ("actor", "place", "published", "slugs"),
    [
        ("GB", "AF", "2013-05", []),
        ("NL", "IQ", "2020-05", []),
        ("UN", "ML", "2020-05", ["minusma"]),
        ("IN", "LK", "1989-05", []),
    ],
)
def test_lead_and_theatre_do_not_identify_what_only_its_name_does(
    referents: Referents, actor: str, place: str, published: str, slugs: list[str]
) -> None:
    found = referents.led(actor, place, PartialDate.parse(published))
    assert [mission.slug for mission in found] == slugs
