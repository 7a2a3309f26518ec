"""What holds of every timeline, whatever is reported in whatever order."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.missions.samples import VERSIONS, Register, fold_all, observation, place, reported
from worker.missions.fold import Folded, fold
from worker.missions.observation import Observation
from worker.missions.order import rank
from worker.missions.outcome import Outcome
from worker.missions.timeline import Entry, Timeline
from worker.missions.vocabulary import STATUS_AFTER, Change

DATES = st.sampled_from(
    ["2021", "2022", "2021-12", "2022-01", "2022-02", "2022-03", "2021-12-30"]
    + [f"2022-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in (1, 4, 8, 12, 20, 27)]
)
FEW_CHANGES = st.sampled_from([Change.STARTED, Change.EXTENDED, Change.WITHDRAWAL_ANNOUNCED, Change.ENDED])
EFFECTS = st.sampled_from([None, None, "2022-06", "2022-06-30", "2022", "2023"])


@st.composite
def observations(draw: st.DrawFn, changes: st.SearchStrategy[Change]) -> Observation:
    change = reported(
        draw(changes),
        draw(DATES),
        effective=draw(EFFECTS),
        relocated_to=draw(st.sampled_from([None, "NE", "TD"])),
        theatre=draw(st.sampled_from([("ML",), ("ML", "NE"), ("NE",)])),
        background=draw(st.sampled_from([False, False, False, True])),
        confidence=draw(st.sampled_from([0.5, 0.8, 0.9])),
    )
    article = draw(st.integers(0, 9))
    return observation(change, f"a{article}", draw(st.sampled_from(["2022-01-05", "2022-03", "2022-03-02", "2023"])))


def reports(changes: st.SearchStrategy[Change], most: int) -> st.SearchStrategy[list[Observation]]:
    return st.lists(observations(changes), min_size=1, max_size=most, unique_by=lambda it: it.id)


ONE_FAMILY = st.sampled_from(Change).flatmap(lambda change: reports(st.just(change), 10))
REPORTS = st.one_of(reports(FEW_CHANGES, 14), reports(st.sampled_from(Change), 14), ONE_FAMILY)


def known(timeline: Timeline) -> tuple[object, ...]:
    """A timeline without what remembers the order of arrival."""
    return timeline.status, timeline.since, timeline.observations, tuple(map(without_events, timeline.entries))


def without_events(entry: Entry) -> Entry:
    return replace(entry, claims=tuple(replace(claim, events=()) for claim in entry.claims))


def last(folded: Sequence[Folded]) -> Timeline:
    return folded[-1].timeline


@settings(max_examples=1200, deadline=None)
@given(st.data(), REPORTS)
def test_any_order_of_arrival_gives_the_same_timeline(data: st.DataObject, arrived: list[Observation]) -> None:
    other = data.draw(st.permutations(arrived))
    assert known(last(fold_all(arrived))) == known(last(fold_all(other)))


@settings(max_examples=300, deadline=None)
@given(st.data(), REPORTS)
def test_a_replay_changes_nothing(data: st.DataObject, arrived: list[Observation]) -> None:
    timeline = last(fold_all(arrived))
    for repeated in data.draw(st.lists(st.sampled_from(arrived), max_size=5)):
        again = fold(timeline, repeated, place(99), Register(), VERSIONS)
        assert again == Folded(timeline, Outcome.DUPLICATE)


@settings(max_examples=400, deadline=None)
@given(REPORTS)
def test_sequences_have_no_gaps_and_events_their_place(arrived: list[Observation]) -> None:
    folded = fold_all(arrived)
    events = [it.event for it in folded if it.event is not None]
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert last(folded).sequence == len(events)
    published = {event.id: event for event in events}
    assert len(published) == len(events)
    kept = [(entry.change, event) for entry in last(folded).entries for event in entry.events]
    assert sorted((event.id, event.sequence) for _, event in kept) == sorted((it.id, it.sequence) for it in events)
    assert all(published[event.id].change is change for change, event in kept)


@settings(max_examples=400, deadline=None)
@given(REPORTS)
def test_every_event_is_consistent(arrived: list[Observation]) -> None:
    known_ids: set[str] = set()
    for it, given_one in zip(fold_all(arrived), arrived, strict=True):
        assert (it.event is not None) == (it.outcome in {Outcome.CHANGED, Outcome.CORRECTED})
        if it.event is None:
            continue
        assert not given_one.report.background
        assert it.event.id == it.event.content_id()
        assert it.event.status is STATUS_AFTER[it.event.change]
        assert (it.event.corrects is not None) == (it.outcome is Outcome.CORRECTED)
        assert it.event.corrects is None or it.event.corrects in known_ids
        last_one = it.timeline.entries[-1]
        sets_status = last_one.change is given_one.report.change and last_one.claim(given_one.report.occurred)
        assert it.event.late == (not sets_status)
        assert it.event.late or it.timeline.status is it.event.status
        known_ids.add(it.event.id)


@settings(max_examples=400, deadline=None)
@given(REPORTS)
def test_entries_are_in_order_and_hold_every_observation_once(arrived: list[Observation]) -> None:
    timeline = last(fold_all(arrived))
    ranks = [rank(entry.change, entry.occurred) for entry in timeline.entries]
    assert ranks == sorted(set(ranks))
    claims = [(entry.change, claim) for entry in timeline.entries for claim in entry.claims]
    assert len({(change, claim.occurred) for change, claim in claims}) == len(claims)
    assert sum(claim.seen for _, claim in claims) == timeline.observations == len(arrived)
    assert timeline.entries[-1].status is timeline.status


@settings(max_examples=400, deadline=None)
@given(REPORTS)
def test_news_is_published_or_repeats_what_was(arrived: list[Observation]) -> None:
    for it, each in zip(fold_all(arrived), arrived, strict=True):
        (entry,) = (
            entry
            for entry in it.timeline.entries
            if entry.change is each.report.change and entry.claim(each.report.occurred)
        )
        assert each.report.background or entry.events
        assert entry.background <= each.report.background


@settings(max_examples=400, deadline=None)
@given(REPORTS)
def test_what_was_published_stays_published(arrived: list[Observation]) -> None:
    """Only recalled dates and the same effect make one change of what may come apart again."""
    plain = {it.id: it for it in (_plain(each) for each in arrived)}
    assert all(entry.events for entry in last(fold_all(plain.values())).entries)


def _plain(each: Observation) -> Observation:
    report = replace(each.report, effective=None, background=False)
    return observation(report, each.source.article, str(each.source.published))
