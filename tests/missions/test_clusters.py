import pytest

from tests.missions.samples import observation, reported
from worker.missions.clusters import cluster, gap
from worker.missions.dates import PartialDate
from worker.missions.merge import add, sighting_of
from worker.missions.timeline import Claim
from worker.missions.vocabulary import Change
from worker.missions.windows import ONCE, SAME_EFFECT, WINDOW

RECALLED = "recalled"


def claim(change: Change, text: str) -> Claim:
    """A claim from `2022-02`, `2022-02 recalled` or `2022-02 until 2022-06`."""
    date, *rest = text.split()
    effective = rest[1] if rest[:1] == ["until"] else None
    change_reported = reported(change, date, effective=effective, background=rest == [RECALLED])
    return add(None, PartialDate.parse(date), sighting_of(observation(change_reported)))


def parted(change: Change, *texts: str) -> list[list[str]]:
    """The dates of each cluster, clusters in the order of their first dates."""
    clusters = cluster(change, [claim(change, text) for text in texts])
    return sorted([str(it.occurred) for it in each] for each in clusters)


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        ("2022-02-17", "2022-02-17", 0),
        ("2022-02-17", "2022-02-18", 1),
        ("2022-02", "2022-02-17", 0),
        ("2022-02", "2022-03-01", 1),
        ("2022-02", "2022-03", 1),
        ("2021", "2022-02-01", 32),
        ("2022", "2022-02", 0),
    ],
)
def test_gap(a: str, b: str, days: int) -> None:
    one, other = PartialDate.parse(a), PartialDate.parse(b)
    assert gap(one, other) == gap(other, one) == days


def test_every_change_has_a_window() -> None:
    assert set(WINDOW) == set(Change)


@pytest.mark.parametrize("change", Change)
def test_days_within_the_window_belong_together(change: Change) -> None:
    first = PartialDate(2022, 2, 1).first.toordinal()
    near, far = (
        str(PartialDate.of(type(PartialDate(2022).first).fromordinal(first + days)))
        for days in (WINDOW[change], WINDOW[change] + 1)
    )
    assert parted(change, "2022-02-01", near) == [["2022-02-01", near]]
    assert parted(change, "2022-02-01", far) == [["2022-02-01"], [far]]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        # A story that goes on: each report near the one before.
        (["2022-02-01", "2022-02-08", "2022-02-15"], [["2022-02-01", "2022-02-08", "2022-02-15"]]),
        # A month belongs to the days in it, or next to it.
        (["2022-02", "2022-02-17"], [["2022-02-17", "2022-02"]]),
        (["2022-02", "2022-03-03"], [["2022-03-03", "2022-02"]]),
        (["2022-02", "2022-03-09"], [["2022-02"], ["2022-03-09"]]),
        # It belongs to one change only, and never joins two.
        (["2022-02", "2022-02-03", "2022-02-27"], [["2022-02-03", "2022-02"], ["2022-02-27"]]),
        (["2022-02", "2022-03-02", "2022-02-20"], [["2022-02-20", "2022-02"], ["2022-03-02"]]),
        # The nearer one has it.
        (["2022-02", "2022-01-29", "2022-03-02"], [["2022-01-29"], ["2022-03-02", "2022-02"]]),
        # Months next to each other are two months.
        (["2022-02", "2022-03"], [["2022-02"], ["2022-03"]]),
        # A year belongs to the first change in it.
        (["2022", "2022-05", "2022-02-17"], [["2022-02-17", "2022"], ["2022-05"]]),
        (["2022", "2022-05"], [["2022-05", "2022"]]),
        (["2022", "2023-01-02"], [["2022"], ["2023-01-02"]]),
        (["2022", "2021"], [["2021"], ["2022"]]),
        # A year goes with the month in it that another date drew to itself.
        (["2022", "2022-01", "2021-12-30"], [["2021-12-30", "2022-01", "2022"]]),
        # What is recalled may tell the day of what was news; but news has news to go to, if there is any.
        (["2022-02", "2022-02-03 recalled"], [["2022-02-03", "2022-02"]]),
        (["2022-02", "2022-02-03 recalled", "2022-02-27"], [["2022-02-03"], ["2022-02-27", "2022-02"]]),
        (["2022-02 recalled", "2022-02-03 recalled", "2022-02-27"], [["2022-02-03", "2022-02"], ["2022-02-27"]]),
    ],
)
def test_decisions(claims: list[str], expected: list[list[str]]) -> None:
    assert parted(Change.WITHDRAWAL_ANNOUNCED, *claims) == expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        # The cabinet's decision, parliament's consent.
        (["2022-02-09 until 2023-03", "2022-03-25 until 2023-03-31"], [["2022-02-09", "2022-03-25"]]),
        # All that are connected so.
        (
            ["2022-01-09 until 2023-03", "2022-03-25 until 2023-03", "2022-06-10 until 2023-03"],
            [["2022-01-09", "2022-03-25", "2022-06-10"]],
        ),
        # Whatever lies between them.
        (
            ["2022-01-09 until 2023-03", "2022-02-15 until 2023-04", "2022-03-25 until 2023-03"],
            [["2022-01-09", "2022-03-25"], ["2022-02-15"]],
        ),
        # Another end, no end, too vague an end, too long ago.
        (["2022-02-09 until 2023-03", "2022-03-25 until 2023-04"], [["2022-02-09"], ["2022-03-25"]]),
        (["2022-02-09 until 2023-03", "2022-03-25"], [["2022-02-09"], ["2022-03-25"]]),
        (["2022-02-09 until 2023", "2022-03-25 until 2023"], [["2022-02-09"], ["2022-03-25"]]),
        (["2022-02-09 until 2023-03", "2022-05-13 until 2023-03"], [["2022-02-09"], ["2022-05-13"]]),
        # A coarse date lends its effect to none.
        (
            ["2022-01-09 until 2023-03", "2022-03-25", "2022-03 until 2023-03"],
            [["2022-01-09"], ["2022-03-25", "2022-03"]],
        ),
        (["2021 until 2023-03", "2022-01-09 until 2023-03"], [["2021"], ["2022-01-09"]]),
    ],
)
@pytest.mark.parametrize("change", sorted(SAME_EFFECT))
def test_decisions_with_the_same_effect(change: Change, claims: list[str], expected: list[list[str]]) -> None:
    assert parted(change, *claims) == expected


@pytest.mark.parametrize("change", sorted(set(Change) - SAME_EFFECT - ONCE))
def test_the_same_effect_does_not_tell_other_changes_apart(change: Change) -> None:
    claims = ["2022-02-01 until 2023-03", "2022-03-25 until 2023-03"]
    assert parted(change, *claims) == [["2022-02-01"], ["2022-03-25"]]
