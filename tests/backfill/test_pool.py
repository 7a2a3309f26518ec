"""Batches through processes: their order, and one that ends the process which reads it."""

import os
import signal
from collections import Counter
from collections.abc import Sequence

import pytest

from worker.backfill.extracting import PROCESS_DIED, Extracted
from worker.backfill.message import Message
from worker.backfill.pool import Pool, PoolError


def nothing() -> None:
    """Prepare a process that needs no preparation."""


def end() -> None:
    """Prepare a process that cannot be."""
    os._exit(3)


def echo(batch: Sequence[Message]) -> Extracted:
    """Give the values back; end the process on the word Kaboom."""
    if any(message.value == b"Kaboom" for message in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return Extracted([message.value for message in batch], outcomes=Counter(observed=len(batch)))


def messages(*values: bytes) -> list[Message]:
    return [Message("file:x", 0, number, 0, b"", value) for number, value in enumerate(values)]


def test_results_come_in_the_order_of_the_batches() -> None:
    batches = [(messages(str(number).encode()), number) for number in range(50)]
    with Pool(2, echo, nothing, ()) as pool:
        results = list(pool.map(batches))
    assert [mark for mark, _ in results] == list(range(50))
    assert [result.observations for _, result in results] == [[str(number).encode()] for number in range(50)]


def test_a_message_that_ends_its_process_is_a_dead_letter_and_the_others_are_read() -> None:
    batches = [(messages(*(f"{number}.{each}".encode() for each in range(8))), number) for number in range(6)]
    batches[2][0][5] = batches[2][0][5]._replace(value=b"Kaboom")
    with Pool(2, echo, nothing, ()) as pool:
        results = list(pool.map(batches))
    assert [mark for mark, _ in results] == list(range(6))
    read = [value for _, result in results for value in result.observations]
    assert read == [f"{number}.{each}".encode() for number in range(6) for each in range(8) if (number, each) != (2, 5)]
    (letter,) = (letter for _, result in results for letter in result.letters)
    assert (letter.message.value, letter.message.offset, letter.reason) == (b"Kaboom", 5, PROCESS_DIED)
    assert sum((result.outcomes for _, result in results), Counter()) == {"observed": 47, "dead_letter": 1}


def test_processes_that_cannot_start_are_no_messages_fault() -> None:
    with Pool(2, echo, end, ()) as pool, pytest.raises(PoolError, match="cannot start"):
        list(pool.map([(messages(b"x"), 0)]))
