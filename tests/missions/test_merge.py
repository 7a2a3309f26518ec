import pytest

from tests.missions.samples import observation, reported
from worker.missions.merge import KEPT_SIGHTINGS, QUOTE_LENGTH, URL_LENGTH, add, merge, sighting_of
from worker.missions.observation import Observation
from worker.missions.timeline import Claim, Entry
from worker.missions.vocabulary import STATUS_AFTER, Change, Reason

CHANGE = Change.WITHDRAWAL_ANNOUNCED


def claim_of(*observations: Observation) -> Claim:
    claim = None
    for each in observations:
        claim = add(claim, each.report.occurred, sighting_of(each))
    assert claim is not None
    return claim


def merged(*observations: Observation) -> Entry:
    """The entry of observations with the same date."""
    return merge(CHANGE, (claim_of(*observations),))


def effects(*dates: tuple[str | None, str]) -> Entry:
    return merged(
        *(
            observation(reported(CHANGE, effective=effective), f"a{number}", published)
            for number, (effective, published) in enumerate(dates)
        )
    )


@pytest.mark.parametrize("change", Change)
def test_leaves_the_status_of_its_change(change: Change) -> None:
    claim = claim_of(observation(reported(change)))
    assert merge(change, (claim,)).status is STATUS_AFTER[change]


def test_the_finest_date_counts_then_news_then_the_earliest() -> None:
    def occurred(*dates: tuple[str, bool]) -> str:
        claims = [claim_of(observation(reported(CHANGE, date, background=recalled))) for date, recalled in dates]
        return str(merge(CHANGE, tuple(claims)).occurred)

    assert occurred(("2022-02-17", False), ("2022-02-18", False), ("2022-02", False)) == "2022-02-17"
    assert occurred(("2022-02-17", True), ("2022-02-18", False), ("2022-02", False)) == "2022-02-18"
    assert occurred(("2022-02-17", True), ("2022-02", False)) == "2022-02-17"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([(None, "2022-02-18")], None),
        # Filled in, made finer.
        ([(None, "2022-02-18"), ("2022-06", "2022-02-19")], "2022-06"),
        ([("2022-06-30", "2022-02-18"), ("2022-06", "2022-02-19")], "2022-06-30"),
        ([("2022", "2022-02-18"), ("2022-06", "2022-02-19")], "2022-06"),
        # The most agree on.
        ([("2022-06", "2022-02-18"), ("2022-08", "2022-02-19"), ("2022-06", "2022-02-18")], "2022-06"),
        ([("2022-06", "2022-02-18"), ("2022-08-31", "2022-02-19"), ("2022-06-30", "2022-02-18")], "2022-06-30"),
        # Then the latest word.
        ([("2022-06", "2022-02-20"), ("2022-08", "2022-02-19")], "2022-06"),
        ([("2022-06", "2022-02-18"), ("2022-08", "2022-02-19")], "2022-08"),
    ],
)
def test_takes_effect_when_most_articles_say(dates: list[tuple[str | None, str]], expected: str | None) -> None:
    effective = effects(*dates).effective
    assert (str(effective) if effective else None) == expected


def test_goes_on_where_most_articles_say() -> None:
    def place(*places: tuple[str | None, str]) -> str | None:
        observations = (
            observation(reported(relocated_to=to), f"a{number}", published)
            for number, (to, published) in enumerate(places)
        )
        return merged(*observations).relocated_to

    assert place((None, "2022-02-18")) is None
    assert place((None, "2022-02-18"), ("NE", "2022-02-18")) == "NE"
    assert place(("NE", "2022-02-18"), ("TD", "2022-02-19"), ("NE", "2022-02-18")) == "NE"
    assert place(("NE", "2022-02-18"), ("TD", "2022-02-19")) == "TD"


def test_keeps_all_actors_theatres_and_reasons_in_order() -> None:
    entry = merged(
        observation(reported(actors=("FR", "EU"), theatre=("ML",), reasons=(Reason.COUP,)), "a1", "2022-02-17"),
        observation(
            reported(actors=("EU", "NL"), theatre=("ML", "NE"), reasons=(Reason.MERCENARIES, Reason.COUP)),
            "a2",
            "2022-02-18",
        ),
    )
    assert (entry.actors, entry.theatre) == (("FR", "EU", "NL"), ("ML", "NE"))
    assert entry.reasons == (Reason.COUP, Reason.MERCENARIES)


def test_confidence_is_that_of_the_best_article() -> None:
    assert merged(*(observation(reported(confidence=it), f"a{it}") for it in (0.6, 0.9, 0.7))).confidence == 0.9


def test_is_background_only_where_all_recall_it() -> None:
    news, recalled = observation(reported()), observation(reported(background=True), "a2")
    assert merged(recalled).background
    assert not merged(recalled, news).background


def test_was_reported_first_by_the_article_published_first() -> None:
    entry = merged(observation(reported(), "a1", "2022-02-18"), observation(reported(), "a2", "2022-02-17"))
    assert str(entry.reported) == "2022-02-17"


def test_an_article_is_one_source_however_often_it_says_so() -> None:
    twice = [observation(reported(quote=quote), "a1") for quote in ("It leaves.", "The last ones go.")]
    assert merged(*twice, observation(reported(), "a2")).sources == 2


def test_a_claim_keeps_the_best_sightings_and_counts_the_others() -> None:
    recalled = observation(reported(background=True), "recalled", "2020-01-01")
    news = [observation(reported(), f"a{day}", f"2022-02-{day}") for day in (21, 19, 20, 22)]
    claim = claim_of(recalled, *news)
    assert [it.article for it in claim.sightings] == ["a19", "a20", "a21"]
    assert (len(claim.sightings), claim.seen, claim.news) == (KEPT_SIGHTINGS, 5, True)
    assert merge(CHANGE, (claim,)).sources == 5


def test_long_texts_are_cut() -> None:
    sighting = sighting_of(observation(reported(quote="é" * 1000)))
    assert sighting.quote == "é" * (QUOTE_LENGTH - 1) + "…"
    assert sighting_of(observation(reported(quote="é" * QUOTE_LENGTH))).quote == "é" * QUOTE_LENGTH


def test_an_address_is_whole_or_left_out() -> None:
    base = len("https://news.example/")
    whole = sighting_of(observation(reported(), "a" * (URL_LENGTH - base)))
    assert whole.url is not None
    assert len(whole.url) == URL_LENGTH
    assert sighting_of(observation(reported(), "a" * (URL_LENGTH - base + 1))).url is None
