"""How near two dates must be for two reports of a change to be reports of the same change.

Every kind of change is a family of its own: any two of them can follow each other in the life of a mission, a
withdrawal announced, started and completed being the usual case, so that reports of two kinds are never repeats.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from worker.missions.vocabulary import Change

WINDOW: Final[Mapping[Change, int]] = MappingProxyType(
    {
        # Decisions: made on one day, reported as of that day or of the days after, approved within the week.
        Change.ANNOUNCED: 7,
        Change.EXTENDED: 7,
        Change.SUSPENDED: 7,
        Change.RESUMED: 7,
        Change.WITHDRAWAL_ANNOUNCED: 7,
        # Moves take weeks, and each article dates them by its own day.
        Change.RELOCATED: 14,
        Change.WITHDRAWAL_STARTED: 14,
        # A mission goes through its steps again within weeks, so that a wide window would swallow them.
        Change.REINFORCED: 3,
        Change.REDUCED: 3,
        # Happen once: first arrival, launch and ceremony, or last flight and formal end, lie weeks apart.
        Change.STARTED: 31,
        Change.ENDED: 31,
    }
)
"""The days between two dates, or between a day and a month, up to which they are dates of one change."""

ONCE: Final = frozenset({Change.STARTED, Change.ENDED})
"""Changes that cannot happen again before something else has: two dates in a row are one change, one of them wrong."""

SAME_EFFECT: Final = frozenset({Change.ANNOUNCED, Change.EXTENDED, Change.WITHDRAWAL_ANNOUNCED})
"""Decisions that the date from which they take effect identifies: a mandate runs out in one month only once."""

SAME_EFFECT_WINDOW: Final = 92
"""The days up to which decisions with the same effect are one: a cabinet's decision, its debate, parliament's consent,
and articles that recall it without a date and so get their own. Three months, the longest that parliaments take."""
