"""Observations for benchmarks: as many as are asked for, of the size and variety that real ones have."""

import random
from collections.abc import Iterator

from tests.missions import samples
from worker.missions.observation import Observation
from worker.missions.vocabulary import Change

_QUOTE = (
    "The government decided on Wednesday that the last soldiers of {subject} will leave the country by the end of the "
    "year, after the authorities had refused their consent to reconnaissance flights for months."
)


def observations(subjects: int, each: int, seed: int = 1) -> Iterator[list[Observation]]:
    """The observations of one subject after another: changes over a decade, one in three told again."""
    dice = random.Random(seed)
    for number in range(subjects):
        subject = f"mission-{number:05}"
        quote = _QUOTE.format(subject=subject)
        told: list[Observation] = []
        for nth in range(each):
            change, day = (
                dice.choice(list(Change)),
                f"20{dice.randint(10, 24)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
            )
            if told and dice.random() < 1 / 3:
                change, day = told[-1].report.change, str(told[-1].report.occurred)
            report = samples.reported(change, day, mission=subject, quote=quote)
            told.append(samples.observation(report, f"{subject}-article-{nth}", day))
        yield told
