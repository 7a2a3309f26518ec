"""What an adjective of nationality qualifies: forces, a mission, those who are trained, the ground that they are on."""

from collections.abc import Sequence
from typing import Final

from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, TagHit

_ATTRIBUTE_REACH: Final = 32
"""How far, in characters, an adjective may stand before the noun that it belongs to."""

_BEHIND_REACH: Final = 26
"""How far, in characters, it may stand behind its noun where that is its place: *militaires et policiers français*."""


def noun_of(reading: Reading, clause: Clause, adjective: TagHit) -> TagHit | None:
    """The noun for forces, a mission or a contribution that an adjective qualifies, before it or after it."""
    behind = _BEHIND_REACH if reading.lexicon.complement else 2
    best: tuple[int, TagHit] | None = None
    for noun in clause.of(Kind.OBJECT):
        gap = noun.start - adjective.end
        if 0 <= gap <= _ATTRIBUTE_REACH and noun.tag.value not in ("base", "number") and not reading.lexicon.complement:
            between = reading.folded[adjective.end : noun.start]
            if b"," not in between and between.count(b" ") <= 4:
                return noun
        gap = adjective.start - noun.end
        if 0 <= gap <= behind and noun.tag.value in ("force", "contribution", "mission", "base"):
            between = reading.folded[noun.end : adjective.start]
            if b"," not in between and between.count(b" ") <= 4 and (best is None or gap < best[0]):
                best = gap, noun
    return best[1] if best else None


def trained(reading: Reading, hits: Sequence[TagHit], adjective: TagHit) -> bool:
    """Whether the forces of an adjective are the object of a training: *the training of Iraqi commandos*."""
    for activity in hits:
        if (
            activity.tag.kind is Kind.OBJECT
            and activity.tag.value == "activity"
            and 0 <= adjective.start - activity.end <= 24
            and reading.folded[activity.end : adjective.start].count(b" ") <= 3
        ):
            return True
    return False


def of_ground(hits: Sequence[TagHit], adjective: TagHit) -> bool:
    """Whether an adjective qualifies a word for ground, and so tells where: *à la frontière arménienne*."""
    return any(
        hit.tag.kind is Kind.FUNCTION and hit.tag.value == "ground" and 0 <= adjective.start - hit.end <= 1
        for hit in hits
    )


def possessive(reading: Reading, name: TagHit) -> bool:
    """Whether a name stands in the genitive of a following noun: *Russia's invasion*."""
    tail = reading.folded[name.end : name.end + 2]
    return tail == b"'s" or (tail == b"' " and reading.folded[name.end - 1] == 0x73)


_OFFICE_REACH: Final = 14
"""How far behind its country an office may stand, in characters: *Kenya's new president*."""


def official(clause: Clause, country: TagHit) -> bool:
    """Whether a country is named with its government, parliament or army: *Kenya's president*."""
    return any(0 <= office.start - country.end <= _OFFICE_REACH for office in clause.of(Kind.FUNCTION, "official"))
