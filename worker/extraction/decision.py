"""Which readings of an article's triggers are reported.

Each trigger gives its likeliest reading. Readings of the same change support each other: the article reports it unless
all of them are wrong (noisy-or, Pearl 1988), which is also how the weights are learned.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from worker.extraction.hypotheses import Hypothesis, Participants
from worker.extraction.merge import merged, same_change
from worker.extraction.model import Model, odds_of
from worker.extraction.options import Options
from worker.extraction.telling import near_miss, report
from worker.missions.report import NearMiss, ReportedChange
from worker.missions.vocabulary import Change, Scope

_HOPELESS: Final = 0.02
"""A reading below this probability is not even put together with others."""

_NAMED_HERE: Final = frozenset({"mission=clause", "mission=clause+", "mission=sentence", "mission=sentence+"})


class Read(NamedTuple):
    """The likeliest reading of a trigger, with its probability."""

    probability: float
    change: Change
    participants: Participants


@dataclass(frozen=True, slots=True)
class Decided:
    """What an article reports, and what was read and is not reported."""

    changes: list[ReportedChange]
    misses: list[NearMiss]


def decide(model: Model, readings: Iterable[Options], title_end: int) -> Decided:
    """Decide over the triggers of one article. `title_end` is where its headline ends."""
    drafts: list[tuple[ReportedChange, Options]] = []
    misses: list[NearMiss] = []
    for options in readings:
        found = read(model, options)
        if not found:
            misses.append(near_miss(options, options.made.objection or "no_participants"))
        for best in found:
            if best.probability < _HOPELESS:
                misses.append(near_miss(options, options.made.objection or "low_confidence"))
            else:
                drafts.append((report(options, best.change, best.participants, best.probability), options))
    kept: list[ReportedChange] = []
    for group in _grouped(drafts):
        together = 1.0 - math.prod(1.0 - draft.confidence for draft, _ in group)
        if together >= model.threshold:
            kept += [draft for draft, _ in group if draft.confidence >= model.threshold / 2]
        else:
            misses += [near_miss(options, options.made.objection or "low_confidence") for _, options in group]
    return Decided(merged(kept, title_end), misses)


def read(model: Model, options: Options) -> list[Read]:
    """The likeliest reading of a trigger; with it those of other missions that share the change in its sentence.

    A trigger has one reading or none: their probabilities are a softmax over the weights, that of none being 0.
    Readings that tell the same change of the same mission, and differ in detail, are likely together.
    """
    base = model.weight(options.signs)
    changes = [(base + model.weight(options.change_signs(change)), change) for change in options.changes()]
    found: list[tuple[float, Change, Hypothesis]] = []
    for hypothesis in options.hypotheses():
        who = model.weight(hypothesis.signs)
        for weight, change in changes:
            odds = odds_of(weight + who + model.weight(options.crossed_signs(change, hypothesis)))
            found.append((odds, change, hypothesis))
    if not found:
        return []
    _, change, (participants, _) = max(found, key=lambda reading: reading[0])
    alike = sum(odds for odds, other, (who, _) in found if other is change and _same(who, participants))
    sharing = _sharing(found, change, participants, model.threshold)
    beside = sum(odds for odds, *_ in found) - alike - sum(odds for odds, _ in sharing)
    best = Read(alike / (1.0 + alike + beside), change, participants)
    return [best, *(Read(odds / (1.0 + odds + beside), change, who) for odds, who in sharing)]


def _sharing(
    found: Sequence[tuple[float, Change, Hypothesis]], change: Change, best: Participants, threshold: float
) -> list[tuple[float, Participants]]:
    """The whole of other missions that the sentence names, where the same change of them is likely by itself."""
    if best.mission is None or best.scope is not Scope.MISSION:
        return []
    likeliest: dict[str, tuple[float, Participants]] = {}
    for odds, other, (who, signs) in found:
        if other is not change or who.scope is not Scope.MISSION or who.mission in (None, best.mission):
            continue
        if odds / (1.0 + odds) >= max(threshold, _SHARED) and not _NAMED_HERE.isdisjoint(signs):
            likeliest[str(who.mission)] = max(likeliest.get(str(who.mission), (0.0, who)), (odds, who), key=_first)
    return list(likeliest.values())


def _first(pair: tuple[float, Participants]) -> float:
    return pair[0]


_SHARED: Final = 0.5
"""The least probability of a change that another mission shares with the likeliest one."""


def _same(one: Participants, other: Participants) -> bool:
    """Whether two readings tell of one mission, or may."""
    if one.mission and other.mission and one.mission != other.mission:
        return False
    return not set(one.actors).isdisjoint(other.actors) and not set(one.theatre).isdisjoint(other.theatre)


def _grouped(drafts: list[tuple[ReportedChange, Options]]) -> list[list[tuple[ReportedChange, Options]]]:
    """The drafts of the same change put together."""
    groups: list[list[tuple[ReportedChange, Options]]] = []
    for draft in sorted(drafts, key=lambda pair: -pair[0].confidence):
        for group in groups:
            if same_change(draft[0], group[0][0]):
                group.append(draft)
                break
        else:
            groups.append([draft])
    return groups
