"""How many: troop figures with whose they are, where, and when."""

from collections.abc import Iterator, Sequence

from worker.extraction.binding import Focus, actors_in, places_in
from worker.extraction.lexicon.load import ORGANISATIONS
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence
from worker.extraction.reference import Referents, named
from worker.extraction.when import DateMention, Relation
from worker.extraction.when import Kind as DateKind
from worker.extraction.when import Tense as DateTense
from worker.missions.dates import PartialDate
from worker.missions.report import Evidence, Strength


def strengths_of(reading: Reading, referents: Referents, focus: Focus) -> Iterator[Strength]:
    """The figures of an article whose actor and place are clear, each once."""
    seen = set()
    for sentence in reading.sentences:
        for figure in sentence.figures:
            if figure.excluded is not None:
                continue
            clause = sentence.clause_at(figure.start)
            actor = _actor(reading, referents, focus, sentence, clause, figure.start, figure.end)
            if actor is None:
                continue
            place = _place(reading, referents, focus, sentence, clause, actor, figure.end)
            if place is None or place == actor:
                continue
            key = (actor, place, figure.count)
            if key in seen:
                continue
            seen.add(key)
            yield Strength(
                actor=actor,
                place=place,
                count=figure.count,
                qualifier=figure.qualifier,
                when=_when(reading, sentence, clause),
                evidence=_evidence(reading, sentence, figure.start, figure.end),
            )


def _actor(
    reading: Reading, referents: Referents, focus: Focus, sentence: Sentence, clause: Clause, start: int, end: int
) -> str | None:
    """Whose forces: the demonym in the figure's own noun phrase, else the clause's actor or mission, else before."""
    for hit in clause.hits:
        if (
            hit.tag.kind in (Kind.ADJECTIVE, Kind.PEOPLE, Kind.ORGANISATION, Kind.BODY)
            and start <= hit.start <= end + 30
        ) and b"," not in reading.folded[end : hit.start]:
            return hit.tag.value
    missions = named(reading, referents, clause.hits)
    if missions:
        return referents.by_slug[missions[0]].actors[0]
    for scope in (
        [clause, *(near for near in sentence.clauses if near is not clause)],
        *(other.clauses for other in reading.before(sentence, 2)),
    ):
        found = [actor for near in scope for actor in actors_in(reading, near, None)]
        if found:
            return max(found, key=lambda actor: actor.score).codes[0]
        slugs = [slug for near in scope for slug in named(reading, referents, near.hits)]
        if slugs:
            return referents.by_slug[slugs[0]].actors[0]
    return focus.actors[0] if focus.actors else None


def _place(
    reading: Reading, referents: Referents, focus: Focus, sentence: Sentence, clause: Clause, actor: str, at: int
) -> str | None:
    """Where: a place in the clause, the theatre of the mission named there, else the sentence's, else the focus."""
    for hits in (clause.hits, sentence.hits):
        places = places_in(reading, hits, (actor,), None)
        if places:
            behind = places_in(reading, [hit for hit in hits if hit.start >= at], (actor,), None)
            return (behind or places)[0]
        missions = named(reading, referents, hits)
        if missions:
            return referents.by_slug[missions[0]].theatre[0]
    for earlier in reading.before(sentence, 2):
        places = places_in(reading, earlier.hits, (actor,), None)
        if places:
            return places[0]
    for slug in focus.missions:
        mission = referents.by_slug[slug]
        if referents.alive(slug, reading.published) and (actor in mission.actors or mission.actors[0] in ORGANISATIONS):
            return mission.theatre[0]
    return next((place for place in focus.places if place != actor), None)


def _when(reading: Reading, sentence: Sentence, clause: Clause) -> PartialDate | None:
    """The date that the clause gives the figure; None for now."""
    for mention in _dates(sentence, clause):
        if mention.relation is Relation.AT and mention.kind not in (DateKind.DURATION, DateKind.ANAPHORIC):
            date = mention.resolve(reading.published, DateTense.PRESENT)
            if date is not None and not date.contains(reading.published) and not reading.published.contains(date):
                return date
    return None


def _dates(sentence: Sentence, clause: Clause) -> Sequence[DateMention]:
    return [mention for mention in sentence.dates if clause.start <= mention.start < clause.end]


def _evidence(reading: Reading, sentence: Sentence, start: int, end: int) -> Evidence:
    end = min(end, sentence.end)
    rule = f"{reading.lexicon.language}.figure"
    return Evidence(quote=reading.text[start:end], start=start, end=end, rule=rule)
