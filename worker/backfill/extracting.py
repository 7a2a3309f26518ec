"""The part of a backfill that every core takes a share of: from raw messages to observations and dead letters."""

import math
import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import worker
from worker.backfill.message import TRUNCATED, Message
from worker.events.codec import Codec
from worker.events.schemas import load
from worker.extraction.extractor import Extractor
from worker.missions.observation import Versions
from worker.missions.register import Register
from worker.settings import Articles, DeadLetters, Topics
from worker.streaming.brake import Brake
from worker.streaming.budget import Budget
from worker.streaming.dead_letters import REASON, STANDARD, without_errors
from worker.streaming.extract_stage import ExtractStage
from worker.streaming.publisher import Publisher

PROCESS_DIED: Final = "process_died"
"""The reason of a dead letter that ended the process which read it."""


class Letter(NamedTuple):
    """A message that is no article, or that broke the reader: `reason` as in the dead-letter topic."""

    message: Message
    reason: str
    error: str


@dataclass(slots=True)
class Extracted:
    """What a batch of messages came to, in their order: encoded observations, dead letters, and outcomes by name."""

    observations: list[bytes] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, later: "Extracted") -> None:
        """Take in what came of the messages that followed."""
        self.observations += later.observations
        self.letters += later.letters
        self.outcomes.update(later.outcomes)


class Reader:
    """Reads batches just as the stage `extract` of the service does: it is that stage."""

    def __init__(self, articles: Articles, topics: Topics) -> None:
        extractor, register = Extractor.load(), Register.load()
        self._topics = topics
        self._stage = ExtractStage(
            reader=extractor,
            versions=Versions(code=f"{worker.__version__}+{extractor.version}", register=register.version),
            publisher=Publisher("extract", Codec(), load()),
            topics=topics,
            limits=articles.limits,
            budget=Budget(articles.max_seconds),
            # Somebody sees to a backfill, and its dead letters are counted before their eyes.
            brake=Brake(DeadLetters(consecutive_limit=0, ratio_limit=1)),
            batch_seconds=math.inf,
        )

    def __call__(self, batch: Sequence[Message]) -> Extracted:
        """Read a batch."""
        work = self._stage.process({0: batch})
        self._stage.committed({})
        extracted = Extracted(outcomes=work.tally(0).outcomes)
        places = {(message.topic, message.offset): message for message in batch}
        for output in work.outputs:
            if output.topic == self._topics.observations:
                extracted.observations.append(output.value or b"")
            else:
                extracted.letters.append(_letter(output.headers, places))
        return extracted


def lost(message: Message) -> Extracted:
    """What a message comes to that ended the process which read it."""
    letter = Letter(message, PROCESS_DIED, "the process that read it ended")
    return Extracted(letters=[letter], outcomes=Counter(dead_letter=1))


def _letter(headers: Sequence[tuple[str, bytes]], places: dict[tuple[str, int], Message]) -> Letter:
    told = {name: value.decode() for name, value in headers}
    message = places[told[STANDARD + "topic"], int(told[STANDARD + "offset"])]
    kept = without_errors(message.headers)
    cut = " (only its beginning is kept)" if any(name == TRUNCATED for name, _ in kept) else ""
    return Letter(message, told[REASON], told[STANDARD + "message"] + cut)


_reader: Reader | None = None


def prepare(articles: Articles, topics: Topics) -> None:
    """Make this process, one of a pool, ready to read."""
    global _reader  # noqa: PLW0603 - a process of the pool has nothing else to keep it in
    # An interrupt from the terminal reaches all processes; the first among them says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _reader = Reader(articles, topics)


def read(batch: Sequence[Message]) -> Extracted:
    """Read a batch in a process that was prepared."""
    if _reader is None:
        raise RuntimeError("this process was not prepared")
    return _reader(batch)


def _end_with_parent() -> None:
    """A pool's processes outlive a parent that was killed: each holds the other end of the pipe that it waits on."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
