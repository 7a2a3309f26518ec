"""A troop figure found in a text."""

from dataclasses import dataclass

from worker.missions.vocabulary import Qualifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of people in uniform, with its place in code points.

    `unit` is the class of the noun: `soldiers`, `police`, `observers`, `trainers`, `specialists`, `force` (the
    noun is that of the whole: "a force of 5,000"), `people` (who may be civilians: the rest of the sentence has
    to say that they serve) or `nationals` (a demonym: "200 Dutch"). `unit_start` and `unit_end` are the place of
    the noun.

    Of a range ("300 to 400 soldiers") `count` is the lower end, `upper` the higher and the qualifier `about`.
    """

    start: int
    end: int
    count: int
    qualifier: Qualifier
    unit: str
    unit_start: int
    unit_end: int
    upper: int | None = None
    elliptic: bool = False
    """The noun stands elsewhere: "2,400 of them", "from 375 to 290"; `unit_start` may lie before or after."""
    partitive: bool = False
    """Part of a figure named before: "of whom 100", "among them 280 Dutch"."""
    extra: bool = False
    """On top of those already there: "700 additional soldiers"."""
    per: bool = False
    """A rate: "1,000 soldiers a year"."""
    excluded: str | None = None
    """Why it is no strength: `casualties`, `captives`, `civilians` (who fled), `trainees`, `total`, `rate` or
    `year`; None for a strength."""
    cue: tuple[int, int] | None = None
    """Where the words stand that exclude it."""
