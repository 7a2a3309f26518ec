from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.missions import samples
from worker.missions.comparison import compare
from worker.missions.event import StatusChanged
from worker.missions.observation import Coordinates, Observation, Versions
from worker.missions.vocabulary import Change, Reason

CHANGES = [
    (Change.STARTED, "2013-07-01"),
    (Change.EXTENDED, "2022-06-29"),
    (Change.WITHDRAWAL_ANNOUNCED, "2023-06-30"),
    (Change.ENDED, "2023-12-31"),
]


def observed(nth: int, change: Change, occurred: str, **fields: object) -> Observation:
    one = samples.observation(samples.reported(change, occurred, **fields), f"a{nth}")  # type: ignore[arg-type]
    return replace(one, source=replace(one.source, offset=nth))


OBSERVATIONS = [observed(nth, *change) for nth, change in enumerate(CHANGES)]


def events(observations: Sequence[Observation]) -> list[StatusChanged]:
    return [it.event for it in samples.fold_all(observations) if it.event is not None]


def test_an_account_does_not_differ_from_itself() -> None:
    elsewhere = [
        replace(it, observed_at=Coordinates("other", 0, 1), versions=Versions(code="2", register="2"))
        for it in events(OBSERVATIONS)
    ]
    compared = compare(events(OBSERVATIONS), elsewhere)
    assert not compared
    assert compared.same == 4


def test_an_event_more_numbers_those_behind_it_anew() -> None:
    compared = compare(events(OBSERVATIONS[:1] + OBSERVATIONS[2:]), events(OBSERVATIONS))
    assert [it.change for it in compared.added] == [Change.EXTENDED]
    assert compared.removed == ()
    assert [(it.after.sequence, it.fields, it.renumbered) for it in compared.changed] == [
        (3, ("sequence",), True),
        (4, ("sequence",), True),
    ]
    assert compared.same == 1


def test_an_event_less() -> None:
    compared = compare(events(OBSERVATIONS), events(OBSERVATIONS[:3]))
    assert [it.change for it in compared.removed] == [Change.ENDED]
    assert (compared.added, compared.changed, compared.same) == ((), (), 3)


def test_an_article_that_tells_it_otherwise() -> None:
    other = [*OBSERVATIONS[:3], observed(3, Change.ENDED, "2024-06-30", reasons=(Reason.COST,))]
    (changed,) = compare(events(OBSERVATIONS), events(other)).changed
    assert (str(changed.before.occurred), str(changed.after.occurred)) == ("2023-12-31", "2024-06-30")
    assert changed.fields == ("occurred", "reasons")
    assert not changed.renumbered


def test_another_article_that_was_first_to_tell_it() -> None:
    other = [*OBSERVATIONS[:3], observed(9, Change.ENDED, "2024-01-02")]
    compared = compare(events(OBSERVATIONS), events(other))
    (changed,) = compared.changed
    assert (changed.before.source.article, changed.after.source.article) == ("a3", "a9")
    assert changed.fields == ("occurred", "source")


def test_the_same_change_at_another_time_is_another_event() -> None:
    other = [*OBSERVATIONS[:3], observed(9, Change.ENDED, "2025-06-30")]
    compared = compare(events(OBSERVATIONS), events(other))
    assert len(compared.added) == len(compared.removed) == 1
    assert compared.changed == ()


def test_what_is_told_of_another_subject_is_another_event() -> None:
    named, unnamed = ([observed(0, Change.STARTED, "2013-07-01", mission=mission)] for mission in ("minusma", None))
    compared = compare(events(unnamed), events(named))
    assert [it.subject for it in compared.added] == ["minusma"]
    assert [it.subject for it in compared.removed] == ["UN@ML"]


def test_two_events_of_one_article_are_paired_with_two() -> None:
    twice = [observed(0, Change.EXTENDED, "2021-06-29"), observed(0, Change.EXTENDED, "2022-06-29")]
    surer = [replace(it, report=replace(it.report, confidence=0.9)) for it in twice]
    surer = [replace(it, id=it.content_id()) for it in surer]
    compared = compare(events(twice), events(surer))
    assert [(str(it.before.occurred), str(it.after.occurred)) for it in compared.changed] == [
        ("2021-06-29", "2021-06-29"),
        ("2022-06-29", "2022-06-29"),
    ]


@pytest.mark.parametrize("swap", [False, True])
@given(picked=st.data())
def test_every_event_is_in_exactly_one_place(swap: bool, picked: st.DataObject) -> None:
    dates = st.dates().map(str)
    pool = st.builds(observed, st.integers(0, 5), st.sampled_from(Change), dates)
    before, after = (events(picked.draw(st.lists(pool, max_size=8))) for _ in range(2))
    if swap:
        before, after = after, [*before, *after]
    compared = compare(before, after)
    old, new = {it.id for it in before}, {it.id for it in after}
    changed = compared.changed
    assert {it.id for it in compared.removed} | {it.before.id for it in changed} == old - new
    assert {it.id for it in compared.added} | {it.after.id for it in changed} == new - old
    assert len(compared.removed) + len(changed) + compared.same == len(old)
    assert len(compared.added) + len(changed) + compared.same == len(new)
    assert all(it.fields for it in changed)
