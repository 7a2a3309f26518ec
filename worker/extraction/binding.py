"""Who and where: actors and theatres bound in the clause first, then the sentence, then the article's focus."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from worker.extraction.lexicon.load import ORGANISATIONS
from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.qualifiers import noun_of, of_ground, official, possessive, trained
from worker.extraction.reading import Clause, Reading, TagHit, within
from worker.extraction.text.fold import fold
from worker.extraction.triggers import Trigger

_ACTING: Final = frozenset(
    {Kind.PLACE, Kind.SEAT, Kind.ADJECTIVE, Kind.PEOPLE, Kind.ORGANISATION, Kind.BODY, Kind.HOME}
)
_LOCATING: Final = frozenset({Kind.PLACE, Kind.SITE, Kind.SEAT})

_INVERSION_REACH: Final = 12
"""How far behind a finite verb its subject may begin, in characters: *haalt ook Honduras*."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A candidate for whose deployment changes; `force` marks one that a noun for forces carries."""

    codes: tuple[str, ...]
    score: float
    start: int
    force: bool = False


@dataclass(frozen=True, slots=True)
class Focus:
    """What the article as a whole is about: its most prominent actors and places."""

    actors: tuple[str, ...]
    places: tuple[str, ...]
    missions: tuple[str, ...]


def actors_in(reading: Reading, clause: Clause, trigger: Trigger | None) -> list[Actor]:
    """The actors of a clause, the likeliest first."""
    hits = _outermost([hit for hit in clause.hits if hit.tag.kind in _ACTING])
    found = []
    for group in _coordinated(reading, hits):
        located = _located(reading, group[0]) or _left(reading, group[0], trigger)
        scored = [(hit, *_acting(reading, clause, hit, trigger, located=located)) for hit in group]
        acting = [(hit, score, force) for hit, score, force in scored if score > 0]
        if not acting:
            continue
        hit, score, force = max(acting, key=lambda candidate: candidate[1])
        codes = [other.tag.value for other, _, _ in acting] if _alike(group) else [hit.tag.value]
        found.append(Actor(tuple(dict.fromkeys(codes)), score, hit.start, force))
    return sorted(found, key=lambda actor: (-actor.score, actor.start))


def _acting(
    reading: Reading, clause: Clause, hit: TagHit, trigger: Trigger | None, *, located: bool
) -> tuple[float, bool]:
    """How likely a hit names who acts, and whether it is the adjective of a noun for forces, or means them."""
    kind = hit.tag.kind
    before = trigger is None or hit.start < trigger.start
    words = reading.words_before(hit.start, 1)
    if words and words[0] in reading.lexicon.articles:
        words = reading.words_before(hit.start, 2)[1:]
    oblique = (bool(words) and words[0] in reading.lexicon.oblique) or _vouching(reading, hit)
    if kind is Kind.PEOPLE:
        if hit.tag.value in ORGANISATIONS:
            return 1.4, False  # blue helmets are whose they are said to be, the UN's otherwise
        return (0.8 if oblique else 2.8 if before else 2.2), True
    if kind is Kind.ADJECTIVE:
        late = not before and trigger is not None and _precedes(reading, clause, trigger)
        return (0.9, False) if late else _qualifying(reading, clause, hit, before=before)
    if kind in (Kind.PLACE, Kind.SEAT) and not located and possessive(reading, hit):
        return _possessing(reading, clause, hit, before=before)
    if kind is Kind.HOME:
        if _home_of(clause, hit) is not None:
            return 0.0, False
        return (0.9 if located or oblique else 2.4 if before else 1.5), False
    if kind is Kind.SEAT and located and _of_government(reading, clause, hit):
        return 2.9, False
    if kind is Kind.BODY:
        joined = not before and hit.tag.value in ORGANISATIONS  # who sends its troops to the *UN mission*
        return (1.5 if located or oblique else 2.3 if joined else 3.0), False
    if kind is Kind.ORGANISATION:
        return (0.5 if located or oblique else 2.5), False
    if located or _dateline(reading, clause, hit):
        return 0.0, False
    if oblique:
        return 0.7, False
    if words and words[0] in reading.lexicon.agentive:
        return _agent(reading, hit, before=before), False
    inverted = reading.lexicon.inverting and trigger is not None and 0 <= hit.start - trigger.end <= _INVERSION_REACH
    if kind is Kind.SEAT:
        first = before and not reading.folded[clause.start : hit.start].strip(b" \"'\n")
        return (2.9 if first else 2.0 if before or inverted else 1.0), False
    return (2.7 if inverted else 2.6 if before else 1.2), False


def _vouching(reading: Reading, hit: TagHit) -> bool:
    """Whether a name is only the source of what is told: *according to statements of NATO and the army*."""
    vouching = reading.lexicon.vouching
    return bool(vouching) and not vouching.isdisjoint(reading.words_before(hit.start, 4))


def _dateline(reading: Reading, clause: Clause, hit: TagHit) -> bool:
    """Whether a place opens a sentence as its dateline, an article with a capital behind it: *Berlin Die Regierung*."""
    if hit.start != clause.sentence.start or hit.tag.kind not in _LOCATING:
        return False
    following = reading.text[hit.end : hit.end + 5]
    word = following[1:].partition(" ")[0]
    return following[:1] == " " and word[:1].isupper() and fold(word) in reading.lexicon.determiners


def _possessing(reading: Reading, clause: Clause, name: TagHit, *, before: bool) -> tuple[float, bool]:
    """How likely a name in the genitive tells who acts: by what it possesses."""
    if noun_of(reading, clause, name) is not None:
        return _qualifying(reading, clause, name, before=before)
    return (2.6 if before and official(clause, name) else 0.8), False


_INTRANSITIVE: Final = frozenset({"leave", "arrive", "stay", "go", "join", "partake"})


def _precedes(reading: Reading, clause: Clause, trigger: Trigger) -> bool:
    """Whether the one that acts must stand before the trigger: the subject of a verb without an object."""
    return (
        not reading.lexicon.inverting
        and trigger.frame in _INTRANSITIVE
        and trigger.form is not Form.NOUN
        and not clause.has(Kind.AUXILIARY, "passive", "passive_past")
    )


def _agent(reading: Reading, hit: TagHit, *, before: bool) -> float:
    """How likely the agent of a participle acts: who leads a mission does, who drafted a text (before it) does not."""
    if not reading.lexicon.leading.isdisjoint(reading.words_before(hit.start, 3)):
        return 3.2
    return 0.7 if before and reading.lexicon.auxiliary_first else 2.9


_OBJECT_REACH: Final = 24
"""How far behind the verb the place that is left may stand: *quittera cette semaine le Mali*."""


def _left(reading: Reading, place: TagHit, trigger: Trigger | None) -> bool:
    """Whether a place is the object of *leave*, in a language where no subject stands behind its verb."""
    return (
        trigger is not None
        and trigger.frame == "leave"
        and not reading.lexicon.inverting
        and place.tag.kind is Kind.PLACE
        and 0 <= place.start - trigger.end <= _OBJECT_REACH
    )


def _qualifying(reading: Reading, clause: Clause, adjective: TagHit, *, before: bool) -> tuple[float, bool]:
    """How likely an adjective of nationality names who acts: by the noun that it qualifies."""
    if of_ground(clause.hits, adjective):
        return 0.0, False
    noun = noun_of(reading, clause, adjective)
    if noun is None and _located(reading, adjective):
        return 0.0, False  # from *Jordanian* Azraq
    if any(_home_of(clause, home) is adjective for home in clause.of(Kind.HOME)):
        return 2.9, False
    if any(0 <= hit.start - adjective.end <= _HOME_REACH for hit in clause.of(Kind.FUNCTION, "government")):
        return 2.9, False
    if noun is None:
        return (2.6 if before and official(clause, adjective) else 1.6 if before else 1.2), False
    if trained(reading, clause.hits, adjective):
        return 0.0, False
    if any(word in reading.lexicon.oblique for word in reading.words_before(min(noun.start, adjective.start), 2)):
        return 0.7, False  # together *with the Malian army*
    if noun.tag.value == "force" and any(
        word in reading.lexicon.directional for word in reading.words_before(min(noun.start, adjective.start), 2)
    ):
        return 0.7, False  # handed over *to the Malian army*
    if noun.tag.value in ("force", "contribution"):
        return 4.0, True
    return (3.0 if before or adjective.tag.value not in ORGANISATIONS else 2.3), False


_HOME_REACH: Final = 14
"""How far before a government its nationality may stand, in characters: *the German federal government*."""


def _home_of(clause: Clause, home: TagHit) -> TagHit | None:
    """The adjective that says whose a government or a parliament is, so that it is not the outlet's own."""
    for hit in clause.of(Kind.ADJECTIVE):
        if 0 <= home.start - hit.end <= _HOME_REACH or 0 <= hit.start - home.end <= 1:
            return hit
    return None


def _of_government(reading: Reading, clause: Clause, seat: TagHit) -> bool:
    """Whether a seat stands behind the word for its government: *the cabinet in Berlin*."""
    return any(
        0 <= seat.start - home.end <= 6 and b"," not in reading.folded[home.end : seat.start]
        for home in clause.of(Kind.HOME)
    )


def _located(reading: Reading, hit: TagHit) -> bool:
    """Whether a preposition of place governs a hit: directly, or over an article or one adjective."""
    if _heads_compound(reading, hit):
        return True
    prepositions = reading.lexicon.locative
    words = reading.words_before(hit.start, 3)
    if words and words[0] in prepositions:
        return True
    if hit.tag.kind in (Kind.PLACE, Kind.SITE) and _compounded(reading, hit):
        return True
    return len(words) > 1 and words[1] in prepositions and words[0] in reading.lexicon.determiners


def _compounded(reading: Reading, place: TagHit) -> bool:
    """Whether a place is the first part of a compound that means a mission there: *Mali-missie*, *Darfur force*.

    Acronyms such as *US* rather tell whose it is.
    """
    folded = reading.folded
    if folded[place.end : place.end + 1] == b"-":
        behind = within(reading.hits, place.end, place.end + _COMPOUND_REACH)
        return bool(behind) and behind[0].tag.kind is Kind.OBJECT
    if not reading.lexicon.compounding:
        return False
    if folded[place.end : place.end + 1] != b" " or reading.text[place.start : place.end].replace(".", "").isupper():
        return False
    for hit in within(reading.hits, place.end, place.end + _COMPOUND_REACH):
        if hit.tag.kind is Kind.OBJECT and hit.tag.value in ("mission", "mandate"):
            between = folded[place.end : hit.start]
            return between.count(b" ") <= 3 and not any(mark in between for mark in (b",", b" of ", b" to ", b"'"))
        if hit.tag.kind is Kind.TRIGGER:
            return False
    return False


_COMPOUND_REACH: Final = 34


def _heads_compound(reading: Reading, hit: TagHit) -> bool:
    """Whether a country stands before the noun of a compound and so tells where: the German *Mali-Einsatz*.

    Abbreviations (*US-Truppen*) tell whose it is instead; an English second part begins small (*France-led*).
    """
    if hit.tag.kind is not Kind.PLACE or hit.end - hit.start <= _LONGEST_ABBREVIATION:
        return False
    return reading.text[hit.end : hit.end + 1] == "-" and reading.text[hit.end + 1 : hit.end + 2].isupper()


_LONGEST_ABBREVIATION: Final = 3


def _outermost(hits: Sequence[TagHit]) -> list[TagHit]:
    """Of hits within hits, the outer ones: `Mali` in `EUTM Mali` and `Süd` in `Südsudan` are not meant."""
    kept: list[TagHit] = []
    end = -1
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if hit.end > end or (kept and hit.start == kept[-1].start and hit.end == kept[-1].end):
            kept.append(hit)
            end = max(end, hit.end)
    return kept


def _coordinated(reading: Reading, hits: Sequence[TagHit]) -> Iterable[list[TagHit]]:
    """Group hits that only a comma or a conjunction parts: *Germany, Italy and the Netherlands*."""
    group: list[TagHit] = []
    for hit in hits:
        if group:
            between = reading.folded[group[-1].end : hit.start].replace(b",", b" ").split()
            if len(between) <= 2 and all(word in reading.lexicon.joiners for word in between):
                group.append(hit)
                continue
            yield group
        group = [hit]
    if group:
        yield group


def _alike(group: Sequence[TagHit]) -> bool:
    """Whether all of a group are of one kind, so that they share one role."""
    return len({hit.tag.kind for hit in group}) == 1


_ADJECTIVAL: Final = 1000
"""What puts a place told by an adjective (*à la frontière malienne*) behind those told by their names."""


def places_in(reading: Reading, hits: Sequence[TagHit], actors: Sequence[str], trigger: Trigger | None) -> list[str]:
    """The countries and regions that a preposition of place governs, and towns, the nearest to the trigger first."""
    names = _outermost([hit for hit in hits if hit.tag.kind in _LOCATING])
    governed, towns = [], []
    for group in _coordinated(reading, names):
        located = _located(reading, group[0])
        for hit in group:
            if located:
                governed.append((abs(hit.start - trigger.start) if trigger else hit.start, hit.tag.value))
            elif hit.tag.kind is Kind.SITE:
                towns.append(hit.tag.value)
    governed += [
        (_ADJECTIVAL + (abs(hit.start - trigger.start) if trigger else hit.start), hit.tag.value)
        for hit in hits
        if hit.tag.kind is Kind.ADJECTIVE
        and hit.tag.value not in ORGANISATIONS
        and (of_ground(hits, hit) or trained(reading, hits, hit))
    ]
    codes = [code for _, code in sorted(governed)] + towns
    return list(dict.fromkeys(code for code in codes if code not in actors))


def bare_places(reading: Reading, hits: Sequence[TagHit], actors: Sequence[str]) -> list[str]:
    """The countries that stand without a preposition and do not act: what somebody *leaves*."""
    found = []
    for hit in _outermost([hit for hit in hits if hit.tag.kind in (Kind.PLACE, Kind.SEAT)]):
        words = reading.words_before(hit.start, 1)
        skipped = words and (words[0] in reading.lexicon.agentive or words[0] in reading.lexicon.oblique)
        if hit.tag.value not in actors and not skipped and not _located(reading, hit):
            found.append(hit.tag.value)
    return list(dict.fromkeys(found))


def focus_of(reading: Reading) -> Focus:
    """What the article is about: names weighed by how early they stand."""
    actors: Counter[str] = Counter()
    places: Counter[str] = Counter()
    missions: Counter[str] = Counter()
    for sentence in reading.sentences:
        weight = 6.0 if sentence.index == 0 else 3.0 if sentence.paragraph <= 1 else 1.0
        for hit in _outermost(sentence.hits_of_names()):
            if hit.tag.kind is Kind.MISSION:
                missions[hit.tag.value] += int(weight * 10)
            elif hit.tag.kind in _LOCATING and (_located(reading, hit) or hit.tag.kind is Kind.SITE):
                places[hit.tag.value] += int(weight * 10)
            elif hit.tag.kind is Kind.PLACE:
                places[hit.tag.value] += int(weight * 4)
                actors[hit.tag.value] += int(weight * 6)
            elif hit.tag.kind in (Kind.ADJECTIVE, Kind.PEOPLE):
                actors[hit.tag.value] += int(weight * 7)
                places[hit.tag.value] += int(weight * 2)
            else:
                actors[hit.tag.value] += int(weight * 6)
    return Focus(_ranked(actors), _ranked(places), _ranked(missions))


def _ranked(counter: Counter[str]) -> tuple[str, ...]:
    return tuple(code for code, _ in counter.most_common())
