"""Which changes fit the status that they meet."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from worker.missions.vocabulary import Change, Status

CONTRADICTED_CONFIDENCE: Final = 0.5
"""What the confidence of a change is multiplied by when it does not fit what is known: either may be wrong."""

_MISFITS: Final[Mapping[Status, frozenset[Change]]] = MappingProxyType(
    {
        # Nothing has deployed that could have been halted.
        Status.PLANNED: frozenset({Change.RESUMED}),
        # Nothing was halted.
        Status.ACTIVE: frozenset({Change.RESUMED}),
        Status.SUSPENDED: frozenset(),
        # `reduced` says that no end is decided, and `reinforced` that the mission goes on; neither says that the known
        # decision was reversed, as `extended` does. Nothing was halted.
        Status.ENDING: frozenset({Change.RESUMED, Change.REINFORCED, Change.REDUCED}),
        # What has ended can only begin anew.
        Status.ENDED: frozenset(Change) - {Change.ANNOUNCED, Change.STARTED, Change.ENDED},
    }
)

_BEGINNINGS: Final = frozenset({Change.ANNOUNCED, Change.STARTED})
_UNDER_WAY: Final = frozenset({Status.ACTIVE, Status.SUSPENDED, Status.ENDING})


def fits(change: Change, status: Status | None, *, registered: bool) -> bool:
    """Whether a change can follow when `status` holds; always where nothing is known (None).

    A mission of the register cannot begin while it is under way. One that the register does not know can seem to: its
    subject is a lead and a theatre, where several missions may run.
    """
    if status is None:
        return True
    if registered and change in _BEGINNINGS and status in _UNDER_WAY:
        return False
    return change not in _MISFITS[status]
