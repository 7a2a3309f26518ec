"""Subjects: what a timeline is about, and the key of every derived topic."""

from typing import Final

from worker.missions.report import ReportedChange
from worker.missions.vocabulary import Scope

UNKNOWN: Final = "XX"
"""Stands for an actor or a theatre that the article does not give; user-assigned in ISO 3166-1, no country's code."""


def subjects(change: ReportedChange) -> tuple[str, ...]:
    """The subjects that a reported change is about, in the order of its actors, without doubles.

    * a mission of the register: its slug (`minusma`), or one subject a contributor (`minusma/DE`);
    * any other mission: its lead and its first theatre (`FR@TD`); a contribution to such a mission has the
      contributor for a lead, since the article names no other: one subject a contributor.

    There is always at least one: a missing actor or theatre reads `XX`.
    """
    actors = tuple(dict.fromkeys(change.actors)) or (UNKNOWN,)
    if change.mission is not None:
        if change.scope is Scope.MISSION:
            return (change.mission,)
        return tuple(f"{change.mission}/{actor}" for actor in actors)
    theatre = change.theatre[0] if change.theatre else UNKNOWN
    leads = actors[:1] if change.scope is Scope.MISSION else actors
    return tuple(f"{lead}@{theatre}" for lead in leads)


def actor_of(subject: str) -> str | None:
    """The one country or organisation that a subject is about, or None for a mission of the register as a whole."""
    for separator, part in (("/", -1), ("@", 0)):
        if separator in subject:
            return subject.split(separator)[part]
    return None


def scope_of(subject: str) -> Scope:
    """Whether a subject is a contribution to a mission of the register; a lead in its theatre is a mission."""
    return Scope.CONTRIBUTION if "/" in subject else Scope.MISSION
