"""What the articles that report a change say of it together."""

from collections.abc import Iterable, Sequence
from itertools import chain

from worker.missions.dates import PartialDate
from worker.missions.observation import Observation
from worker.missions.order import span
from worker.missions.timeline import Claim, Entry, Sighting
from worker.missions.vocabulary import STATUS_AFTER, Change

KEPT_SIGHTINGS = 3
"""The sightings that a claim keeps; more of the same date add to its number of sources alone."""

QUOTE_LENGTH = 400
"""The code points of a quote, and of a title, that a sighting keeps; the observation has them in full."""

URL_LENGTH = 2048
"""The longest address that a sighting keeps; a longer one is no use when cut, and is left out."""


def sighting_of(observation: Observation) -> Sighting:
    """What the timeline keeps of an observation."""
    report, source = observation.report, observation.source
    return Sighting(
        observation=observation.id,
        article=source.article,
        published=source.published,
        language=source.language,
        title=_cut(source.title) if source.title is not None else None,
        url=source.url if source.url is not None and len(source.url) <= URL_LENGTH else None,
        source=source.source,
        actors=report.actors,
        theatre=report.theatre,
        effective=report.effective,
        relocated_to=report.relocated_to,
        reasons=report.reasons,
        background=report.background,
        confidence=report.confidence,
        quote=_cut(report.evidence.quote),
        rule=report.evidence.rule,
    )


def add(claim: Claim | None, occurred: PartialDate, sighting: Sighting) -> Claim:
    """The claim on a date with one more sighting.

    The best are kept: news before what is only recalled, then the first published. Which ones these are does not
    depend on the order in which they came.
    """
    if claim is None:
        return Claim(occurred=occurred, sightings=(sighting,), seen=1)
    best = sorted((*claim.sightings, sighting), key=_precedence)[:KEPT_SIGHTINGS]
    return Claim(occurred=occurred, sightings=tuple(best), seen=claim.seen + 1, events=claim.events)


def merge(change: Change, claims: tuple[Claim, ...]) -> Entry:
    """The entry that claims on one change make, the finest and then the earliest of them first.

    The change occurred on the earliest of the finest dates, those of news before those that are only recalled: reports
    of a change follow it. It takes effect, and the forces go on, when and where most articles say. Actors, theatre and
    reasons are all that are given. What depends on the other entries is left open: nothing is known before it.
    """
    precision = claims[0].occurred.precision
    finest = [claim for claim in claims if claim.occurred.precision is precision]
    lead = next((claim for claim in finest if claim.news), finest[0])
    sightings = [sighting for claim in claims for sighting in claim.sightings]
    return Entry(
        change=change,
        status=STATUS_AFTER[change],
        previous_status=None,
        occurred=lead.occurred,
        effective=_likeliest([(it.effective, it.published) for it in sightings if it.effective is not None]),
        relocated_to=_commonest([(it.relocated_to, it.published) for it in sightings if it.relocated_to is not None]),
        actors=tuple(dict.fromkeys(chain.from_iterable(it.actors for it in sightings))),
        theatre=tuple(dict.fromkeys(chain.from_iterable(it.theatre for it in sightings))),
        reasons=tuple(dict.fromkeys(chain.from_iterable(it.reasons for it in sightings))),
        background=not any(claim.news for claim in claims),
        reported=min((it.published for it in sightings), key=span),
        sources=_sources(claims),
        confidence=confidence_of(claims),
        contradicts=False,
        corrects=None,
        corrected=False,
        claims=claims,
    )


def confidence_of(claims: Iterable[Claim]) -> float:
    """The confidence of the best sighting: articles copy each other, so that more of them do not add up."""
    return max(sighting.confidence for claim in claims for sighting in claim.sightings)


def _sources(claims: Sequence[Claim]) -> int:
    kept = {sighting.article for claim in claims for sighting in claim.sightings}
    return len(kept) + sum(claim.seen - len(claim.sightings) for claim in claims)


def _precedence(sighting: Sighting) -> tuple[bool, tuple[int, int], str]:
    return sighting.background, span(sighting.published), sighting.observation


def _likeliest(dates: Sequence[tuple[PartialDate, PartialDate]]) -> PartialDate | None:
    """The date that most others are compatible with, of those the finest, then the one published last."""
    if len(dates) < 2:
        return dates[0][0] if dates else None
    return max(
        dates,
        key=lambda it: (
            sum(it[0].overlaps(other) for other, _ in dates),
            it[0].precision,
            span(it[1]),
            span(it[0]),
        ),
    )[0]


def _commonest(places: Sequence[tuple[str, PartialDate]]) -> str | None:
    """The place that most name, of those the one published last."""
    if not places:
        return None
    return max(places, key=lambda it: (sum(it[0] == other for other, _ in places), span(it[1]), it[0]))[0]


def _cut(text: str) -> str:
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1] + "…"
