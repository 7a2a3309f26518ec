"""The bound on what a timeline keeps, so that its record fits into a message whatever happens to a mission."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from worker.missions.dates import PartialDate
from worker.missions.order import day_of, rank
from worker.missions.timeline import Claim, Entry
from worker.missions.vocabulary import Change

KEPT: Final = 512
"""The sightings that a timeline keeps: about 250 kB of a record, a quarter of what Kafka lets a message have."""

ROOM: Final = KEPT // 8
"""The sightings that are made room for when the bound is passed, so that not every observation passes it anew."""


def weight(entries: Sequence[Entry]) -> int:
    """The number of sightings that entries keep."""
    return sum(len(claim.sightings) for entry in entries for claim in entry.claims)


@dataclass(frozen=True, slots=True)
class Cut:
    """What stays: `claims` with what they claim; the number of observations `dropped`, none younger than `horizon`."""

    claims: list[tuple[Change, Claim]]
    dropped: int
    horizon: PartialDate | None


def cut(entries: Sequence[Entry]) -> Cut:
    """Cut entries down to the bound.

    The oldest history loses detail first, then goes. The oldest claims keep one sighting each, as many claims as it
    takes: dates, sources counted and events stay. When that does not suffice, the oldest claims are dropped; events
    that were published of them stay with the change, as long as one claim on it does. What a dropped claim told is not
    known any more, so that whether an older observation is a repeat cannot be told: it is counted and not judged.
    """
    excess = weight(entries) - (KEPT - ROOM)
    claims = [(number, claim) for number, entry in enumerate(entries) for claim in entry.claims]
    claims.sort(key=lambda it: rank(entries[it[0]].change, it[1].occurred))
    for place, (number, claim) in enumerate(claims):
        if excess > 0 and len(claim.sightings) > 1:
            excess -= len(claim.sightings) - 1
            claims[place] = (number, replace(claim, sightings=claim.sightings[:1]))
    dropped, kept = claims[: max(excess, 0)], claims[max(excess, 0) :]
    heirs = {number: place for place, (number, _) in reversed(list(enumerate(kept)))}
    for number, claim in dropped:
        if claim.events and number in heirs:
            heir = kept[heirs[number]][1]
            kept[heirs[number]] = (number, replace(heir, events=(*claim.events, *heir.events)))
    return Cut(
        claims=[(entries[number].change, claim) for number, claim in kept],
        dropped=sum(claim.seen for _, claim in dropped),
        horizon=_day(entries, *dropped[-1]) if dropped else None,
    )


def _day(entries: Sequence[Entry], number: int, claim: Claim) -> PartialDate:
    return PartialDate.of(day_of(entries[number].change, claim.occurred))
