"""The fold, told as stories: what articles report, and what each of them was to the timeline."""

import pytest

from tests.missions.samples import VERSIONS, Register, fold_all, observation, place, reported
from worker.missions.event import StatusChanged
from worker.missions.fold import Folded, fold
from worker.missions.observation import Observation
from worker.missions.outcome import Outcome
from worker.missions.vocabulary import STATUS_AFTER, Change, Scope, Status

CHANGED, CORRECTED, CORROBORATED, RECALLED = (
    Outcome.CHANGED,
    Outcome.CORRECTED,
    Outcome.CORROBORATED,
    Outcome.RECALLED,
)
TABLE = {
    "announced": "planned",
    "started": "active",
    "extended": "active",
    "reinforced": "active",
    "reduced": "active",
    "relocated": "active",
    "suspended": "suspended",
    "resumed": "active",
    "withdrawal_announced": "ending",
    "withdrawal_started": "ending",
    "ended": "ended",
}


def article(text: str, number: int = 0) -> Observation:
    """An observation from `change date [until date] [published date] [recalled]`, each of an article of its own."""
    change, date, *rest = text.split()
    options = dict(zip(rest[::2], rest[1::2], strict=False))
    return observation(
        reported(Change(change), date, effective=options.get("until"), background=rest[-1:] == ["recalled"]),
        f"a{number}",
        options.get("published", date),
    )


def told(*texts: str) -> list[Folded]:
    return fold_all(article(text, number) for number, text in enumerate(texts))


def event(folded: Folded) -> StatusChanged:
    assert folded.event is not None
    return folded.event


def outcomes(*texts: str) -> list[Outcome]:
    return [it.outcome for it in told(*texts)]


def history(folded: Folded) -> list[str]:
    return [entry.key for entry in folded.timeline.entries]


def test_the_table_of_the_domain_is_complete() -> None:
    assert {str(change): str(status) for change, status in STATUS_AFTER.items()} == TABLE


@pytest.mark.parametrize(("change", "status"), TABLE.items())
def test_status_after_a_first_change(change: str, status: str) -> None:
    (only,) = told(f"{change} 2022-02-17")
    assert (event(only).previous_status, event(only).status) == (None, status)
    assert (only.timeline.status, str(only.timeline.since)) == (status, "2022-02-17")
    assert (event(only).sequence, event(only).late, event(only).contradicts) == (1, False, False)


@pytest.mark.parametrize(("change", "status"), TABLE.items())
@pytest.mark.parametrize(("before", "previous"), TABLE.items())
def test_status_after_another_change(before: str, previous: str, change: str, status: str) -> None:
    second = told(f"{before} 2020-02-17", f"{change} 2022-02-17")[-1]
    assert (event(second).previous_status, event(second).status) == (previous, status)
    assert second.timeline.status == status
    assert (event(second).sequence, event(second).late) == (2, False)


def test_the_life_of_a_mission() -> None:
    life = [
        "announced 2013-04-25",
        "started 2013-07-01",
        "extended 2014-06-25",
        "suspended 2022-07-14",
        "resumed 2022-08-15",
        "withdrawal_announced 2023-06-16",
        "withdrawal_started 2023-08-03",
        "ended 2023-12-11",
    ]
    folded = told(*life)
    assert [it.outcome for it in folded] == [CHANGED] * len(life)
    assert [event(it).sequence for it in folded] == list(range(1, len(life) + 1))
    assert not any(event(it).late or event(it).contradicts for it in folded)
    statuses = [event(it).status for it in folded]
    assert [event(it).previous_status for it in folded] == [None, *statuses[:-1]]


def test_a_withdrawal_announced_started_and_completed_at_once_is_a_sequence() -> None:
    withdrawal = ["withdrawal_announced 2022-02-17", "withdrawal_started 2022-02-17", "ended 2022-02-17"]
    assert outcomes(*withdrawal) == [CHANGED] * 3


class TestRepeats:
    def test_the_same_date_near_dates_and_coarser_dates(self) -> None:
        first = "withdrawal_announced 2022-02-17"
        repeats = [first, "withdrawal_announced 2022-02-20", "withdrawal_announced 2022-02"]
        folded = told(first, *repeats)
        assert [it.outcome for it in folded] == [CHANGED, CORROBORATED, CORROBORATED, CORROBORATED]
        assert [it.timeline.entries[0].sources for it in folded] == [1, 2, 3, 4]
        assert folded[-1].timeline.sequence == 1

    def test_make_the_date_finer(self) -> None:
        folded = told("withdrawal_announced 2022", "withdrawal_announced 2022-02", "withdrawal_announced 2022-02-17")
        assert [it.outcome for it in folded] == [CHANGED, CORROBORATED, CORROBORATED]
        assert [str(it.timeline.entries[0].occurred) for it in folded] == ["2022", "2022-02", "2022-02-17"]
        assert folded[-1].timeline.entries[0].events == folded[0].timeline.entries[0].events

    def test_fill_in_when_it_takes_effect(self) -> None:
        last = told("withdrawal_announced 2022-02-17", "withdrawal_announced 2022-02-18 until 2022-06")[-1]
        assert last.outcome is CORROBORATED
        assert str(last.timeline.entries[0].effective) == "2022-06"

    def test_a_far_date_is_another_change(self) -> None:
        assert outcomes("extended 2021-06-29", "extended 2022-06-29") == [CHANGED, CHANGED]

    def test_a_finer_date_keeps_the_event_when_another_change_comes_nearer_to_the_coarse_one(self) -> None:
        """`2022-02` was published, then known as the 17th; the 3rd takes the month over, and is new all the same."""
        folded = told("reinforced 2022-02", "reinforced 2022-02-17", "reinforced 2022-02-03")
        assert [it.outcome for it in folded] == [CHANGED, CORROBORATED, CHANGED]
        third, seventeenth = folded[-1].timeline.entries
        assert [it.sequence for it in seventeenth.events] == [1]
        assert [it.sequence for it in third.events] == [2]


class TestLate:
    def test_an_old_article_is_filed_where_it_belongs(self) -> None:
        folded = told("started 2013-07-01", "ended 2023-12-11", "suspended 2022-07-14 published 2024-01-01")
        late = event(folded[-1])
        assert (late.late, late.previous_status, late.status) == (True, Status.ACTIVE, Status.SUSPENDED)
        assert folded[-1].timeline.status is Status.ENDED
        assert str(folded[-1].timeline.since) == "2023-12-11"
        assert history(folded[-1]) == ["started@2013-07-01", "suspended@2022-07-14", "ended@2023-12-11"]

    def test_the_first_of_a_history_has_nothing_before_it(self) -> None:
        late = event(told("ended 2023-12-11", "started 2013-07-01")[-1])
        assert (late.late, late.previous_status, late.sequence) == (True, None, 2)

    def test_what_happens_the_same_day_in_the_usual_order_is_not_late(self) -> None:
        """A last extension: prolonged for the final time, then it ends."""
        folded = told("extended 2022-02-17", "withdrawal_announced 2022-02-17")
        assert not event(folded[1]).late
        assert event(folded[1]).previous_status is Status.ACTIVE

    def test_the_other_way_round_the_present_status_stays(self) -> None:
        folded = told("withdrawal_announced 2022-02-17", "extended 2022-02-17")
        assert event(folded[1]).late
        assert folded[1].timeline.status is Status.ENDING


class TestContradictions:
    @pytest.mark.parametrize("change", ["resumed", "extended"])
    def test_an_ended_mission_goes_on(self, change: str) -> None:
        folded = told("ended 2022-06-30", f"{change} 2022-12-01")
        contradicting = event(folded[1])
        assert contradicting.contradicts
        assert contradicting.confidence == pytest.approx(0.4)
        assert folded[1].timeline.entries[1].contradicts
        assert folded[1].timeline.entries[1].confidence == pytest.approx(0.4)

    def test_a_late_article_that_what_followed_contradicts(self) -> None:
        contradicting = event(told("extended 2022-12-01", "ended 2022-06-30")[1])
        assert (contradicting.late, contradicting.contradicts) == (True, True)

    def test_a_late_article_is_not_to_blame_for_older_contradictions(self) -> None:
        late = event(told("ended 2020-06-30", "extended 2022-12-01", "ended 2022-02-28")[2])
        assert (late.late, late.contradicts) == (True, False)

    def test_more_articles_do_not_lift_the_flag_and_context_does(self) -> None:
        folded = told("ended 2022-06-30", "extended 2022-12-01", "extended 2022-12-01", "started 2022-09-01")
        assert [it.timeline.entries[-1].contradicts for it in folded] == [False, True, True, False]
        assert folded[-1].timeline.entries[-1].confidence == pytest.approx(0.8)


class TestCorrections:
    def test_another_date_for_what_happens_once(self) -> None:
        first, second = told("ended 2022-08-15", "ended 2022-11-09")
        assert second.outcome is CORRECTED
        assert event(second).corrects == event(first).id
        assert not event(second).contradicts
        assert [entry.corrected for entry in second.timeline.entries] == [True, False]
        assert str(second.timeline.since) == "2022-11-09"

    def test_the_date_may_move_back(self) -> None:
        first, second = told("ended 2022-11-09 published 2022-11-10", "ended 2022-08-15 published 2022-12-01")
        assert (second.outcome, event(second).corrects) == (CORRECTED, event(first).id)
        assert str(second.timeline.since) == "2022-08-15"

    def test_an_older_article_corrects_nothing_and_is_flagged(self) -> None:
        first, second = told("ended 2022-11-09 published 2022-11-10", "ended 2022-08-15 published 2022-08-16")
        assert (second.outcome, event(second).corrects) == (CHANGED, None)
        assert event(second).contradicts
        assert str(second.timeline.since) == "2022-11-09"
        assert second.timeline.entries[1].corrects == "ended@2022-08-15"
        assert first.timeline.sequence == 1

    def test_what_happened_in_between_makes_it_two_changes(self) -> None:
        folded = told("ended 2022-08-15", "started 2022-09-20", "ended 2022-11-09")
        assert [it.outcome for it in folded] == [CHANGED] * 3
        assert not any(event(it).contradicts for it in folded)

    def test_a_decision_is_reversed(self) -> None:
        first, started, second = told(
            "withdrawal_announced 2022-02-17", "withdrawal_started 2022-03-01", "extended 2022-06-29"
        )
        assert second.outcome is CORRECTED
        assert event(second).corrects == event(first).id
        assert not event(second).contradicts
        assert [it.corrected for it in second.timeline.entries] == [True, False, False]
        assert started.outcome is CHANGED

    def test_an_extension_that_only_covers_the_departure_reverses_nothing(self) -> None:
        second = told("withdrawal_announced 2022-02-17 until 2022-12", "extended 2022-06-29 until 2022-12-31")[1]
        assert second.outcome is CHANGED

    def test_an_extension_beyond_the_departure_reverses_it(self) -> None:
        second = told("withdrawal_announced 2022-02-17 until 2022-12", "extended 2022-06-29 until 2023-01")[1]
        assert second.outcome is CORRECTED

    def test_the_date_of_a_decision_turns_out_to_be_another(self) -> None:
        """An article without a date gets its own; the decision on the same mandate was taken weeks before."""
        first, second, third = told(
            "extended 2022-05-20 until 2023-05-31", "extended 2022-04-24 until 2023-05-31", "extended 2022-04-24"
        )
        assert (second.outcome, event(second).corrects) == (CORRECTED, event(first).id)
        assert str(event(second).occurred) == "2022-04-24"
        assert history(second) == ["extended@2022-04-24"]
        assert [it.sequence for it in second.timeline.entries[0].events] == [1, 2]
        assert third.outcome is CORROBORATED

    def test_an_article_that_recalls_a_decision_with_its_own_date_repeats_it(self) -> None:
        assert outcomes("extended 2022-04-24 until 2023-05-31", "extended 2022-05-20 until 2023-05-31") == [
            CHANGED,
            CORROBORATED,
        ]


class TestBackground:
    def test_is_kept_and_not_published(self) -> None:
        (only,) = told("started 2013-07-01 recalled")
        assert (only.outcome, only.event, only.timeline.sequence) == (RECALLED, None, 0)
        assert history(only) == ["started@2013-07-01"]
        assert only.timeline.entries[0].background

    def test_gives_the_previous_status(self) -> None:
        second = told("suspended 2022-07-14 recalled", "resumed 2022-08-15")[1]
        assert (event(second).previous_status, event(second).sequence) == (Status.SUSPENDED, 1)
        assert not event(second).contradicts

    def test_makes_an_older_article_late(self) -> None:
        second = told("ended 2023-12-11 recalled", "suspended 2022-07-14")[1]
        assert event(second).late
        assert second.timeline.status is Status.ENDED

    def test_is_one_more_source_of_what_is_known(self) -> None:
        second = told("ended 2023-12-11", "ended 2023-12 recalled")[1]
        assert (second.outcome, second.timeline.entries[0].sources) == (CORROBORATED, 2)
        assert not second.timeline.entries[0].background

    def test_is_published_when_an_article_of_the_time_turns_up(self) -> None:
        second = told("started 2013 recalled", "started 2013-07-01")[1]
        assert (second.outcome, event(second).sequence, event(second).sources) == (CHANGED, 1, 2)

    def test_corrects_nothing(self) -> None:
        folded = told("ended 2022-08-15", "ended 2014 published 2024-01-01 recalled")
        assert folded[1].outcome is RECALLED
        assert str(folded[1].timeline.since) == "2022-08-15"


def test_the_same_observation_again_changes_nothing() -> None:
    observed = article("ended 2023-12-11")
    first = fold(None, observed, place(0), Register(), VERSIONS)
    assert fold(first.timeline, observed, place(1), Register(), VERSIONS) == Folded(first.timeline, Outcome.DUPLICATE)


def test_an_observation_of_another_subject_is_refused() -> None:
    other = observation(reported(actors=("DE",), scope=Scope.CONTRIBUTION))
    with pytest.raises(ValueError, match="'minusma/DE' is not for the timeline of 'minusma'"):
        fold(told("started 2013-07-01")[0].timeline, other, place(1), Register(), VERSIONS)


def test_the_timeline_tells_where_it_comes_from() -> None:
    observed = [article("started 2013-07-01"), article("ended 2023-12-11", 1)]
    timeline = fold_all(observed)[-1].timeline
    assert (timeline.last_observation, timeline.last_observed_at) == (observed[1].id, place(1))
    assert (timeline.versions, timeline.observations) == (VERSIONS, 2)
    assert (timeline.subject, timeline.mission, timeline.mission_name) == ("minusma", "minusma", "MINUSMA")
    assert (timeline.predecessor, timeline.successor, timeline.scope) == ("afisma", None, Scope.MISSION)
