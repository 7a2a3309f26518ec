"""Which mission: by its name, by a description that fits only one, or none."""

from collections.abc import Iterable, Sequence
from typing import Final

from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Reading, TagHit
from worker.missions.dates import PartialDate
from worker.missions.register import Mission, Register

_SLACK_YEARS: Final = 1
"""A mission is still written about this long before its start and after its end."""

_WHERE: Final = frozenset({Kind.PLACE, Kind.SITE, Kind.SEAT, Kind.ADJECTIVE})
"""What says where an article is."""


class Referents:
    """The register as the rules ask it: by slug, and by who is where at a given time."""

    def __init__(self, register: Register) -> None:
        self.by_slug = register.by_slug
        self._by_pair: dict[tuple[str, str], list[Mission]] = {}
        for mission in register.by_slug.values():
            if mission.by_name:
                continue
            for actor in mission.actors:
                for place in mission.theatre:
                    self._by_pair.setdefault((actor, place), []).append(mission)
        self.theatres = frozenset(
            place for mission in register.by_slug.values() if mission.kind != "homeland" for place in mission.theatre
        )
        """Where the register knows a mission: forces elsewhere are at home or among friends."""

    def alive(self, slug: str, published: PartialDate) -> bool:
        """Whether a mission existed, give or take a year, when an article was published."""
        mission = self.by_slug[slug]
        if published.year < mission.start.year - _SLACK_YEARS:
            return False
        return mission.end is None or published.year <= mission.end.year + _SLACK_YEARS

    def running(self, mission: Mission, published: PartialDate) -> bool:
        """Whether a mission ran when an article was published, at the precision of both dates."""
        return mission.start.first <= published.last and (mission.end is None or mission.end.last >= published.first)

    def led(self, actor: str, place: str, published: PartialDate) -> list[Mission]:
        """The missions alive that an actor leads in a place: those that run on the article's day first."""
        alive = [mission for mission in self._by_pair.get((actor, place), ()) if self.alive(mission.slug, published)]
        return sorted(alive, key=lambda mission: not self.running(mission, published))

    def meant(self, slugs: Iterable[str], published: PartialDate) -> list[str]:
        """Of the missions that share a name, those that the time of the article leaves."""
        alive = [slug for slug in dict.fromkeys(slugs) if self.alive(slug, published)]
        running = [slug for slug in alive if self.running(self.by_slug[slug], published)]
        return running or alive or list(slugs)


def named(reading: Reading, referents: Referents, hits: Sequence[TagHit]) -> list[str]:
    """The slugs of the missions that a span names, in their order, one for each name."""
    names = tuple([hit for hit in hits if hit.tag.kind is Kind.MISSION])
    if not names:
        return []
    found = reading.named.get(names)
    if found is None:
        found = reading.named[names] = _named(reading, referents, names)
    return found


def _named(reading: Reading, referents: Referents, names: Iterable[TagHit]) -> list[str]:
    by_span: dict[tuple[int, int], list[str]] = {}
    end = -1
    for hit in names:
        if reading.text[hit.start : hit.end].islower() and not referents.alive(hit.tag.value, reading.published):
            continue  # a description in small letters, and not of a mission of long ago
        span = (hit.start, hit.end)
        if hit.start < end and span not in by_span:
            continue
        by_span.setdefault(span, []).append(hit.tag.value)
        end = max(end, hit.end)
    picked: dict[str, None] = {}
    for (start, _), slugs in by_span.items():
        meant = referents.meant(slugs, reading.published)
        slug = meant[0] if len(meant) == 1 else _nearest_theatre(reading, referents, start, meant)
        if slug is not None:
            picked[slug] = None
    return list(picked)


def _nearest_theatre(reading: Reading, referents: Referents, place: int, slugs: Sequence[str]) -> str | None:
    """Of the missions that share a name and a time, the one whose theatre is named nearest to it; None without any."""
    nearest: tuple[int, str] | None = None
    for slug in slugs:
        theatre = referents.by_slug[slug].theatre
        apart = [abs(h.start - place) for h in reading.hits if h.tag.kind in _WHERE and h.tag.value in theatre]
        if apart and (nearest is None or min(apart) < nearest[0]):
            nearest = (min(apart), slug)
    if nearest is not None:
        return nearest[1]
    return slugs[0] if len({referents.by_slug[slug].theatre for slug in slugs}) == 1 else None
