"""The closed vocabularies of the domain: changes, statuses, scopes, reasons, qualifiers and factuality."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Change(StrEnum):
    """How the status of a mission, or of one country's contribution to it, changed."""

    ANNOUNCED = "announced"
    STARTED = "started"
    EXTENDED = "extended"
    REINFORCED = "reinforced"
    REDUCED = "reduced"
    RELOCATED = "relocated"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWAL_ANNOUNCED = "withdrawal_announced"
    WITHDRAWAL_STARTED = "withdrawal_started"
    ENDED = "ended"


class Status(StrEnum):
    """What a change leaves behind."""

    PLANNED = "planned"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDING = "ending"
    ENDED = "ended"


STATUS_AFTER: Final[Mapping[Change, Status]] = MappingProxyType(
    {
        Change.ANNOUNCED: Status.PLANNED,
        Change.STARTED: Status.ACTIVE,
        Change.EXTENDED: Status.ACTIVE,
        Change.REINFORCED: Status.ACTIVE,
        Change.REDUCED: Status.ACTIVE,
        Change.RELOCATED: Status.ACTIVE,
        Change.SUSPENDED: Status.SUSPENDED,
        Change.RESUMED: Status.ACTIVE,
        Change.WITHDRAWAL_ANNOUNCED: Status.ENDING,
        Change.WITHDRAWAL_STARTED: Status.ENDING,
        Change.ENDED: Status.ENDED,
    }
)
"""The status that each change leaves behind."""


class Scope(StrEnum):
    """Whether the whole mission changes, or one country's part of a mission that goes on."""

    MISSION = "mission"
    CONTRIBUTION = "contribution"


class Reason(StrEnum):
    """Why, as far as the article itself says so."""

    COUP = "coup"
    HOST_OBSTRUCTION = "host_obstruction"
    HOST_REQUEST = "host_request"
    DIPLOMATIC_RIFT = "diplomatic_rift"
    MERCENARIES = "mercenaries"
    ELECTIONS_DELAYED = "elections_delayed"
    CASUALTIES = "casualties"
    DOMESTIC_POLITICS = "domestic_politics"
    MANDATE_EXPIRED = "mandate_expired"
    OBJECTIVES_MET = "objectives_met"
    COST = "cost"
    SECURITY_WORSENED = "security_worsened"
    OTHER_PRIORITY = "other_priority"


class Qualifier(StrEnum):
    """How exact a troop figure is: `under` covers "up to", "at most" and "fewer than"."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


class Factuality(StrEnum):
    """How committed the text is to an event: what governs the trigger decides (Saurí & Pustejovsky 2012).

    Only `asserted`, `decided` and `recalled` (background) are reported; the others are near misses.
    """

    ASSERTED = "asserted"
    DECIDED = "decided"
    RECALLED = "recalled"
    PLANNED = "planned"
    CONSIDERED = "considered"
    DEMANDED = "demanded"
    REFUSED = "refused"
    DENIED = "denied"
    CONDITIONAL = "conditional"
    HEARSAY = "hearsay"
    QUESTION = "question"
    PENDING = "pending"
