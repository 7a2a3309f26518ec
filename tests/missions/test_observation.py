from dataclasses import replace

from tests.missions.samples import VERSIONS, evidence, observation, reported, source, strength
from worker.articles.article import Article, DatedBy
from worker.missions.dates import PartialDate
from worker.missions.observation import Coordinates, Observation, Source, Versions, observe
from worker.missions.report import Extraction, ReportedChange, Strength
from worker.missions.vocabulary import Change, Factuality, Reason, Scope


def observed(*changes: ReportedChange) -> tuple[Observation, ...]:
    return observe(Extraction(language="en", changes=changes), source(), VERSIONS)


def test_one_observation_for_each_contributor() -> None:
    change = reported(actors=("DE", "NL"), scope=Scope.CONTRIBUTION)
    assert [(it.subject, it.report.actors) for it in observed(change)] == [
        ("minusma/DE", ("DE",)),
        ("minusma/NL", ("NL",)),
    ]


def test_a_mission_keeps_all_its_actors() -> None:
    (only,) = observed(reported(actors=("FR", "EU")))
    assert (only.subject, only.report.actors) == ("minusma", ("FR", "EU"))


def test_background_is_observed_and_marked() -> None:
    (only,) = observed(reported(background=True))
    assert only.report.background


def test_an_article_without_changes_gives_none() -> None:
    assert observed() == ()


def test_come_in_the_order_of_what_happened() -> None:
    """A last extension is both `extended` and `withdrawal_announced`; the article may tell of the end first."""
    changes = [
        reported(Change.ENDED, "2022"),
        reported(Change.WITHDRAWAL_ANNOUNCED, "2022-02-17"),
        reported(Change.EXTENDED, "2022-02-17"),
        reported(Change.STARTED, "2013"),
    ]
    assert [it.report.change for it in observed(*changes)] == [
        Change.STARTED,
        Change.EXTENDED,
        Change.WITHDRAWAL_ANNOUNCED,
        Change.ENDED,
    ]


def concerning(theatre: tuple[str, ...], *strengths: Strength) -> tuple[Strength, ...]:
    change = reported(actors=("FR",), theatre=theatre, relocated_to="NE")
    (only,) = observe(Extraction(changes=(change,), strengths=strengths), source(), VERSIONS)
    return only.strengths


def test_strengths_are_those_of_its_actors_where_it_takes_place() -> None:
    ours = [strength("FR", "ML", 2400), strength("FR", "NE", 700), strength("FR", "SAHEL", 4600)]
    others = [strength("NL", "ML", 5), strength("FR", "CF", 300), strength("FR", "BALTICS", 200)]
    assert concerning(("ML",), *others[:1], *ours, *others[1:]) == tuple(ours)


def test_a_theatre_that_is_a_region_covers_its_countries() -> None:
    assert concerning(("SAHEL",), strength("FR", "TD"), strength("FR", "CF")) == (strength("FR", "TD"),)


def test_a_contributor_gets_its_own_strengths() -> None:
    extraction = Extraction(
        changes=(reported(actors=("DE", "NL"), scope=Scope.CONTRIBUTION),),
        strengths=(strength("DE"), strength("NL")),
    )
    assert [[it.actor for it in each.strengths] for each in observe(extraction, source(), VERSIONS)] == [["DE"], ["NL"]]


def test_id_is_that_of_the_content() -> None:
    only = observation(reported())
    assert only.id == only.content_id() == "ef3882ea-5b3f-583a-b07c-6a70b35b21d9"


def test_id_is_the_same_wherever_the_article_stands_and_whatever_read_it() -> None:
    only = observation(reported())
    elsewhere = replace(only.source, topic="other", partition=0, offset=99, timestamp_ms=None)
    moved = replace(only, source=elsewhere, versions=Versions(code="2", register="r2"))
    assert moved.content_id() == only.id


def test_id_depends_on_everything_else() -> None:
    only = observation(reported())
    report, origin = only.report, only.source
    reports = [
        replace(report, mission=None),
        replace(report, actors=("FR",)),
        replace(report, theatre=("NE",)),
        replace(report, scope=Scope.CONTRIBUTION),
        replace(report, change=Change.SUSPENDED),
        replace(report, occurred=PartialDate(2022, 2)),
        replace(report, effective=PartialDate(2022, 6)),
        replace(report, relocated_to="NE"),
        replace(report, reasons=(Reason.COUP,)),
        replace(report, background=True),
        replace(report, factuality=Factuality.DECIDED),
        replace(report, confidence=0.5),
        replace(report, evidence=evidence("Other words.")),
        replace(report, evidence=evidence(rule="en.other")),
    ]
    origins = [
        replace(origin, article="a2"),
        replace(origin, published=PartialDate(2022, 2)),
        replace(origin, language="nl"),
        replace(origin, title=None),
        replace(origin, url=None),
        replace(origin, source=None),
    ]
    variants = [
        replace(only, subject="minusma/DE"),
        replace(only, strengths=(strength(),)),
        *(replace(only, report=each) for each in reports),
        *(replace(only, source=each) for each in origins),
    ]
    ids = {only.id, *(it.content_id() for it in variants)}
    assert len(ids) == len(variants) + 1


def test_source_of_an_article() -> None:
    article = Article(
        id="a1", text="…", published=PartialDate(2022, 2), dated_by=DatedBy.PREFIX, title="T", language="fr", url="u"
    )
    made = Source.of(article, None, Coordinates("articles.raw", 2, 7), 12)
    assert made == Source(
        article="a1",
        published=PartialDate(2022, 2),
        language="fr",
        title="T",
        url="u",
        source=None,
        topic="articles.raw",
        partition=2,
        offset=7,
        timestamp_ms=12,
    )
    assert Source.of(article, "nl", Coordinates("articles.raw", 2, 7), 12).language == "nl"
