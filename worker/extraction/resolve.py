"""Whose mission where: actors, theatre, slug and scope of one change, put together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from worker.extraction.binding import Actor, Focus, bare_places, carried, nearest_actors, places_in
from worker.extraction.lexicon.load import ORGANISATIONS
from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import NAMES, Reading, Sentence, TagHit
from worker.extraction.reference import Referents, Sought, nearest_named
from worker.extraction.relocation import destination
from worker.extraction.triggers import Trigger
from worker.missions.register import Mission
from worker.missions.vocabulary import Change, Scope


class Distance(IntEnum):
    """Where the text names who takes part in a change: in its clause, its sentence, just before, or elsewhere."""

    CLAUSE = 0
    SENTENCE = 1
    BEFORE = 2
    ARTICLE = 3


@dataclass(frozen=True, slots=True)
class Participants:
    """Who changes what where. `confidence` falls where something had to be carried over from elsewhere."""

    mission: str | None
    actors: tuple[str, ...]
    theatre: tuple[str, ...]
    scope: Scope
    confidence: float


def participants(
    reading: Reading, referents: Referents, focus: Focus, trigger: Trigger, thing: TagHit | None
) -> Participants | None:
    """Bind a trigger to its participants; None where neither a mission nor an actor with a place can be found."""
    own, around = nearest_named(reading, referents, trigger, focus)
    candidates = nearest_actors(reading, trigger)
    actor = _first_possible(candidates)
    if (own or (around and _whole(thing))) and not _in_sentence(trigger, actor):
        actor = None  # *the force's withdrawal*: the mission's own, whoever was named before
    places = _places(reading, focus, trigger, actor.codes if actor else ())
    if trigger.frame == "relocate":
        places = _from_where(reading, focus, trigger, actor, places)
    thing_kind = thing.tag.value if thing and thing.tag.kind is Kind.OBJECT else "mission"
    if own and actor is not None and thing is not None and _subject(reading, actor, thing, trigger):
        actor = None  # *Russia abstaining, UNMHA will end*
    if trigger.clause.has(Kind.OBJECT, "contribution") and (actor is None or ORGANISATIONS.issuperset(actor.codes)):
        actor = _contributor(reading, trigger, candidates) or actor
    sought = _sought(trigger, thing)
    mission, confidence = _mission(reading, referents, (own, around), actor, places, thing_kind, sought)
    if not own and actor is not None:
        mission = _peacekept(reading, referents, trigger, actor, places) or mission
    if not own and around and trigger.frame == "create" and thing is not None and thing.start < trigger.start:
        mission = referents.by_slug[around[0]]  # *the force was authorised by the Council*, whoever leads it
    if mission is None and actor is not None:
        mission = _joined(reading, referents, trigger, places)
    if mission is not None:
        who = _of_mission(mission, actor, places, thing_kind, confidence)
        return _moving(reading, trigger, who, places) if trigger.frame == "relocate" else who
    if actor is None or not places:
        actor = actor or _focus_actor(focus)
        if actor is None or not places:
            return None
        confidence *= 0.8
    if set(actor.codes) & set(places) or not referents.theatres.intersection(places):
        return None
    return Participants(None, actor.codes, tuple(places[:2]), _loose_scope(reading, trigger, actor), confidence * 0.9)


def _whole(thing: TagHit | None) -> bool:
    """Whether what changes is a mission or its mandate, and not somebody's forces."""
    return thing is not None and (thing.tag.kind is Kind.MISSION or thing.tag.value in ("mission", "mandate"))


def _subject(reading: Reading, actor: Actor, thing: TagHit, trigger: Trigger) -> bool:
    """Whether a mission stands as the subject between a country and the verb, where subjects precede their verbs."""
    return (
        not reading.lexicon.inverting
        and thing.tag.kind is Kind.MISSION
        and actor.score < _POSSESSOR
        and trigger.form is not Form.NOUN
        and trigger.clause.start <= actor.start < thing.start < trigger.start
    )


_POSSESSOR: Final = 3.0
"""From which score on an actor is whose forces or mission it is (see `binding`)."""


def _contributor(reading: Reading, trigger: Trigger, candidates: Sequence[Actor]) -> Actor | None:
    """The country whose contribution is meant: one here, else in the sentences before, for organisations make none."""
    for actor in (*candidates, *carried(reading, trigger.clause.sentence)):
        if not ORGANISATIONS.issuperset(actor.codes):
            return actor
    return None


def _moving(reading: Reading, trigger: Trigger, who: Participants, places: Sequence[str]) -> Participants:
    """The participants of a move: its theatre is where the forces were, the base they leave included."""
    goal = destination(reading, trigger, Change.RELOCATED, who.actors, ())
    stayed = tuple(place for place in who.theatre if place != goal)
    named_here = {hit.tag.value for hit in trigger.clause.sentence.hits_of_names()}
    left = tuple(place for place in places if place != goal and place in named_here and place not in who.actors)
    towards = tuple(place for place in places if place == goal)
    return replace(who, theatre=((stayed or left) + towards) or who.theatre)


def _from_where(reading: Reading, focus: Focus, trigger: Trigger, actor: Actor | None, places: list[str]) -> list[str]:
    """The theatre of a move: where the forces were, before where they go."""
    codes = actor.codes if actor else ()
    goal = destination(reading, trigger, Change.RELOCATED, codes, ())
    left = [place for place in places if place != goal]
    if not left:
        left = [place for place in focus.places if place != goal and place not in codes][:1]
    return left + [place for place in places if place == goal]


_KINDS: Final = {
    "training": frozenset({"training", "support"}),
    "observer": frozenset({"observer"}),
    "naval": frozenset({"naval"}),
    "police": frozenset({"police"}),
    "political": frozenset({"political"}),
    "peace": frozenset({"peace", "observer"}),
}
_STRICT: Final = frozenset({"training", "observer", "naval"})
_NATURE_REACH: Final = 30


def _sought(trigger: Trigger, thing: TagHit | None) -> Sought:
    """What the words around its object say of a mission that is not named."""
    natures: list[str] = []
    if thing is not None:
        sentence = trigger.clause.sentence
        natures = [
            hit.tag.value
            for hit in sentence.of(Kind.NATURE)
            if hit.start - _NATURE_REACH <= thing.start and thing.end <= hit.end + _NATURE_REACH
        ]
    return Sought(
        kinds=frozenset[str]().union(*(_KINDS[nature] for nature in natures)),
        strict=bool(natures) and set(natures) <= _STRICT,
        begins=trigger.frame in ("start", "create", "approve"),
        ends=trigger.frame in ("end", "close", "expire", "lapse"),
    )


def _peacekept(
    reading: Reading, referents: Referents, trigger: Trigger, actor: Actor, places: Sequence[str]
) -> Mission | None:
    """The UN mission that a country's *peacekeepers* belong to, if only one runs there."""
    if not trigger.clause.has(Kind.FUNCTION, "peacekeeper") or ORGANISATIONS & set(actor.codes):
        return None
    led = referents.where("UN", places, reading.published, Sought(kinds=_KINDS["peace"], strict=True))
    return led[0] if len(led) == 1 else None


def _joined(reading: Reading, referents: Referents, trigger: Trigger, places: Sequence[str]) -> Mission | None:
    """The mission that a country's forces belong to, by the organisation or coalition that the text around names."""
    index = trigger.clause.sentence.index
    order = [index, index + 1, index - 1, index + 2, index - 2, *range(index + 3, index + 9)]
    for near in order:
        if not 0 <= near < len(reading.sentences):
            continue
        for hit in reading.sentences[near].of(Kind.ORGANISATION):
            lead = "US" if hit.tag.value == "COALITION" else hit.tag.value
            led = referents.where(lead, places, reading.published)
            if len(led) == 1 or (led and lead == "US"):
                return led[0]
    return None


def _in_sentence(trigger: Trigger, actor: Actor | None) -> bool:
    sentence = trigger.clause.sentence
    return actor is not None and sentence.start <= actor.start < sentence.end


def _first_possible(candidates: Sequence[Actor]) -> Actor | None:
    for actor in candidates:
        if "COALITION" not in actor.codes:
            return actor
    return None


def _focus_actor(focus: Focus) -> Actor | None:
    return Actor((focus.actors[0],), 1.0, 0) if focus.actors else None


def _places(reading: Reading, focus: Focus, trigger: Trigger, actors: Sequence[str]) -> list[str]:
    """The theatre: from the clause, the sentence, the sentences before it, else what the article is about."""
    sentence = trigger.clause.sentence
    own = places_in(reading, _before_onward(trigger), actors, trigger)
    if own:
        return own
    if trigger.frame in ("leave", "withdraw", "exit"):
        bare = bare_places(reading, trigger.clause.hits, actors)
        if bare:
            return bare
    wider = places_in(reading, sentence.hits, actors, trigger)
    if wider:
        return wider
    for earlier in reading.before(sentence, 2):
        found = places_in(reading, earlier.hits, actors, None)
        if found:
            return found
    return [place for place in focus.places if place not in actors][:1]


def _before_onward(trigger: Trigger) -> list[TagHit]:
    """The hits of a trigger's clause; of who leaves, those before the words for going on somewhere else."""
    hits = trigger.clause.hits
    if trigger.frame not in ("leave", "withdraw", "exit"):
        return hits
    onward = [hit.start for hit in hits if hit.tag.kind is Kind.FUNCTION and hit.tag.value in ("onward", "transit")]
    behind = [start for start in onward if start > trigger.start]
    return [hit for hit in hits if hit.start < min(behind)] if behind else hits


def distance_of(reading: Reading, trigger: Trigger, who: Participants) -> Distance:
    """How far from the trigger the text names those who take part: the nearest span that does."""
    sentence = trigger.clause.sentence
    before = [hit for earlier in reading.before(sentence, 2) for hit in earlier.hits]
    for distance, hits in (
        (Distance.CLAUSE, trigger.clause.hits),
        (Distance.SENTENCE, sentence.hits),
        (Distance.BEFORE, before),
    ):
        codes = {hit.tag.value for hit in hits if hit.tag.kind in NAMES or hit.tag.kind is Kind.HOME}
        if who.mission in codes or (codes.intersection(who.actors) and codes.intersection(who.theatre)):
            return distance
        if distance is Distance.CLAUSE and codes.intersection(who.actors):
            return Distance.SENTENCE
    return Distance.ARTICLE


def _mission(
    reading: Reading,
    referents: Referents,
    named: tuple[Sequence[str], Sequence[str]],
    actor: Actor | None,
    places: Sequence[str],
    thing: str,
    sought: Sought,
) -> tuple[Mission | None, float]:
    """The mission meant: named here, led by the actor here, or named nearby where nothing contradicts it."""
    own, around = named
    if own:
        return referents.by_slug[own[0]], 1.0
    codes = actor.codes if actor else ()
    near = [referents.by_slug[slug] for slug in around if referents.alive(slug, reading.published)]
    near = [mission for mission in near if not places or set(places) & set(mission.theatre)]
    over = [mission for mission in near if not referents.running(mission, reading.published)]
    for mission in near:
        if mission not in over and (not codes or set(codes) & set(mission.actors)):
            return mission, 0.85
    for code in codes:
        led = referents.where(code, places, reading.published, sought)
        if code in ORGANISATIONS and thing in ("force", "mission", "mandate"):
            led = [mission for mission in led if mission.kind != "political"] or led
            if len(led) > 1:
                led = [mission for mission in led if mission.theatre[0] in places] or led
        alone = [mission for mission in led if mission.actors == (code,)]
        if len(led) == 1 or len(alone) == 1:
            return (alone or led)[0], 0.8
    for mission in over:
        if not codes or set(codes) & set(mission.actors):
            return mission, 0.8
    if places and any(code not in ORGANISATIONS for code in codes):
        for mission in near:
            if mission.multinational:
                return mission, 0.75
    return None, 0.8


def _of_mission(
    mission: Mission, actor: Actor | None, places: Sequence[str], thing: str, confidence: float
) -> Participants:
    theatre = tuple(place for place in places if place in mission.theatre) or mission.theatre
    leads = set(mission.actors)
    if actor is None or set(actor.codes) & leads:
        national = actor is not None and all(code not in ORGANISATIONS for code in actor.codes)
        if actor is not None and national and len(mission.actors) > 1:
            return Participants(mission.slug, actor.codes, theatre, Scope.CONTRIBUTION, confidence)
        return Participants(mission.slug, mission.actors, theatre, Scope.MISSION, confidence)
    if all(code in ORGANISATIONS for code in actor.codes):
        return Participants(mission.slug, mission.actors, theatre, Scope.MISSION, confidence)
    if not actor.force and thing in ("mission", "mandate") and actor.score < 2.0:
        return Participants(mission.slug, mission.actors, theatre, Scope.MISSION, confidence * 0.9)
    host = set(actor.codes) & set(mission.theatre)
    if host and not (_of_hosts(mission) and places and not host & set(places)):
        return Participants(mission.slug, mission.actors, theatre, Scope.MISSION, confidence * 0.8)
    return Participants(mission.slug, actor.codes, theatre, Scope.CONTRIBUTION, confidence)


def _of_hosts(mission: Mission) -> bool:
    """Whether a mission is of an organisation whose members it works among, so that a host can be a contributor."""
    return bool(ORGANISATIONS.difference({"UN", "EU", "NATO", "OSCE"}).intersection(mission.actors))


def _loose_scope(reading: Reading, trigger: Trigger, actor: Actor) -> Scope:
    """A mission without a slug: a contribution where the text around speaks of a mission of several countries."""
    if any(code in ORGANISATIONS for code in actor.codes):
        return Scope.MISSION
    index = trigger.clause.sentence.index
    around = reading.sentences[max(0, index - 3) : index + 4]
    return Scope.CONTRIBUTION if any(_joint(sentence) for sentence in around) else Scope.MISSION


def _joint(sentence: Sentence) -> bool:
    """Whether a sentence names a mission or force of an organisation, or a coalition."""
    owners = sentence.of(Kind.ORGANISATION) + [hit for hit in sentence.of(Kind.BODY) if hit.tag.value in ORGANISATIONS]
    if any(owner.tag.value == "COALITION" for owner in owners):
        return True
    things = sentence.of(Kind.OBJECT, "mission", "force")
    return any(
        -_JOINT_REACH <= thing.start - owner.end <= _JOINT_REACH or owner.start <= thing.start < owner.end
        for owner in owners
        for thing in things
    )


_JOINT_REACH: Final = 25
"""How far an organisation and its mission may stand apart, in characters."""
