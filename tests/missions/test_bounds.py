"""What happens at the bound: detail of the oldest history goes first, then the history itself, never the present."""

import datetime as dt

from tests.missions.samples import fold_all, observation, reported
from worker.missions.bounds import KEPT, ROOM, weight
from worker.missions.fold import Folded
from worker.missions.observation import Observation
from worker.missions.outcome import Outcome
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Change, Status

FIRST = dt.date(2000, 1, 1)


def on(change: Change, days: int, article: str) -> Observation:
    date = str(FIRST + dt.timedelta(days=days))
    return observation(reported(change, date), article, date)


def reinforced(count: int, articles: int = 1, *, apart: int = 10) -> list[Observation]:
    """So many reinforcements, each reported by so many articles."""
    return [
        on(Change.REINFORCED, apart * number, f"a{number}-{article}")
        for number in range(count)
        for article in range(articles)
    ]


def last(folded: list[Folded]) -> Timeline:
    return folded[-1].timeline


def test_below_the_bound_nothing_goes() -> None:
    timeline = last(fold_all(reinforced(KEPT // 3, 3)))
    assert weight(timeline.entries) == KEPT // 3 * 3
    assert (timeline.forgotten, timeline.horizon) == (0, None)


def test_first_the_oldest_claims_keep_one_sighting() -> None:
    count = KEPT // 3 + 1
    folded = fold_all(reinforced(count, 3))
    timeline = last(folded)
    assert max(weight(it.timeline.entries) for it in folded) <= KEPT
    assert (len(timeline.entries), timeline.forgotten, timeline.sequence) == (count, 0, count)
    assert {entry.sources for entry in timeline.entries} == {3}
    kept = [len(claim.sightings) for entry in timeline.entries for claim in entry.claims]
    assert kept == sorted(kept)
    assert (kept[0], kept[-1]) == (1, 3)
    assert all(len(entry.events) == 1 for entry in timeline.entries)


def test_then_the_oldest_history_goes() -> None:
    count = KEPT + 5
    folded = fold_all(reinforced(count))
    timeline = last(folded)
    assert timeline.observations == timeline.sequence == count
    assert timeline.forgotten == count - len(timeline.entries) == ROOM + 1
    assert timeline.horizon is not None
    assert str(timeline.horizon) == str(FIRST + dt.timedelta(days=10 * ROOM))
    assert timeline.entries[0].occurred.first > timeline.horizon.first


def test_what_is_older_than_what_is_kept_is_counted_and_not_judged() -> None:
    timeline = last(fold_all(reinforced(KEPT + 1)))
    older, younger = fold_all([on(Change.SUSPENDED, 15, "older"), on(Change.SUSPENDED, 10 * ROOM + 25, "b")], timeline)
    assert (older.outcome, older.event) == (Outcome.FORGOTTEN, None)
    assert older.timeline.entries == timeline.entries
    assert older.timeline.forgotten == timeline.forgotten + 1
    assert older.timeline.observations == timeline.observations + 1
    assert (younger.outcome, younger.event is not None and younger.event.late) == (Outcome.CHANGED, True)


def test_a_change_that_is_kept_in_part_keeps_what_was_published_of_it() -> None:
    """One long story, each report near the one before: its oldest dates go, the event stays, and no other comes."""
    count = KEPT + 1
    folded = fold_all(reinforced(count, apart=2))
    (entry,) = last(folded).entries
    assert [it.sequence for it in entry.events] == [1]
    assert last(folded).sequence == 1
    assert len(entry.claims) == count - ROOM - 1


def test_the_present_status_is_never_forgotten() -> None:
    timeline = last(fold_all([*reinforced(KEPT), on(Change.ENDED, 10 * KEPT, "end"), *reinforced(ROOM, 3)]))
    assert timeline.status is Status.ENDED
    assert weight(timeline.entries) <= KEPT
