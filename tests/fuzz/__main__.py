"""`make fuzz`: generated and mutated articles through decoding and reading, for a time, on one core.

A crash is anything raised but `ArticleError`; slow is more than 50 ms of processor time for a message of up to 100 kB,
in the best of several tries. What is found is saved under `.build/fuzz` (a crash cut down to what it takes), and makes
the exit status 1.
"""

import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.hostile import grown
from tests.strategies import values
from worker.articles.article import ArticleError
from worker.articles.decode import decode
from worker.extraction import Extractor

_FOLDER: Final = Path(".build/fuzz")
_SLOW_SECONDS: Final = 0.05
_TRIES: Final = 4
_ROUND: Final = 200
_MOST: Final = 5


class Fuzzer:
    """Reads values, and remembers what broke it or took too long."""

    def __init__(self) -> None:
        self.extractor = Extractor.load()
        self.outcomes: Counter[str] = Counter()
        self.slowest = (0.0, b"")
        self.found: dict[str, bytes] = {}

    def read(self, value: bytes) -> str:
        """What became of a value: the reason of its refusal, why it was skipped, or what it reports."""
        self.extractor.relevant(value)
        try:
            article = decode(value)
        except ArticleError as error:
            return str(error.fault)
        extraction = self.extractor.extract(article)
        return extraction.skipped or ("read: changes" if extraction.changes else "read: none")

    def trouble(self, value: bytes) -> str | None:
        """What is wrong with how a value is read: a crash by where it happens, or that it is slow."""
        best = float("inf")
        for _ in range(_TRIES):
            start = time.thread_time()
            try:
                outcome = self.read(value)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what this looks for
                frame = traceback.extract_tb(error.__traceback__)[-1]
                return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
            best = min(best, time.thread_time() - start)
            if best <= _SLOW_SECONDS:
                break
        self.outcomes[outcome] += 1
        if best > self.slowest[0]:
            self.slowest = (best, value)
        return "slow" if best > _SLOW_SECONDS else None

    def check(self, value: bytes) -> None:
        """Read a value, and keep it where something is wrong with it."""
        trouble = self.trouble(value)
        if trouble is not None and trouble not in self.found:
            self.found[trouble] = value


def _smaller(fuzzer: Fuzzer, trouble: str, value: bytes) -> bytes:
    """A value with as much cut out of it as keeps what is wrong with it; halves first, then smaller parts."""
    size = len(value) // 2
    until = time.monotonic() + 10
    while size and time.monotonic() < until:
        for start in range(0, len(value), size):
            shorter = value[:start] + value[start + size :]
            if fuzzer.trouble(shorter) == trouble:
                value = shorter
                break
        else:
            size //= 2
    return value


def _rounds(fuzzer: Fuzzer, first: int, until: float) -> Iterator[int]:
    """Values of one seed after the other until the time is over: small ones by hypothesis, then large hostile ones."""
    number = first
    while time.monotonic() < until and len(fuzzer.found) < _MOST:

        @seed(number)
        @settings(
            max_examples=_ROUND,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(values())
        def small(value: bytes) -> None:
            if time.monotonic() < until:
                fuzzer.check(value)

        small()
        chance = random.Random(number)
        for _ in range(_ROUND // 4):
            if time.monotonic() < until:
                fuzzer.check(grown(chance))
        yield number
        number += 1


@click.command()
@click.option("--seconds", default=60, show_default=True, help="How long to go on.")
@click.option("--seed", "first", default=None, type=int, help="Where to begin; another one each time unless given.")
def main(seconds: int, first: int | None) -> None:
    """Read generated articles for a time; exit with 1 if one crashed the reader or was slow."""
    first = time.time_ns() % 1_000_000 if first is None else first
    fuzzer = Fuzzer()
    last = max(_rounds(fuzzer, first, time.monotonic() + seconds), default=first)
    total = fuzzer.outcomes.total()
    click.echo(f"{total} values of the seeds {first} to {last}, slowest {fuzzer.slowest[0] * 1e3:.1f} ms")
    for outcome, count in fuzzer.outcomes.most_common():
        click.echo(f"  {count:7}  {outcome}")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    for number, (trouble, value) in enumerate(fuzzer.found.items()):
        kept = value if trouble == "slow" else _smaller(fuzzer, trouble, value)
        path = _FOLDER / f"{first}-{number}"
        path.write_bytes(kept)
        click.echo(f"FOUND {trouble}: {len(value)} bytes, saved as {path}", err=True)
    sys.exit(1 if fuzzer.found else 0)


if __name__ == "__main__":
    main()
