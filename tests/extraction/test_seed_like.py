"""A whole article of the kind that broadcasters write, with every fact in it asserted: what is news and what is not.

Dutch copy with reasons carried on over several sentences, a quoted statement, a subhead, an embedded French post that
tells the day, figures for several countries, a refusal, and a correspondent who looks back.
"""

import pytest

from tests.extraction.reading import read
from worker.missions.dates import PartialDate
from worker.missions.report import Extraction, ReportedChange
from worker.missions.vocabulary import Change, Qualifier, Reason, Scope

ARTICLE = """\
Frankrijk beëindigt de militaire operatie die het met steun van Europese bondgenoten uitvoert in Niger. Vooral Franse \
militairen trainen en vechten er tegen jihadisten in de Sahel. Dat staat in een verklaring van de landen die meedoen. \
De reden daarvoor is de staatsgreep van afgelopen zomer. Ook willen de nieuwe machthebbers voorlopig geen verkiezingen \
organiseren, aldus Parijs. Daarnaast werd de Franse ambassadeur het land uit gezet. "Als gevolg van de voortdurende \
belemmeringen door de autoriteiten in Niamey kunnen onze mensen hun taak niet meer naar behoren vervullen", staat in \
de verklaring. Tsjaad mogelijk nieuwe uitvalsbasis De landen overwegen de operatie vanuit andere plekken in de regio \
voort te zetten. Het vertrek van de militairen zou in december voltooid moeten zijn. Volgens een woordvoerder is \
Tsjaad bereid om als thuisbasis te dienen. Hij vindt niet dat de operatie in Niger is mislukt. "Dat woord neem ik niet \
in de mond", zei hij.

Depuis dix ans, la France se tient aux côtés des peuples du Sahel. Elle restera un partenaire fidèle. \
pic.twitter.com/aBcDeFgHiJ — Armées (@armees_exemple) September 24, 2023

Zo'n 2800 Franse militairen zijn gestationeerd in de regio. Ongeveer 1500 van hen zitten in Niger. Volgend jaar moeten \
er als het aan Parijs ligt minder dan 1000 in de regio actief zijn. Nederland heeft veertien militairen die actief \
zijn in Niger, tien in een Europese trainingsmissie en vier in de Franse operatie. Daarnaast zijn twintig man \
defensiepersoneel actief in een VN-missie. Eerder deze maand zei het kabinet geen voorstander te zijn van het \
opschorten van de missie in Niger.

Onze correspondent in Parijs: "Frankrijk wil niet langer alleen opdraaien voor de veiligheid van de hele regio. Vorig \
jaar maakte de president bekend de troepen te verminderen. Er waren toen meer dan 4500 Franse militairen in de Sahel. \
Toen in 2014 de Fransen hun operatie Barkhane begonnen, zaten de jihadisten vooral in Noord-Mali. Nu zijn ze ook in \
Burkina Faso en Niger actief. In augustus vorig jaar verliet daarom de laatste Franse soldaat Mali. Bij elke dode \
laait in Frankrijk de discussie op: heeft het nog zin?"
"""


HISTORY = {"started 2014", "reduced 2022", "ended 2022-08"}


@pytest.fixture(scope="module")
def reading() -> Extraction:
    return read(ARTICLE, "nl", "2023-09")


@pytest.fixture(scope="module")
def news(reading: Extraction) -> ReportedChange:
    (change,) = [change for change in reading.changes if not change.background]
    return change


def test_the_end_of_the_mission_is_the_only_news(news: ReportedChange) -> None:
    assert (news.mission, news.change, news.scope) == ("fr-niger", Change.WITHDRAWAL_ANNOUNCED, Scope.MISSION)
    assert (news.actors, news.theatre) == (("FR",), ("NE",))


def test_the_post_dates_the_decision_and_a_later_sentence_its_completion(news: ReportedChange) -> None:
    assert news.occurred == PartialDate.parse("2023-09-24")
    assert news.effective == PartialDate.parse("2023-12")


def test_the_country_that_is_considered_is_where_they_go_on(news: ReportedChange) -> None:
    assert news.relocated_to == "TD"


def test_reasons_are_carried_on_by_also_and_besides(news: ReportedChange) -> None:
    assert set(news.reasons) == {
        Reason.COUP,
        Reason.ELECTIONS_DELAYED,
        Reason.DIPLOMATIC_RIFT,
        Reason.HOST_OBSTRUCTION,
    }


def test_the_evidence_is_the_sentence_that_says_so(news: ReportedChange) -> None:
    assert news.evidence.quote.startswith("Frankrijk beëindigt de militaire operatie")
    assert ARTICLE[news.evidence.start : news.evidence.end] == news.evidence.quote


def test_what_the_correspondent_recalls_is_background(reading: Extraction) -> None:
    recalled = {f"{change.change} {change.occurred}" for change in reading.changes if change.background}
    assert "started 2014" in recalled
    assert recalled <= HISTORY  # none is invented


@pytest.mark.xfail(strict=True, reason="what is likely told as history, but not surely, is left out")
def test_all_that_the_correspondent_recalls_is_background(reading: Extraction) -> None:
    assert {f"{change.change} {change.occurred}" for change in reading.changes if change.background} == HISTORY


@pytest.mark.parametrize(
    ("count", "actor", "place", "qualifier", "when"),
    [
        (2800, "FR", "SAHEL", Qualifier.ABOUT, None),
        (1500, "FR", "NE", Qualifier.ABOUT, None),
        (1000, "FR", "SAHEL", Qualifier.UNDER, "2024"),
        (14, "NL", "NE", Qualifier.EXACT, None),
        (10, "NL", "NE", Qualifier.EXACT, None),
        (4, "NL", "NE", Qualifier.EXACT, None),
        (20, "NL", "NE", Qualifier.EXACT, None),
        (4500, "FR", "SAHEL", Qualifier.OVER, "2022"),
    ],
)
def test_each_figure_has_its_country_place_and_time(
    reading: Extraction, count: int, actor: str, place: str, qualifier: Qualifier, when: str | None
) -> None:
    (figure,) = [figure for figure in reading.strengths if figure.count == count]
    assert (figure.actor, figure.place, figure.qualifier) == (actor, place, qualifier)
    assert figure.when == (PartialDate.parse(when) if when else None)


def test_no_figure_is_invented(reading: Extraction) -> None:
    assert len(reading.strengths) == 8


def test_what_the_government_refuses_is_a_near_miss(reading: Extraction) -> None:
    assert {miss.why for miss in reading.near_misses if "opschorten van de missie" in miss.evidence.quote} == {
        "refused"
    }


def test_going_on_elsewhere_is_only_considered(reading: Extraction) -> None:
    assert any("overwegen de operatie" in miss.evidence.quote for miss in reading.near_misses)
    assert not any("overwegen de operatie" in change.evidence.quote for change in reading.changes)
