"""Large articles that look for a step that takes more than linear time: one thing repeated, or many mixed."""

import random
from collections.abc import Callable
from typing import Final

from tests.strategies import NOISE, SAMPLES

MOST_BYTES: Final = 100_000
"""The largest article that has to be read within the bound of time."""

_SIZES: Final = (3_000, 20_000, MOST_BYTES)

_PIECES: Final = (
    "Mali ",
    "Mali, Niger and Chad ",
    "the troops withdraw ",
    "will withdraw from Mali ",
    "a withdrawal of ",
    "trekt zich ",
    "1 200 soldiers ",
    "one hundred and ",
    "soldiers, ",
    "in 2022 ",
    "Monday ",
    "that ",
    "who, ",
    ", because ",
    "MINUSMA ",
    "the mission's ",
    "a.b. ",
    "« ",
    '"',
    "(",
    "\n",
    "\n\n",
    "x",
    "ä",
    "- ",
    "Read more: ",
    "de regering ",
    "said ",
    "not ",
    "; ",
    ": ",
)


def grown(chance: random.Random) -> bytes:
    """An article of up to 100 kB, plain UTF-8, with enough of a real one before it to be read."""
    size = chance.choice(_SIZES)
    sample = chance.choice(SAMPLES)
    tail = chance.choice((_repeated, _mixed, _shuffled))(chance, sample, size - len(sample.encode()))
    return f"date 2022-02 {sample}\n\n{tail}".encode()[:MOST_BYTES]


def _repeated(chance: random.Random, sample: str, size: int) -> str:
    """A few pieces in turn, again and again."""
    turn = "".join(chance.choice((*_PIECES, *NOISE, *sample.split())) for _ in range(chance.randint(1, 4)))
    return (turn * (size // max(1, len(turn.encode()))))[:size]


def _mixed(chance: random.Random, sample: str, size: int) -> str:
    """Many pieces at random, in one sentence or in several."""
    pieces = chance.sample(_PIECES, chance.randint(2, 8)) + chance.choices(sample.split(" "), k=12)
    joint = chance.choice((" ", "", ". "))
    return joint.join(chance.choice(pieces) for _ in range(size // 8))[:size]


def _shuffled(chance: random.Random, sample: str, size: int) -> str:
    """Sentences of real articles in any order, in paragraphs of any length."""
    end: Callable[[], str] = lambda: chance.choice((". ", ". ", "\n\n", ", ", " "))  # noqa: E731 - one use
    sentences = [sentence for text in (sample, chance.choice(SAMPLES)) for sentence in text.split(". ")]
    told = ""
    while len(told) < size:
        told += chance.choice(sentences) + end()
    return told[:size]
