"""Two accounts of the same news: which events one has and the other has not, and which tell of the same otherwise."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from worker.missions.clusters import gap
from worker.missions.differences import differences
from worker.missions.event import StatusChanged
from worker.missions.windows import WINDOW

_OF_THE_WRITING: Final = frozenset({"versions", "observed_at"})
_FOLLOWS: Final = frozenset({"id", "observation"})
_NUMBERING: Final = frozenset({"sequence", "corrects"})


@dataclass(frozen=True, slots=True)
class Changed:
    """An event `before` and `after`, and the `fields` in which they differ."""

    before: StatusChanged
    after: StatusChanged
    fields: tuple[str, ...]

    @property
    def renumbered(self) -> bool:
        """Whether only its number among the events of the subject differs, or that of an event that it corrects."""
        return _NUMBERING.issuperset(self.fields)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two accounts; events of which both have one and the same are only counted."""

    added: tuple[StatusChanged, ...]
    removed: tuple[StatusChanged, ...]
    changed: tuple[Changed, ...]
    same: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare(before: Iterable[StatusChanged], after: Iterable[StatusChanged]) -> Comparison:
    """Compare two accounts, each with the events of a subject in their order.

    Events with one identifier are the same: it follows from the content. Of the others those of one subject and kind of
    change are one event told otherwise when they come from the same record of an article, or else when their dates are
    as near as those of reports on one change are.
    """
    old, new = {event.id: event for event in before}, {event.id: event for event in after}
    left = [event for event in old.values() if event.id not in new]
    right = [event for event in new.values() if event.id not in old]
    pairs: list[tuple[StatusChanged, StatusChanged]] = []
    for fits in (_same_article, _near):
        left, right, found = _paired(left, right, fits)
        pairs += found
    changed = [Changed(one, other, _fields(one, other)) for one, other in pairs]
    return Comparison(
        added=tuple(sorted(right, key=_order)),
        removed=tuple(sorted(left, key=_order)),
        changed=tuple(sorted(changed, key=lambda it: _order(it.after))),
        same=len(old.keys() & new.keys()),
    )


_Side = list[StatusChanged]
_Fits = Callable[[StatusChanged, StatusChanged], bool]


def _paired(
    left: Sequence[StatusChanged], right: Sequence[StatusChanged], fits: _Fits
) -> tuple[_Side, _Side, list[tuple[StatusChanged, StatusChanged]]]:
    """Pair off what fits, each event of the left with the first of the right; what stays alone, and the pairs."""
    candidates: dict[Hashable, _Side] = defaultdict(list)
    for event in right:
        candidates[event.subject, event.change].append(event)
    alone, pairs = [], []
    for event in left:
        others = candidates[event.subject, event.change]
        match = next((other for other in others if fits(event, other)), None)
        if match is None:
            alone.append(event)
        else:
            others.remove(match)
            pairs.append((event, match))
    return alone, [event for others in candidates.values() for event in others], pairs


def _same_article(one: StatusChanged, other: StatusChanged) -> bool:
    mine, theirs = one.source, other.source
    return (mine.topic, mine.partition, mine.offset) == (theirs.topic, theirs.partition, theirs.offset)


def _near(one: StatusChanged, other: StatusChanged) -> bool:
    return gap(one.occurred, other.occurred) <= WINDOW[one.change]


def _fields(one: StatusChanged, other: StatusChanged) -> tuple[str, ...]:
    found = [name for name in differences(one, other) if name not in _OF_THE_WRITING]
    return tuple(name for name in found if name not in _FOLLOWS) or tuple(found)


def _order(event: StatusChanged) -> tuple[str, int]:
    return event.subject, event.sequence
