"""Frames: which change a trigger reports, by what it is about and by its tense.

A frame is a class of triggers (`withdraw`, `extend`). What it needs as an object keeps words such as *extend* or
*leave* apart from their other uses; its tense tells a decision from its execution: who *withdraws* has decided,
who *has withdrawn* is gone (domain: changes, and rulings 1 and 2).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from worker.extraction.tense import Tense
from worker.missions.vocabulary import Change

MISSION: Final = "mission"
FORCE: Final = "force"
MANDATE: Final = "mandate"
BASE: Final = "base"
CONTRIBUTION: Final = "contribution"
ACTIVITY: Final = "activity"
NUMBER: Final = "number"


class Frame(NamedTuple):
    """What a class of triggers needs beside it, and the change that each group of tenses makes of it.

    `ahead` is for what is decided, announced or to come, `running` for what is under way or begun, `done` for
    what the article reports as done. `now` is for a plain present: news writes it of decisions ("withdraws its
    troops"), but some events simply take place in it ("takes over from").
    """

    objects: frozenset[str]
    ahead: Change
    running: Change
    done: Change
    now: Change


def _same(objects: set[str], change: Change) -> Frame:
    return Frame(frozenset(objects), change, change, change, change)


def _staged(objects: set[str], ahead: Change, running: Change, done: Change, now: Change | None = None) -> Frame:
    return Frame(frozenset(objects), ahead, running, done, now or ahead)


FRAMES: Final[Mapping[str, Frame]] = MappingProxyType(
    {
        "withdraw": _staged(
            {FORCE, CONTRIBUTION, MISSION}, Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED, Change.ENDED
        ),
        "leave": _staged(
            {FORCE, CONTRIBUTION, MISSION}, Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED, Change.ENDED
        ),
        "exit": _staged(
            {FORCE, CONTRIBUTION, MISSION}, Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED, Change.ENDED
        ),
        "cease": _staged(
            {MISSION, CONTRIBUTION, MANDATE, ACTIVITY},
            Change.WITHDRAWAL_ANNOUNCED,
            Change.WITHDRAWAL_STARTED,
            Change.ENDED,
        ),
        "end": _staged(
            {MISSION, CONTRIBUTION, MANDATE}, Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED, Change.ENDED
        ),
        "close": _staged(
            {MISSION, CONTRIBUTION, MANDATE},
            Change.WITHDRAWAL_ANNOUNCED,
            Change.WITHDRAWAL_STARTED,
            Change.ENDED,
            Change.ENDED,
        ),
        "expire": _staged({MANDATE, MISSION}, Change.WITHDRAWAL_ANNOUNCED, Change.ENDED, Change.ENDED),
        "lapse": _staged({MANDATE}, Change.WITHDRAWAL_ANNOUNCED, Change.ENDED, Change.ENDED),
        "extend": _same({MISSION, MANDATE, CONTRIBUTION, FORCE}, Change.EXTENDED),
        "grant": _same({MISSION, MANDATE, CONTRIBUTION, FORCE}, Change.EXTENDED),
        "run": _same({MISSION, MANDATE}, Change.EXTENDED),
        "postpone": _same({MISSION, FORCE, CONTRIBUTION}, Change.EXTENDED),
        "stay": _same({MISSION, FORCE, CONTRIBUTION}, Change.EXTENDED),
        "keep": _same({FORCE, MISSION, CONTRIBUTION, BASE}, Change.EXTENDED),
        "reinforce": _same({MISSION, FORCE, CONTRIBUTION, MANDATE, NUMBER}, Change.REINFORCED),
        "reduce": _same({MISSION, FORCE, CONTRIBUTION, NUMBER}, Change.REDUCED),
        "deploy": _staged({FORCE, MISSION}, Change.ANNOUNCED, Change.STARTED, Change.STARTED),
        "come": _staged({FORCE, MISSION, BASE}, Change.ANNOUNCED, Change.STARTED, Change.STARTED),
        "go": _staged({FORCE}, Change.ANNOUNCED, Change.STARTED, Change.STARTED),
        "arrive": _same({FORCE}, Change.STARTED),
        "start": _staged({MISSION}, Change.ANNOUNCED, Change.STARTED, Change.STARTED, Change.STARTED),
        "create": _same({MISSION}, Change.ANNOUNCED),
        "approve": _same({MISSION, MANDATE}, Change.ANNOUNCED),
        "partake": _staged({MISSION}, Change.ANNOUNCED, Change.STARTED, Change.STARTED),
        "supply": _staged({FORCE}, Change.ANNOUNCED, Change.STARTED, Change.STARTED),
        "join": _staged({MISSION}, Change.ANNOUNCED, Change.STARTED, Change.STARTED),
        "grow": _same({NUMBER, CONTRIBUTION, FORCE, MISSION}, Change.REINFORCED),
        "shrink": _same({NUMBER, CONTRIBUTION, FORCE, MISSION}, Change.REDUCED),
        "suspend": _same({MISSION, ACTIVITY, CONTRIBUTION}, Change.SUSPENDED),
        "resume": _same({MISSION, ACTIVITY, CONTRIBUTION}, Change.RESUMED),
        "relocate": _same({MISSION, FORCE}, Change.RELOCATED),
        "handover": _staged({BASE}, Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED, Change.WITHDRAWAL_STARTED),
        "yield": _staged({MISSION, BASE}, Change.WITHDRAWAL_ANNOUNCED, Change.ENDED, Change.ENDED, Change.ENDED),
        "replace": _staged({MISSION, BASE}, Change.WITHDRAWAL_ANNOUNCED, Change.ENDED, Change.ENDED, Change.ENDED),
    }
)
"""The frames by name; a lexicon's tables under `trigger` use these names."""


_LEAVING: Final = (Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED, Change.ENDED)
_COMING: Final = (Change.ANNOUNCED, Change.STARTED, Change.REINFORCED)

OPTIONS: Final[Mapping[str, tuple[Change, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(("withdraw", "exit"), (*_LEAVING, Change.REDUCED, Change.SUSPENDED, Change.RELOCATED)),
        "leave": (*_LEAVING, Change.REDUCED, Change.SUSPENDED, Change.RELOCATED, Change.STARTED, Change.RESUMED),
        **dict.fromkeys(("end", "close", "cease"), (*_LEAVING, Change.SUSPENDED, Change.REDUCED)),
        **dict.fromkeys(("expire", "lapse"), (Change.WITHDRAWAL_ANNOUNCED, Change.ENDED)),
        "reinforce": (Change.REINFORCED, Change.EXTENDED),
        **dict.fromkeys(
            ("reduce", "shrink", "grow"),
            (
                Change.REDUCED,
                Change.REINFORCED,
                Change.EXTENDED,
                Change.WITHDRAWAL_ANNOUNCED,
                Change.WITHDRAWAL_STARTED,
            ),
        ),
        **dict.fromkeys(("deploy", "come", "go", "arrive", "join", "partake", "supply"), _COMING),
        "create": (Change.ANNOUNCED, Change.REINFORCED, Change.EXTENDED, Change.STARTED),
        "approve": (Change.ANNOUNCED, Change.REINFORCED, Change.EXTENDED),
        "run": (Change.EXTENDED, Change.STARTED),
        "start": (Change.ANNOUNCED, Change.STARTED, Change.RESUMED),
        "resume": (Change.RESUMED, Change.STARTED, Change.REINFORCED),
        "keep": (Change.EXTENDED, Change.REDUCED),
        "extend": (Change.EXTENDED, Change.REINFORCED, Change.WITHDRAWAL_ANNOUNCED),
        "relocate": (Change.RELOCATED, *_COMING),
        "handover": (*_LEAVING, Change.REDUCED),
        "replace": (Change.ENDED, Change.WITHDRAWAL_ANNOUNCED),
        "yield": (Change.ENDED, Change.WITHDRAWAL_ANNOUNCED),
    }
)
"""What else than its tense suggests each frame can report, as quantifiers and context may have it."""

SUCCEEDED_BY: Final[Mapping[Change, Change]] = MappingProxyType(
    {Change.ENDED: Change.STARTED, Change.WITHDRAWAL_ANNOUNCED: Change.ANNOUNCED}
)
"""What the end of a mission that is replaced says of the one that replaces it (domain, ruling 1)."""


def change_of(frame: Frame, tense: Tense) -> Change:
    """The change that a frame reports in a tense."""
    if tense in (Tense.DONE, Tense.PAST, Tense.PLUPERFECT):
        return frame.done
    if tense is Tense.UNDER_WAY:
        return frame.running
    return frame.now if tense is Tense.PRESENT else frame.ahead
