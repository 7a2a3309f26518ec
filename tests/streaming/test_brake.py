import pytest

from worker.settings import DeadLetters
from worker.streaming.brake import Brake
from worker.streaming.stage import BrakedError


def brake(consecutive: int = 5, ratio: float = 0.5, window: int = 10) -> Brake:
    return Brake(DeadLetters(consecutive_limit=consecutive, ratio_limit=ratio, ratio_window=window))


def commit(one: Brake, *dead: bool, partition: int = 0) -> None:
    one.judge({partition: dead})
    one.committed()


def test_a_run_within_a_batch() -> None:
    one = brake()
    commit(one, *[True] * 4)
    with pytest.raises(BrakedError, match="5 dead letters in a row in partition 0"):
        brake().judge({0: [False, *[True] * 5, False]})


def test_a_run_goes_on_over_batches() -> None:
    one = brake()
    commit(one, False, *[True] * 3)
    with pytest.raises(BrakedError):
        one.judge({0: [True, True]})


def test_a_sound_article_ends_a_run() -> None:
    one = brake(window=1000)
    for _ in range(10):
        commit(one, *[True] * 4, False)


def test_runs_are_counted_by_partition() -> None:
    one = brake(window=1000)
    for partition in range(5):
        commit(one, *[True] * 4, partition=partition)


def test_no_limit_on_runs() -> None:
    commit(brake(consecutive=0, window=1000), *[True] * 500)


def test_a_share_over_the_window() -> None:
    one = brake(consecutive=0)
    commit(one, *[True, False] * 5)
    with pytest.raises(BrakedError, match="6 dead letters among the last 11"):
        one.judge({0: [True]})


def test_few_articles_are_not_judged() -> None:
    commit(brake(consecutive=0), *[True] * 9)


def test_old_articles_leave_the_window() -> None:
    one = brake(consecutive=0)
    commit(one, *[True, False] * 5)
    for _ in range(10):
        commit(one, False)
    commit(one, *[True] * 5)


def test_a_batch_that_is_not_committed_does_not_count() -> None:
    one = brake()
    for _ in range(10):
        one.judge({0: [True] * 4})
    commit(one, *[True] * 4)


def test_what_is_braked_once_is_braked_again() -> None:
    one = brake()
    for _ in range(2):
        with pytest.raises(BrakedError):
            one.judge({0: [True] * 5})
