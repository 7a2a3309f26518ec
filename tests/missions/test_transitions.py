import pytest

from worker.missions.transitions import fits
from worker.missions.vocabulary import Change, Status

PLANNED, ACTIVE, SUSPENDED, ENDING, ENDED = Status


@pytest.mark.parametrize("change", Change)
def test_anything_fits_where_nothing_is_known(change: Change) -> None:
    assert fits(change, None, registered=True)


@pytest.mark.parametrize(
    ("status", "change"),
    [
        (ENDED, Change.RESUMED),
        (ENDED, Change.EXTENDED),
        (ENDED, Change.REINFORCED),
        (ENDED, Change.REDUCED),
        (ENDED, Change.RELOCATED),
        (ENDED, Change.SUSPENDED),
        (ENDED, Change.WITHDRAWAL_ANNOUNCED),
        (ENDED, Change.WITHDRAWAL_STARTED),
        (PLANNED, Change.RESUMED),
        (ACTIVE, Change.RESUMED),
        (ENDING, Change.RESUMED),
        (ENDING, Change.REINFORCED),
        (ENDING, Change.REDUCED),
    ],
)
def test_contradictions(status: Status, change: Change) -> None:
    assert not fits(change, status, registered=True)
    assert not fits(change, status, registered=False)


@pytest.mark.parametrize(
    ("status", "change"),
    [
        (PLANNED, Change.STARTED),
        (PLANNED, Change.ENDED),
        (ACTIVE, Change.EXTENDED),
        (ACTIVE, Change.SUSPENDED),
        (ACTIVE, Change.ENDED),
        (SUSPENDED, Change.RESUMED),
        (SUSPENDED, Change.WITHDRAWAL_ANNOUNCED),
        (ENDING, Change.WITHDRAWAL_STARTED),
        (ENDING, Change.EXTENDED),
        (ENDING, Change.RELOCATED),
        (ENDING, Change.ENDED),
        (ENDED, Change.ENDED),
        (ENDED, Change.ANNOUNCED),
        (ENDED, Change.STARTED),
    ],
)
def test_the_usual_course(status: Status, change: Change) -> None:
    assert fits(change, status, registered=True)


@pytest.mark.parametrize("status", [ACTIVE, SUSPENDED, ENDING])
@pytest.mark.parametrize("change", [Change.ANNOUNCED, Change.STARTED])
def test_only_a_mission_of_the_register_cannot_begin_twice(status: Status, change: Change) -> None:
    assert not fits(change, status, registered=True)
    assert fits(change, status, registered=False)
