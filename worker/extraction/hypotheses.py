"""Who, where and which mission: all that the text around a trigger allows, each with its signs.

A change needs whose it is and where. The clause rarely names all of it, so every mission, country and place nearby
gives a hypothesis; what speaks for and against it are signs that `model` weighs.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from worker.extraction.binding import Actor, Focus, actors_in, bare_places, places_in
from worker.extraction.candidates import Candidate
from worker.extraction.lexicon.load import ORGANISATIONS
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence, TagHit, within
from worker.extraction.reference import Referents, named
from worker.extraction.relocation import destination
from worker.missions.dates import PartialDate, Precision
from worker.missions.register import Kind as MissionKind
from worker.missions.register import Mission
from worker.missions.vocabulary import Change, Scope

_BEFORE: Final = 2
"""How many sentences before a trigger may name who takes part."""
_MISSIONS: Final = 5
_ACTORS: Final = 6
_PLACES: Final = 4
_LED: Final = 4
"""The most missions, actors, places, and missions led by one actor in one place that are looked at."""
_FOCUS: Final = 2
_CARRIED: Final = 1.5
"""From which score on an actor may be meant by a later sentence (see `binding`)."""

_REGIONAL: Final = ORGANISATIONS - {"UN", "EU", "NATO", "OSCE", "COALITION"}
"""Organisations whose missions work among their own members."""

_PARTIAL: Final = frozenset({"withdraw", "leave", "exit", "handover", "relocate", "cease", "end", "close"})
"""Frames that may tell of one country of a larger theatre (domain, ruling 22)."""
_OWN: Final = frozenset({"clause", "bare", "sentence"})

_KINDS: Final = {
    "training": frozenset({"training", "support"}),
    "observer": frozenset({"observer"}),
    "naval": frozenset({"naval"}),
    "police": frozenset({"police"}),
    "political": frozenset({"political"}),
    "peace": frozenset({"peace", "observer"}),
}
"""The kinds of missions that each description fits."""


class Participants(NamedTuple):
    """Who changes what where."""

    mission: str | None
    actors: tuple[str, ...]
    theatre: tuple[str, ...]
    scope: Scope


class Hypothesis(NamedTuple):
    """Participants that the text allows, with their signs."""

    participants: Participants
    signs: list[str]


class _Source(NamedTuple):
    """Where a name was found.

    `clause`, `above` (a clause that governs it), `sentence`, `before1` (the sentence before), `after`, `focus0`.
    """

    where: str
    actor: Actor | None = None


def hypotheses(
    reading: Reading, referents: Referents, focus: Focus, made: Candidate, day: PartialDate
) -> list[Hypothesis]:
    """All participants that the text around a trigger allows, each once. `day` is when the register is asked."""
    return _Gathering(reading, referents, focus, made, day).all()


class _Gathering:
    """What is gathered for one trigger."""

    def __init__(self, reading: Reading, referents: Referents, focus: Focus, made: Candidate, day: PartialDate) -> None:
        self._reading = reading
        self._day = day
        self._referents = referents
        self._focus = focus
        self._made = made
        self._trigger = made.trigger
        self._sentence = made.trigger.clause.sentence
        self._actors = self._find_actors()
        self._places = self._find_places()
        self._missions = self._find_missions()
        self._kinds = self._described()
        self._goal = destination(reading, self._trigger, Change.RELOCATED, (), ())
        self._found: dict[Participants, list[str]] = {}
        self._joint_around: bool | None = None

    def all(self) -> list[Hypothesis]:
        """The hypotheses: missions that are named, missions that fit who acts where, and none of the register."""
        for slug, where in self._missions.items():
            mission = self._referents.by_slug[slug]
            self._of_mission(mission, [f"mission={where}"])
        self._led()
        self._joint()
        return [Hypothesis(who, list(dict.fromkeys(signs))) for who, signs in self._found.items()]

    def _find_actors(self) -> list[tuple[tuple[str, ...], _Source]]:
        """Who may act, the nearest first."""
        found: dict[tuple[str, ...], _Source] = {}
        reading, trigger, sentence = self._reading, self._trigger, self._sentence

        def add(actors: Iterable[Actor], where: str, least: float = 0.0) -> None:
            for actor in actors:
                codes = tuple(code for code in actor.codes if code != "COALITION")
                if codes and actor.score >= least:
                    found.setdefault(codes, _Source(where, actor))

        add(actors_in(reading, trigger.clause, trigger), "clause")
        above = trigger.clause.parent
        while above is not None:
            add(actors_in(reading, above, trigger), "above")
            above = above.parent
        for clause in sentence.clauses:
            if clause is not trigger.clause:
                add(actors_in(reading, clause, trigger), "sentence")
        for number, earlier in enumerate(reading.before(sentence, _BEFORE), 1):
            for clause in earlier.clauses:
                add(_acting(reading, clause), f"before{number}", _CARRIED)
        for number, code in enumerate(self._focus.actors[:_FOCUS]):
            add([Actor((code,), 1.0, -1)], f"focus{number}")
        return list(found.items())[:_ACTORS]

    def _find_places(self) -> dict[str, str]:
        """Where it may be, the nearest first."""
        found: dict[str, str] = {}
        reading, trigger, sentence = self._reading, self._trigger, self._sentence

        def add(places: Iterable[str], where: str) -> None:
            for place in places:
                found.setdefault(place, where)

        add(places_in(reading, trigger.clause.hits, (), trigger), "clause")
        add(bare_places(reading, trigger.clause.hits, ()), "bare")
        add(places_in(reading, sentence.hits, (), trigger), "sentence")
        for number, earlier in enumerate(reading.before(sentence, _BEFORE), 1):
            add(places_in(reading, earlier.hits, (), None), f"before{number}")
        add(self._focus.places[:_FOCUS], "focus")
        return found

    def _find_missions(self) -> dict[str, str]:
        """Which missions are named around the trigger, the nearest first."""
        found: dict[str, str] = {}
        reading, sentence = self._reading, self._sentence

        def add(slugs: Sequence[str], where: str) -> None:
            for index, slug in enumerate(slugs):
                if len(found) < _MISSIONS and self._referents.alive(slug, self._day):
                    found.setdefault(slug, where if not index else f"{where}+")

        add(self._named(self._trigger.clause), "clause")
        add(self._named(sentence), "sentence")
        for number, earlier in enumerate(reading.before(sentence, _BEFORE), 1):
            add(self._named(earlier), f"before{number}")
        for later in reading.sentences[sentence.index + 1 : sentence.index + 2]:
            add(self._named(later), "after")
        for number, slug in enumerate(self._focus.missions[:_FOCUS]):
            add([slug], f"focus{number}")
        return found

    def _named(self, stretch: Clause | Sentence) -> list[str]:
        return named(self._reading, self._referents, stretch.hits)

    def _described(self) -> frozenset[str]:
        """The kinds of missions that the sentence describes."""
        natures = [hit.tag.value for hit in self._sentence.of(Kind.NATURE)]
        return frozenset[str]().union(*(_KINDS[nature] for nature in natures))

    def _led(self) -> None:
        """Missions of the register that one of the actors leads in one of the places, and deployments of its own."""
        for codes, source in self._actors:
            for place, where in list(self._places.items())[:_PLACES]:
                if place not in self._referents.theatres or (place in codes and not self._at_home(place)):
                    continue
                signs = [*_actor_signs(codes, source, self._trigger.start), f"place={where}"]
                for code in codes:
                    led = self._referents.led(code, place, self._day)
                    alone = [f"led={min(len(led), 3)}"]
                    for mission in led[:_LED]:
                        if mission.slug not in self._missions:
                            self._of_mission(mission, ["mission=led", *alone, *signs])
                own = [*signs, "mission=null", f"null:{self._made.object_class}"]
                if self._missions:
                    own.append("null:named")
                self._put(Participants(None, codes, (place,), self._loose_scope(codes)), own)

    def _at_home(self, place: str) -> bool:
        """Whether a country has a mission of its own forces at home: soldiers that guard its streets."""
        led = self._referents.led(place, place, self._day)
        return any(mission.kind is MissionKind.HOMELAND for mission in led)

    def _joint(self) -> None:
        """Missions of an organisation or coalition that the article names in one of the places."""
        for place, where in list(self._places.items())[:_FOCUS]:
            for code in sorted(self._reading.organisations()):
                lead = "US" if code == "COALITION" else code
                for mission in self._referents.led(lead, place, self._day)[:_LED]:
                    if mission.slug not in self._missions:
                        self._of_mission(mission, ["mission=joint", f"place={where}"])

    def _of_mission(self, mission: Mission, signs: list[str]) -> None:
        """The whole of a mission, and the part of each country that is named."""
        theatre = self._theatre(mission)
        shared = [*signs, *self._mission_signs(mission)]
        lead = next((source.where for codes, source in self._actors if set(codes) & set(mission.actors)), "none")
        whole = [
            *shared,
            f"lead={lead}",
            "scope=mission",
            f"mission:{self._made.object_class}",
            self._first_actor(mission),
        ]
        self._put(Participants(mission.slug, mission.actors, theatre, Scope.MISSION), whole)
        if not mission.multinational:
            return
        for codes, source in self._actors:
            if ORGANISATIONS.intersection(codes) or set(codes) >= set(mission.actors):
                continue
            if set(codes) & set(mission.theatre) and not _REGIONAL.intersection(mission.actors):
                continue  # a host takes no part, except among its own neighbours
            part = [*shared, *_actor_signs(codes, source, self._trigger.start)]
            part += ("scope=contribution", f"contribution:{self._made.object_class}")
            part += ["part=host"] if set(codes) & set(mission.theatre) else []
            self._put(Participants(mission.slug, codes, theatre, Scope.CONTRIBUTION), part)

    def _theatre(self, mission: Mission) -> tuple[str, ...]:
        """Where a mission changes: all of its theatre, or the country that is left while it goes on elsewhere."""
        if self._trigger.frame in _PARTIAL:
            here = tuple(
                place
                for place, where in self._places.items()
                if where in _OWN and place in mission.theatre and place != self._goal
            )
            if here:
                return here
        return mission.theatre

    def _first_actor(self, mission: Mission) -> str:
        """What the nearest actor is to a mission."""
        if not self._actors:
            return "nearest=none"
        codes, source = self._actors[0]
        if set(codes) & set(mission.actors):
            return "nearest=lead"
        if set(codes) & set(mission.theatre):
            return "nearest=host"
        if ORGANISATIONS.intersection(codes):
            return "nearest=organisation"
        return f"nearest={source.where}.{min(int(source.actor.score), 4) if source.actor else 0}"

    def _mission_signs(self, mission: Mission) -> list[str]:
        """What the register knows of a mission on the day."""
        day = self._day
        signs = [
            "running" if self._referents.running(mission, day) else "not_running",
            f"age={_turn(mission.start, day)}",
            f"end={_turn(mission.end, day) if mission.end is not None else 'open'}",
        ]
        if self._kinds:
            signs.append("kind=fits" if mission.kind in self._kinds else "kind=other")
        acting = sum(any(code in codes for codes, _ in self._actors) for code in mission.actors)
        if len(mission.actors) > 1:
            signs.append("leads=named" if 2 * acting >= len(mission.actors) else "leads=few")
        missions = self._focus.missions
        signs.append(f"focus={min(missions.index(mission.slug), 2)}" if mission.slug in missions else "focus=none")
        where = next((self._places[place] for place in mission.theatre if place in self._places), "elsewhere")
        signs.append(f"theatre={where}")
        main = mission.theatre[0]
        if where != "elsewhere" and (len(main) > _COUNTRY or self._places.get(main) == where):
            signs.append("theatre=main")
        return signs

    def _loose_scope(self, codes: Sequence[str]) -> Scope:
        """A mission without a slug: a contribution where the text around speaks of a mission of several countries."""
        if ORGANISATIONS.intersection(codes):
            return Scope.MISSION
        if self._joint_around is None:
            index = self._sentence.index
            around = self._reading.sentences[max(0, index - 3) : index + 4]
            self._joint_around = any(_joint(sentence) for sentence in around)
        return Scope.CONTRIBUTION if self._joint_around else Scope.MISSION

    def _put(self, who: Participants, signs: list[str]) -> None:
        self._found.setdefault(who, []).extend(signs)


_COUNTRY: Final = 2
"""The length of a country's code; those of regions are longer."""
_SPANS: Final = ((10, "days"), (45, "weeks"), (200, "months"), (800, "years"))


def _turn(date: PartialDate, day: PartialDate) -> str:
    """How far a mission's beginning or end lies from a day: `now`, `weeks_ago`, `months_ahead`, `far_ago`."""
    if date.overlaps(day):
        return "now" if date.precision >= day.precision or day.precision is not Precision.DAY else "about_now"
    ahead = date.first > day.last
    days = (date.first - day.last).days if ahead else (day.first - date.last).days
    span = next((name for limit, name in _SPANS if days <= limit), "far")
    return f"{span}_{'ahead' if ahead else 'ago'}"


def _acting(reading: Reading, clause: Clause) -> list[Actor]:
    """The actors of a clause, apart from any trigger; found once."""
    found = reading.acting.get(clause)
    if found is None:
        found = reading.acting[clause] = actors_in(reading, clause, None)
    return found


def _actor_signs(codes: Sequence[str], source: _Source, place: int) -> list[str]:
    """How an actor was found and how likely it acts."""
    signs = [f"actor={source.where}", "actor:organisation" if ORGANISATIONS.intersection(codes) else "actor:state"]
    actor = source.actor
    if actor is not None:
        signs.append(f"actor~{int(actor.score * 2)}")
        if actor.force:
            signs.append("actor:force")
        if source.where == "clause":
            signs.append("actor<" if actor.start < place else "actor>")
    return signs


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


def coordinated(
    reading: Reading, referents: Referents, sentence: Sentence, one: Participants, other: Participants
) -> bool:
    """Whether a sentence names two missions, or where they are, side by side: *in Mali and in the Congo*."""
    ones, others = (_names_of(referents, sentence, who) for who in (one, other))
    return any(
        _joined(reading, *sorted((mine, its), key=lambda hit: hit.start))
        for mine in ones
        for its in others
        if mine not in others and its not in ones
    )


def _names_of(referents: Referents, sentence: Sentence, who: Participants) -> list[TagHit]:
    """The hits of a sentence that name a mission or a place of its theatre."""
    theatre = referents.by_slug[who.mission].theatre if who.mission else who.theatre
    return [
        hit
        for hit in sentence.hits
        if (hit.tag.kind is Kind.MISSION and hit.tag.value == who.mission)
        or (hit.tag.kind in (Kind.PLACE, Kind.SITE, Kind.ADJECTIVE) and hit.tag.value in theatre)
    ]


def _joined(reading: Reading, first: TagHit, second: TagHit) -> bool:
    """Whether hardly more than a conjunction or a comma stands between two hits."""
    between = reading.folded[first.end : second.start]
    if first.end > second.start or between.count(b" ") > _JOINED_REACH:
        return False
    if any(hit.tag.kind is Kind.TRIGGER for hit in within(reading.hits, first.end, second.start)):
        return False
    return b"," in between or any(
        word in reading.lexicon.joiners and word not in reading.lexicon.definite for word in between.split()
    )


_JOINED_REACH: Final = 6
"""How many words may stand between what is named side by side, its description included."""
_JOINT_REACH: Final = 25
"""How far an organisation and its mission may stand apart, in characters."""
