"""What a timeline remembers: its entries as a function of the observations, whatever order these came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import is_, itemgetter

from worker.missions.bounds import KEPT, cut, weight
from worker.missions.clusters import cluster
from worker.missions.dates import PartialDate
from worker.missions.history import settle
from worker.missions.merge import add, merge, sighting_of
from worker.missions.observation import Observation
from worker.missions.order import day_of
from worker.missions.timeline import Claim, Entry, Timeline
from worker.missions.vocabulary import Change


@dataclass(frozen=True, slots=True)
class Memory:
    """The settled entries of a timeline, and what it forgot: fields as in `Timeline`."""

    entries: tuple[Entry, ...]
    forgotten: int
    horizon: PartialDate | None


def holds(timeline: Timeline, observation: Observation) -> bool:
    """Whether the timeline keeps this very observation."""
    report = observation.report
    return any(
        sighting.observation == observation.id
        for entry in timeline.entries
        if entry.change is report.change and (claim := entry.claim(report.occurred)) is not None
        for sighting in claim.sightings
    )


def remember(timeline: Timeline, observation: Observation) -> Memory:
    """Take in an observation that the timeline does not hold; keep to the bound.

    One that tells of nothing that is kept, and of nothing younger than what was forgotten, is forgotten too.
    """
    report = observation.report
    registered = timeline.mission is not None
    forgotten, horizon = timeline.forgotten, timeline.horizon
    claims = {it.occurred: it for entry in timeline.entries if entry.change is report.change for it in entry.claims}
    known = claims.get(report.occurred)
    if known is None and horizon is not None and day_of(report.change, report.occurred) <= horizon.first:
        return Memory(timeline.entries, forgotten + 1, horizon)
    claims[report.occurred] = add(known, report.occurred, sighting_of(observation))
    entries = settle(_regrouped(timeline.entries, report.change, claims.values()), registered=registered)
    if weight(entries) <= KEPT:
        return Memory(entries, forgotten, horizon)
    kept = cut(entries)
    families = groupby(sorted(kept.claims, key=itemgetter(0)), key=itemgetter(0))
    rebuilt = [entry for change, family in families for entry in _regrouped((), change, map(itemgetter(1), family))]
    return Memory(settle(rebuilt, registered=registered), forgotten + kept.dropped, kept.horizon or horizon)


def _regrouped(entries: Iterable[Entry], change: Change, claims: Iterable[Claim]) -> list[Entry]:
    """The entries, those on one kind of change made anew from its claims; an entry whose claims are the same stays."""
    others: list[Entry] = []
    former: dict[int, Entry] = {}
    for entry in entries:
        if entry.change is change:
            former[id(entry.claims[0])] = entry
        else:
            others.append(entry)
    for group in cluster(change, claims):
        known = former.get(id(group[0]))
        unchanged = known is not None and len(known.claims) == len(group) and all(map(is_, known.claims, group))
        others.append(known if known is not None and unchanged else merge(change, group))
    return others
