import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.missions import samples
from worker.missions.observation import Coordinates, Observation
from worker.streaming.arrangement import Arrangement, partition_of


def of_article(offset: int, partition: int = 0, timestamp: int = 0) -> Observation:
    one = samples.observation(samples.reported(), f"{partition}-{offset}")
    return replace(one, source=replace(one.source, partition=partition, offset=offset, timestamp_ms=timestamp))


def arrangement(*articles: tuple[int, int]) -> Arrangement:
    """Articles, by partition and offset, in the order in which their observations stand."""
    arranged = Arrangement()
    for at, (partition, offset) in enumerate(articles):
        arranged.take_in(of_article(offset, partition), Coordinates("missions.observations", 1, at))
    return arranged


def test_what_was_read_before_keeps_its_place() -> None:
    arranged = arrangement((0, 5), (1, 2), (0, 7))
    assert [arranged.place(1, of_article(o, p).source).offset for p, o in ((0, 5), (1, 2), (0, 7))] == [0, 1, 2]


def test_what_is_new_comes_behind_what_was_read_before_it() -> None:
    arranged = arrangement((0, 5), (1, 2), (0, 7))
    new = {offset: arranged.place(1, of_article(offset).source) for offset in (1, 6, 9)}
    known = [arranged.place(1, of_article(o, p).source) for p, o in ((0, 5), (1, 2), (0, 7))]
    assert new[1] < known[0] < new[6] < known[1] < known[2] < new[9]


def test_what_is_new_in_two_partitions_comes_in_the_order_of_time() -> None:
    arranged = arrangement((0, 5), (1, 2))
    early, late = of_article(4, 1, timestamp=10), of_article(3, 1, timestamp=20)
    assert arranged.place(1, early.source) < arranged.place(1, late.source)


def test_in_another_partition_nothing_is_known() -> None:
    assert arrangement((0, 5)).offset(0, of_article(5).source) is None
    assert arrangement((0, 5)).place(0, of_article(5).source).offset == -1


@pytest.mark.parametrize(
    ("key", "hashed"),
    [("21", -973932308), ("foobar", -790332482), ("a-little-bit-long-string", -985981536)],
)
def test_the_partition_is_that_of_kafka(key: str, hashed: int) -> None:
    """The hashes are those that Kafka's own tests of `Utils.murmur2` expect."""
    assert partition_of(key, 1 << 31) == hashed & 0x7FFFFFFF
    assert partition_of(key, 6) == (hashed & 0x7FFFFFFF) % 6


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30)), unique=True), st.randoms(use_true_random=False))
def test_articles_of_a_partition_stay_in_their_order(articles: list[tuple[int, int]], dice: random.Random) -> None:
    """Whatever part of them was known, as long as the service took them in in their order."""
    articles.sort(key=lambda it: it[1])
    arranged = arrangement(*(it for it in articles if dice.random() < 0.5))
    for number in range(3):
        mine = [offset for partition, offset in articles if partition == number]
        places = [arranged.place(1, of_article(offset, number, timestamp=offset).source) for offset in mine]
        assert places == sorted(places)
