"""Which claims on one kind of change are claims on the same change.

The answer depends on the set of claims alone, so that the order in which articles arrive does not matter. Days form
chains (single-linkage clustering), which a further day may join but never break; coarser dates attach to what is there
and never join two chains, or "in 2022" would make one change of all that happened that year.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, product
from typing import TypeAlias

from worker.missions.dates import PartialDate, Precision
from worker.missions.order import span
from worker.missions.timeline import Claim
from worker.missions.vocabulary import Change
from worker.missions.windows import SAME_EFFECT, SAME_EFFECT_WINDOW, WINDOW

Cluster: TypeAlias = list[Claim]


def gap(a: PartialDate, b: PartialDate) -> int:
    """The days from the end of the earlier interval to the start of the later one; 0 where they overlap."""
    (a_first, a_last), (b_first, b_last) = span(a), span(b)
    return max(b_first - a_last, a_first - b_last, 0)


def cluster(change: Change, claims: Iterable[Claim]) -> list[tuple[Claim, ...]]:
    """Part the claims on one kind of change, each with a date of its own, into those on the same change.

    * Days up to `WINDOW` apart belong together, and those that are connected so.
    * A month belongs with the nearest of these days within `WINDOW`, of several the earliest; else it stands alone.
    * A year belongs with the earliest of all these that overlaps it; else it stands alone.
    * News prefers news: it attaches to what is only recalled where there is nothing else.
    * Decisions up to `SAME_EFFECT_WINDOW` apart that take effect in the same month belong together.

    Within a cluster the finest claims come first, then the earliest.
    """
    ordered = sorted(claims, key=_canonical)
    if len(ordered) == 1:
        return [tuple(ordered)]
    window = WINDOW[change]
    tiers: dict[Precision, list[Claim]] = {precision: [] for precision in Precision}
    for claim in ordered:
        tiers[claim.occurred.precision].append(claim)
    clusters = _chains(tiers[Precision.DAY], window)
    clusters = _attach(tiers[Precision.MONTH], clusters, window)
    clusters = _attach(tiers[Precision.YEAR], clusters, 0)
    if change in SAME_EFFECT and len(clusters) > 1:
        clusters = _join(clusters)
    return [tuple(sorted(each, key=_canonical)) for each in clusters]


def _canonical(claim: Claim) -> tuple[int, int]:
    return -claim.occurred.precision, span(claim.occurred)[0]


def _chains(days: Sequence[Claim], window: int) -> list[Cluster]:
    chains: list[Cluster] = []
    for claim in days:
        if chains and gap(chains[-1][-1].occurred, claim.occurred) <= window:
            chains[-1].append(claim)
        else:
            chains.append([claim])
    return chains


def _attach(coarse: Sequence[Claim], clusters: Sequence[Cluster], reach: int) -> list[Cluster]:
    """The clusters of finer claims with each coarse claim attached to the nearest, or alone where none is in reach."""
    if not coarse:
        return list(clusters)
    grown = [list(each) for each in clusters]
    alone = []
    for claim in coarse:
        near = [
            (claim.news and not any(it.news for it in each), distance, span(each[0].occurred)[0], place)
            for place, each in enumerate(clusters)
            if (distance := min(gap(it.occurred, claim.occurred) for it in each)) <= reach
        ]
        if near:
            grown[min(near)[-1]].append(claim)
        else:
            alone.append([claim])
    return grown + alone


def _join(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Join clusters that take effect in the same month, and all that are connected so.

    Only the finest dates of a cluster count, since coarser ones may turn out to be nearer to another; and no years.
    """
    groups: list[list[tuple[Cluster, Cluster]]] = []
    for each in clusters:
        finest = [claim for claim in each if claim.occurred.precision is each[0].occurred.precision]
        near = [group for group in groups if any(_same_effect(finest, others) for _, others in group)]
        groups = [group for group in groups if group not in near]
        groups.append([(each, finest), *chain.from_iterable(near)])
    return [[claim for each, _ in group for claim in each] for group in groups]


def _same_effect(one: Cluster, other: Cluster) -> bool:
    if Precision.YEAR in (one[0].occurred.precision, other[0].occurred.precision):
        return False
    distance = min(gap(a.occurred, b.occurred) for a, b in product(one, other))
    return distance <= SAME_EFFECT_WINDOW and not _effects(one).isdisjoint(_effects(other))


def _effects(claims: Cluster) -> set[tuple[int, int]]:
    """The months in which the decision is said to take effect, as year and month."""
    return {
        (effective.year, effective.month)
        for claim in claims
        for sighting in claim.sightings
        if (effective := sighting.effective) is not None and effective.month is not None
    }
