"""How many: troop figures with whose they are, where, and when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from worker.extraction.binding import Focus, actors_in, places_in
from worker.extraction.figures import Figure
from worker.extraction.lexicon.load import ORGANISATIONS
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence
from worker.extraction.reference import Referents, named
from worker.extraction.when import DateMention, Relation
from worker.extraction.when import Kind as DateKind
from worker.extraction.when import Tense as DateTense
from worker.missions.dates import PartialDate
from worker.missions.register import Mission
from worker.missions.report import Evidence, ReportedChange, Strength
from worker.missions.vocabulary import Scope

_NOUN_PHRASE_REACH = 16
"""How far behind its noun an adjective of nationality may stand, in characters (*soldats français*)."""

_SUBJECT_SCORE = 2.0
"""From which score on an actor of a clause is likely its subject (see `binding`)."""


@dataclass(frozen=True, slots=True)
class _Table:
    """What the figures of one article are read against."""

    reading: Reading
    referents: Referents
    focus: Focus
    changes: Sequence[ReportedChange]

    @property
    def hosts(self) -> frozenset[str]:
        """The countries where the changes take place: their own forces are not counted by the way."""
        return frozenset(place for change in self.changes for place in change.theatre)


def strengths_of(
    reading: Reading, referents: Referents, focus: Focus, changes: Sequence[ReportedChange]
) -> Iterator[Strength]:
    """The figures of an article whose actor and place are clear, each once."""
    table = _Table(reading, referents, focus, changes)
    seen = set()
    last: tuple[int, str] | None = None
    for sentence in reading.sentences:
        for figure in sentence.figures:
            if figure.excluded is not None:
                continue
            clause = sentence.clause_at(figure.start)
            actor, mission = _actor(table, sentence, clause, figure, last)
            place = _place(table, sentence, clause, figure, actor, mission) if actor else None
            if actor is None or place is None:
                continue
            last = (sentence.index, actor)
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
                evidence=_evidence(reading, sentence, figure),
            )


def _actor(
    table: _Table, sentence: Sentence, clause: Clause, figure: Figure, last: tuple[int, str] | None
) -> tuple[str | None, Mission | None]:
    """Whose forces, and of which mission if it is the mission's own figure.

    The nationality in the figure's own noun phrase comes first, then the mission or the actor that the clause or the
    sentence names before it, then the actor of the figure before (`last`, with its sentence) where this one is told
    beside it, then whose change is told, then what the article is about.
    """
    reading = table.reading
    end = max(figure.end, figure.unit_end)
    of_un = False
    for hit in clause.hits:
        if hit.tag.kind in (Kind.ADJECTIVE, Kind.PEOPLE) and figure.start <= hit.start <= end + _NOUN_PHRASE_REACH:
            if hit.tag.value in ORGANISATIONS and hit.tag.kind is Kind.PEOPLE:
                of_un = True
            elif hit.start < end or _same_phrase(reading, end, hit.start):
                return hit.tag.value, None
    if figure.partitive and last is not None and last[0] == sentence.index:
        return last[1], None
    here = _told_in(table, sentence)
    for place in (clause, sentence):
        before = [hit for hit in place.hits if hit.start < figure.start]
        missions = named(reading, table.referents, before)
        national = _subject(table, clause if place is clause else None, sentence, figure)
        if national is not None:
            return national, None
        if here is not None:
            return here.actors[0], table.referents.by_slug.get(here.mission or "")
        if missions:
            mission = table.referents.by_slug[missions[-1]]
            return mission.actors[0], mission
    if of_un:
        return "UN", None
    if last is not None and last[0] == sentence.index - 1 and sentence.has(Kind.FUNCTION, "also"):
        return last[1], None
    told = _told(table, sentence)
    if told is not None:
        return told.actors[0], table.referents.by_slug.get(told.mission or "")
    return (table.focus.actors[0] if table.focus.actors else None), None


def _told_in(table: _Table, sentence: Sentence) -> ReportedChange | None:
    """The contribution whose change this very sentence tells: its figures are that country's."""
    return next(
        (
            change
            for change in table.changes
            if change.scope is Scope.CONTRIBUTION and sentence.start <= change.evidence.start < sentence.end
        ),
        None,
    )


def _same_phrase(reading: Reading, end: int, start: int) -> bool:
    """Whether only words of one noun phrase part a figure from an adjective: *two in the French mission* are two."""
    between = reading.folded[end:start]
    lexicon = reading.lexicon
    return b"," not in between and not any(
        word in lexicon.locative or word in lexicon.oblique for word in between.split()
    )


def _subject(table: _Table, clause: Clause | None, sentence: Sentence, figure: Figure) -> str | None:
    """The actor before a figure in its clause, or in the rest of its sentence; not a host."""
    clauses = [clause] if clause is not None else sentence.clauses
    found = [actor for part in clauses for actor in actors_in(table.reading, part, None)]
    usable = [
        actor
        for actor in found
        if actor.score >= _SUBJECT_SCORE and actor.start < figure.start and actor.codes[0] not in table.hosts
    ]
    return max(usable, key=lambda actor: (actor.score, actor.start)).codes[0] if usable else None


def _told(table: _Table, sentence: Sentence) -> ReportedChange | None:
    """The change told last before the end of a sentence, else the first of the article."""
    news = [change for change in table.changes if not change.background] or table.changes
    told = [change for change in news if change.evidence.start <= sentence.end]
    return told[-1] if told else (news[0] if news else None)


def _place(
    table: _Table, sentence: Sentence, clause: Clause, figure: Figure, actor: str, mission: Mission | None
) -> str | None:
    """Where: a place in the clause, the theatre of a change or mission of the actor, else the sentence's, the focus."""
    reading = table.reading
    region = _around(table) if clause.has(Kind.FUNCTION, "region") else None
    if region is not None:
        return region
    following = min((other.start for other in sentence.figures if other.start > figure.start), default=sentence.end)
    for hits in (clause.hits, sentence.hits):
        behind = [hit for hit in hits if hit.start >= figure.start]
        places = places_in(reading, [hit for hit in behind if hit.start < following], (actor,), None)
        places = places or places_in(reading, behind, (actor,), None)
        places = places or places_in(reading, hits, (actor,), None)
        if places:
            return _region(table, places) or places[0]
    for change in table.changes:
        if actor in change.actors or (mission is not None and change.mission == mission.slug):
            return change.theatre[0]
    if mission is not None:
        return mission.theatre[0]
    for earlier in reading.before(sentence, 2):
        places = places_in(reading, earlier.hits, (actor,), None)
        if places:
            return places[0]
    if table.changes:
        return table.changes[0].theatre[0]
    for slug in table.focus.missions:
        known = table.referents.by_slug[slug]
        if table.referents.alive(slug, reading.published):
            return known.theatre[0]
    return next((place for place in table.focus.places if place != actor), None)


def _around(table: _Table) -> str | None:
    """The region that an article means by *the region*: the theatre of a mission that it tells of, else its own."""
    for slug in (*(change.mission for change in table.changes), *table.focus.missions):
        mission = table.referents.by_slug.get(slug or "")
        if mission is not None and len(mission.theatre[0]) > 2:
            return mission.theatre[0]
    return next((place for place in table.focus.places if len(place) > 2), None)


def _region(table: _Table, places: Sequence[str]) -> str | None:
    """The region that covers several places, by the theatre of a mission that the article tells of."""
    if len(places) < 2:
        return None
    for slug in (*(change.mission for change in table.changes), *table.focus.missions):
        mission = table.referents.by_slug.get(slug or "")
        if mission is not None and len(mission.theatre[0]) > 2 and set(places) <= set(mission.theatre):
            return mission.theatre[0]
    return None


def _when(reading: Reading, sentence: Sentence, clause: Clause) -> PartialDate | None:
    """The date that the clause, or one that it hangs on, gives the figure; None for now.

    *Then* means the date of the sentence before.
    """
    holder: Clause | None = clause
    while holder is not None:
        date = _dated(reading, [mention for mention in sentence.dates if holder.covers(mention.start)])
        if date is not None:
            return date
        holder = holder.parent
    if clause.has(Kind.FUNCTION, "then"):
        for earlier in reading.before(sentence, 1):
            return _dated(reading, earlier.dates)
    return None


def _dated(reading: Reading, mentions: Iterable[DateMention]) -> PartialDate | None:
    """The first of some dates that is another than the article's."""
    for mention in mentions:
        if mention.relation is not Relation.AT or mention.kind in (DateKind.DURATION, DateKind.ANAPHORIC):
            continue
        date = mention.resolve(reading.published, DateTense.PRESENT)
        if date is not None and not date.contains(reading.published) and not reading.published.contains(date):
            return date
    return None


def _evidence(reading: Reading, sentence: Sentence, figure: Figure) -> Evidence:
    end = min(figure.end, sentence.end)
    rule = f"{reading.lexicon.language}.figure"
    return Evidence(quote=reading.text[figure.start : end], start=figure.start, end=end, rule=rule)
