"""How statuses and changes are drawn: shapes that tell them apart without colour, and the colours beside."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from worker.missions.vocabulary import Change, Status

FILL: Final[Mapping[Status, str]] = MappingProxyType(
    {Status.PLANNED: "░", Status.ACTIVE: "█", Status.SUSPENDED: "▒", Status.ENDING: "▓", Status.ENDED: "·"}
)
"""What a stretch of time under a status is filled with."""

COLOUR: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.PLANNED: "cyan",
        Status.ACTIVE: "green",
        Status.SUSPENDED: "magenta",
        Status.ENDING: "yellow",
        Status.ENDED: "bright_black",
    }
)
"""The colour of a status, by its name in rich."""

MARK: Final[Mapping[Change, str]] = MappingProxyType(
    {
        Change.ANNOUNCED: "◇",
        Change.STARTED: "▶",
        Change.EXTENDED: "»",
        Change.REINFORCED: "+",
        Change.REDUCED: "-",
        Change.RELOCATED: "→",
        Change.SUSPENDED: "=",
        Change.RESUMED: "▷",
        Change.WITHDRAWAL_ANNOUNCED: "◁",
        Change.WITHDRAWAL_STARTED: "◀",
        Change.ENDED: "■",
    }
)
"""The mark of a change."""

SEVERAL: Final = "*"
"""Stands where several marks fall into one column."""

DUE: Final = "!"
"""Stands where something should have happened."""
