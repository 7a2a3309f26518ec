"""Which readings of an article's triggers are reported.

Each trigger gives its likeliest reading. Readings of the same change support each other: the article reports it unless
all of them are wrong (noisy-or, Pearl 1988), which is also how the weights are learned.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from worker.extraction.hypotheses import Hypothesis, Participants, coordinated
from worker.extraction.merge import consistent, merged, same_change
from worker.extraction.model import Model, odds_of
from worker.extraction.options import Options
from worker.extraction.telling import near_miss, report
from worker.missions.report import NearMiss, ReportedChange
from worker.missions.vocabulary import Change, Factuality, Scope

_HOPELESS: Final = 0.02
"""A reading below this probability is not even put together with others."""

_NAMED_HERE: Final = frozenset(
    {"mission=clause", "mission=clause+", "mission=sentence", "mission=sentence+", "place=clause"}
)
"""Signs of what the sentence itself names."""


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


def decide(model: Model, readings: Iterable[Options]) -> Decided:
    """Decide over the triggers of one article."""
    drafts: list[tuple[ReportedChange, Options]] = []
    misses: list[NearMiss] = []
    past: list[ReportedChange] = []
    for options in readings:
        if options.old:
            old = _recalled(model, options)
            if old is not None:
                past.append(old)
            else:
                misses.append(near_miss(options, options.made.objection or Factuality.RECALLED))
            continue
        found = read(model, options)
        if not found:
            misses.append(near_miss(options, options.made.objection or "low_confidence"))
        for best in found:
            old = _recalled(model, options) if best.probability < model.threshold else None
            if old is not None:
                past.append(old)
            elif best.probability < _HOPELESS:
                misses.append(near_miss(options, options.made.objection or "low_confidence"))
            else:
                drafts.append((report(model, options, best.change, best.participants, best.probability), options))
    kept: list[ReportedChange] = []
    for group in _grouped(drafts):
        together = 1.0 - math.prod(1.0 - draft.confidence for draft, _ in group)
        if together >= model.threshold:
            likely = [draft for draft, _ in group if draft.confidence >= model.threshold / 2]
            kept += [replace(change, confidence=round(together, 3)) for change in merged(likely or [group[0][0]])]
        else:
            misses += [near_miss(options, options.made.objection or "low_confidence") for _, options in group]
    return Decided(consistent([*kept, *merged(past)]), misses)


def _recalled(model: Model, options: Options) -> ReportedChange | None:
    """What a trigger tells of another time, as background; None where it tells nothing of the kind for certain."""
    if "recalled" not in options.signs or options.made.objection not in (None, Factuality.RECALLED):
        return None
    found = read(model, options, recalled=True)[:1]
    if not found or found[0].probability < _SURE:
        return None
    best = found[0]
    return report(model, options, best.change, best.participants, best.probability, background=True)


_SURE: Final = 0.4
"""The least probability of a change that is reported as background, which nobody asks for."""


def read(model: Model, options: Options, *, recalled: bool = False) -> list[Read]:
    """The likeliest reading of a trigger; with it those of other missions that share the change in its sentence.

    A trigger tells one change or none, and a change is of one of the hypotheses or of none of them: each choice is a
    softmax over weights, nothing weighing 0. Hypotheses of one mission that differ in detail are likely together.
    With `recalled`, as if what tells that it is no news were not there: what is left is whether it is told as a fact.
    """
    base = model.weight(_new(options.signs, recalled=recalled))
    alone = []
    for change in options.changes():
        signs = options.change_signs(change)
        crossed = model.crossed(change, _new(signs.crossed, recalled=recalled))
        alone.append((base + model.weight(signs.alone) + crossed, change))
    if not recalled and max(weight for weight, _ in alone) < model.floor:
        return []  # no participants can make it likely
    around, around_crossed = model.weight(options.around_signs()), options.around_crossed()
    found = [(odds_of(weight + around + model.crossed(change, around_crossed)), change) for weight, change in alone]
    whole = 1.0 + sum(odds for odds, _ in found)
    hypotheses = [(model.weight(it.signs), it) for it in options.hypotheses()]
    best: Read | None = None
    shared: list[Read] = []
    for odds, change in sorted(found, key=lambda it: -it[0]):
        if best is not None and odds / whole <= best.probability:
            break  # no participants can make it likelier
        who = [(odds_of(weight + _together(model, options, change, it)), it) for weight, it in hypotheses]
        if not who:
            return []
        read, others = _participants(options, who, change, odds / whole, model.threshold)
        if best is None or read.probability > best.probability:
            best, shared = read, others
    return [best, *shared] if best is not None else []


def _together(model: Model, options: Options, change: Change, who: Hypothesis) -> float:
    """The weight of a change together with its participants."""
    signs = options.who_signs(change, who)
    return model.weight(signs.alone) + model.crossed(change, signs.crossed)


def _new(signs: list[str], *, recalled: bool) -> list[str]:
    """Signs without those that tell that it is no news, if asked."""
    if not recalled:
        return signs
    return [sign for sign in signs if not sign.startswith(_OLD)]


_OLD: Final = (
    "recalled",
    "date=at.old",
    "date=at.half",
    "date=since",
    "no:recalled",
    "anterior",
    "cue<recalled",
    "cue>recalled",
)
"""What the signs begin with that tell that a change is of another time."""


def _participants(
    options: Options, who: Sequence[tuple[float, Hypothesis]], change: Change, chance: float, threshold: float
) -> tuple[Read, list[Read]]:
    """Who changes: the likeliest, and those who share the change and are likely enough by themselves."""
    top, (best, _) = max(who, key=lambda it: it[0])
    shared: dict[Participants, float] = {}
    for odds, (other, signs) in who:
        if (
            _beside(other, best)
            and odds >= top * _NEARLY
            and not _NAMED_HERE.isdisjoint(signs)
            and chance * odds / (1.0 + odds) >= threshold
            and coordinated(options.reading, options.referents, options.trigger.clause.sentence, best, other)
            and not any(_same(other, taken) for taken in shared)
        ):
            shared[other] = odds
    alike = sum(odds for odds, (other, _) in who if _overlaps(other, best) and other not in shared)
    beside = sum(
        odds for odds, (other, _) in who if not _overlaps(other, best) and not any(_same(other, it) for it in shared)
    )
    first = Read(chance * alike / (1.0 + alike + beside), change, best)
    return first, [Read(chance * odds / (1.0 + odds), change, other) for other, odds in shared.items()]


def _beside(one: Participants, other: Participants) -> bool:
    """Whether two are parts of what one decision changes: other missions as a whole, or of the same country."""
    if None in (one.mission, other.mission) or one.mission == other.mission or one.scope is not other.scope:
        return False
    return one.scope is Scope.MISSION or one.actors == other.actors


_NEARLY: Final = 0.1
"""How likely another mission must be, by the likeliest one, to share its change."""


def _same(one: Participants, other: Participants) -> bool:
    """Whether two readings tell of one mission, or may."""
    if one.mission and other.mission and one.mission != other.mission:
        return False
    return _overlaps(one, other)


def _overlaps(one: Participants, other: Participants) -> bool:
    """Whether the same forces may be meant, whatever the mission is called: who acts and where is what is certain."""
    if one.mission and one.mission == other.mission:
        return True
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
