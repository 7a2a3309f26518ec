"""What a backfill came to."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts of a whole backfill, all of its runs together.

    `articles` is the number of messages read; `outcomes` says what each of them came to, `dead_letters` why those of
    that outcome did. `broken` has the files that could not be read to their end, and why. `seconds` is the time in
    which processes were at work. `files` has what was written, by kind.
    """

    articles: int
    observations: int
    events: int
    subjects: int
    outcomes: Mapping[str, int]
    dead_letters: Mapping[str, int]
    broken: Mapping[str, str]
    seconds: float
    resumed: bool
    files: Mapping[str, str]

    @property
    def articles_per_second(self) -> float:
        """Articles for each second at work."""
        return self.articles / self.seconds if self.seconds else 0.0
