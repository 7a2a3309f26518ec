"""Loading the lexicon of a language: its TOML files and the register's names, made into one phrase book."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from worker.extraction.figures import FigureFinder
from worker.extraction.gazetteer import Gazetteer
from worker.extraction.lexicon.paradigms import PARADIGMS, Form
from worker.extraction.lexicon.tags import Kind, Tag
from worker.extraction.text.fold import fold
from worker.extraction.text.phrases import PhraseBook
from worker.extraction.when import DateFinder
from worker.missions.register import Mission, Register, case_sensitive

LANGUAGES: Final = ("nl", "fr", "en", "de")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the rules know of one language."""

    language: str
    book: PhraseBook[Tag]
    dates: DateFinder
    figures: FigureFinder
    weak_particles: frozenset[str]
    """Particles that are prepositions too: they count as particles only at the end of a clause."""
    locative: frozenset[bytes]
    """Prepositions of place, folded."""
    directional: frozenset[bytes]
    """Prepositions of direction, folded."""
    outward: frozenset[bytes]
    """Prepositions that make of *leave* a deployment (*leave for*), folded."""
    determiners: frozenset[bytes]
    """Articles and the like that may stand between a preposition and its noun, folded."""
    oblique: frozenset[bytes]
    """Prepositions after which a name neither acts nor tells where, folded: *after Spain*, *according to Paris*."""
    agentive: frozenset[bytes]
    """Prepositions of the agent of a passive, folded."""
    inverting: bool
    """Whether a subject may stand behind its finite verb: *gisteren haalde Honduras …*."""
    articles: frozenset[bytes]
    """Articles that stand before names, folded, so that a preposition stands before them: *par la France*."""
    thereto: frozenset[bytes]
    """Pronouns for what somebody takes part in, folded: *y participe*."""
    demonstrative: frozenset[bytes]
    """Demonstratives, folded, that refer to what has been told: *this deployment*."""
    leading: frozenset[bytes]
    """Participles for leading, folded: *a mission led by Kenya* is Kenya's."""
    auxiliary_first: bool
    """Whether an auxiliary stands right before its participle: *a officiellement pris fin*."""
    compounding: bool
    """Whether a place right before a noun for a mission tells where it is: *the Mali mission*."""
    verbal: frozenset[bytes]
    """Words behind which a form that is a noun too is a verb, folded: *to*, auxiliaries, adverbs."""
    anterior: frozenset[bytes]
    """Conjunctions of what came before, folded: *after*, *since*."""
    comparative: frozenset[bytes]
    """What makes a mere comparison of the word for more before it, folded: *more than*."""
    concurrent: frozenset[bytes]
    """Conjunctions of what happens along with the main event, folded: *as*, *while*."""
    definite: frozenset[bytes]
    """Determiners of what is known already, folded: *the*, *its*."""
    interrogative: frozenset[bytes]
    """Words that make a question of the sentence that they begin, folded."""
    prepositions: frozenset[bytes]
    """Prepositions and adverbs that show that a verb before them has no object, folded."""
    genitive: frozenset[bytes]
    """Prepositions after which a name is no subject but part of another phrase, folded: *the training of rebels*."""
    indefinite: frozenset[bytes]
    """Words that mark what is new to the reader, folded: *a*, *another*, *new*."""
    homes: tuple[str, ...]
    """The countries whose outlets write this language, the likeliest first: *the government* is one of theirs."""
    reflexive: Mapping[str, str]
    """The frame that a reflexive pronoun makes of another: *withdraw one's troops*, *withdraw (oneself)*."""
    reflexive_pronouns: frozenset[bytes]
    """The reflexive pronouns of the third person, folded."""
    complement: frozenset[bytes]
    """Prepositions that join to the noun of an event what it happens to, folded; empty where it may stand anywhere."""
    joiners: frozenset[bytes]
    """Words that may stand between coordinated names, folded: conjunctions and articles."""
    vouching: frozenset[bytes]
    """Nouns behind which a name only vouches for what is told, folded: *according to statements of NATO*."""
    adjunct: frozenset[bytes]
    """Prepositions after which the noun of an event only sets the scene, folded: *after the withdrawal*."""


VOID: Final = "void"
"""The frame of idioms that hold a trigger word and report nothing: *on leave*, *left open*."""


class LexiconError(ValueError):
    """Two entries of a lexicon claim the same phrase for different frames, or an entry has no such form."""


def load(language: str, register: Register) -> Lexicon:
    """Load one language. Raises LexiconError where its data contradict themselves."""
    data = read(f"{language}.toml")
    entries = list(_told(language))
    _refuse_conflicts(language, entries)
    entries += _places(language)
    entries += _leaders()
    entries += _missions(register.by_slug.values(), language)
    phrases: dict[str, list[Tag]] = {}
    for phrase, tag in entries:
        tags = phrases.setdefault(phrase, [])
        if tag not in tags:
            tags.append(tag)
    return Lexicon(
        language=language,
        book=PhraseBook(phrases),
        dates=DateFinder(language),
        figures=FigureFinder(language, _people(language)),
        weak_particles=frozenset(data.get("weak_particles", ())),
        locative=_folded(data["function"]["locative"]),
        directional=_folded(data["function"]["directional"]),
        outward=_folded(data["function"]["outward"]),
        determiners=_folded(data["function"]["determiners"]),
        oblique=_folded(data["function"]["oblique"]),
        agentive=_folded(data["function"]["agentive"]),
        anterior=_folded(data["function"].get("anterior", ())),
        comparative=_folded(data["function"].get("comparative", ())),
        concurrent=_folded(data["function"].get("concurrent", ())),
        definite=_folded(data["function"].get("definite", ())),
        interrogative=_folded(data["function"].get("interrogative", ())),
        prepositions=_folded(data["function"].get("prepositions", ())),
        inverting=data.get("inverting", True),
        articles=_folded(data["function"].get("articles", ())),
        thereto=_folded(data["function"].get("thereto", ())),
        demonstrative=_folded(data["function"].get("demonstrative", ())),
        leading=_folded(data["function"].get("leading", ())),
        auxiliary_first=data.get("auxiliary_first", False),
        compounding=data.get("compounding", False),
        verbal=_folded(data["function"].get("verbal", ())),
        genitive=_folded(data["function"].get("genitive", ())),
        indefinite=_folded(data["function"].get("indefinite", ())),
        homes=tuple(data.get("homes", ())),
        reflexive=data.get("reflexive", {}),
        reflexive_pronouns=_folded(data["function"].get("reflexive", ())),
        complement=_folded(data["function"].get("complement", ())),
        joiners=_folded(data["function"]["joiners"]),
        vouching=_folded(data["function"].get("vouching", ())),
        adjunct=_folded(data["function"].get("adjunct", ())),
    )


def triggers(language: str) -> frozenset[str]:
    """Every form that can report a change, without the particle that a split verb still needs; `*` as in a lexicon."""
    told = (phrase for phrase, tag in _told(language) if tag.kind is Kind.TRIGGER and tag.value != VOID)
    return frozenset(phrase.lstrip("=").rstrip("*") for phrase in told)


@cache
def _told(language: str) -> tuple[tuple[str, Tag], ...]:
    """The phrases of a language's own file, which both the lexicon and the gate are made of."""
    return tuple(_words(language, read(f"{language}.toml")))


@cache
def read(name: str) -> dict[str, Any]:
    """Read a data file of the lexicon."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _folded(words: Iterable[str]) -> frozenset[bytes]:
    return frozenset(fold(word) for word in words)


def _words(language: str, data: Mapping[str, Any]) -> Iterator[tuple[str, Tag]]:
    particles = set()
    expand = PARADIGMS[language]
    homographs = frozenset(data.get("homographs", ()))
    for kind, classes in data.get("verbs", {}).items():
        for value, lexemes in classes.items():
            for lexeme in lexemes:
                for form in expand(lexeme):
                    written = form.form
                    if form.text.removeprefix("=") in homographs:
                        if kind != Kind.TRIGGER or written is not Form.PRESENT_OR_INFINITIVE:
                            continue
                        written = Form.HOMOGRAPH
                    yield form.text, Tag(Kind(kind), value, written, form.particle)
                    particles.add(form.particle)
    for form_name, kinds in data.get("forms", {}).items():
        for kind, classes in kinds.items():
            for value, phrases in classes.items():
                for phrase in phrases:
                    yield phrase, Tag(Kind(kind), value, Form(form_name))
    for kind, classes in data.get("words", {}).items():
        for value, phrases in classes.items():
            for phrase in phrases:
                yield phrase, Tag(Kind(kind), value)
    for particle in particles - {""}:
        yield particle, Tag(Kind.PARTICLE, particle)


def _places(language: str) -> Iterator[tuple[str, Tag]]:
    gazetteer = Gazetteer.load(language)
    for code, names in gazetteer.by_code.items():
        organisation = code in ORGANISATIONS
        groups = (
            (Kind.PLACE, names.names),
            (Kind.ADJECTIVE, names.adjectives),
            (Kind.PEOPLE, names.people),
            (Kind.SEAT, names.seats),
            (Kind.SITE, names.places),
        )
        for kind, phrases in groups:
            for phrase in phrases:
                whole = organisation and kind is not Kind.PEOPLE
                tag = Tag(Kind.ORGANISATION if whole else kind, code)
                yield from ((_cased(spelling), tag) for spelling in _spellings(phrase))
    for phrase in gazetteer.masks:
        yield phrase, Tag(Kind.MASK, "")


def _leaders() -> Iterator[tuple[str, Tag]]:
    """Persons in office, by their names."""
    for line in resources.files(__package__).joinpath("leaders.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            names, *office = line.split("\t")
            for name in names.split("/"):
                yield f"^{name}", Tag(Kind.LEADER, " ".join(office))


def _people(language: str) -> Iterator[str]:
    """The nouns for people of a country, which count as forces behind a number."""
    for code, names in Gazetteer.load(language).by_code.items():
        if code not in ORGANISATIONS:
            yield from names.people
            if language == "fr":
                # French writes people as it writes the adjective, with a capital: "250 Ukrainiens".
                yield from names.adjectives


def _cased(phrase: str) -> str:
    """A name in the notation of the phrase book: its letter case counts (see `PlaceNames`)."""
    if phrase.isupper():
        return f"={phrase}"
    return f"^{phrase}" if phrase[0].isupper() else phrase


def _spellings(name: str) -> Iterator[str]:
    """A name, and as it is printed where capitals have no accents (*Epervier*)."""
    yield name
    bare = name.translate(_BARE_CAPITALS)
    if bare != name:
        yield bare


_BARE_CAPITALS: Final = str.maketrans("ÀÂÇÉÈÊËÎÏÔÛÙ", "AACEEEEIIOUU")


def _missions(missions: Iterable[Mission], language: str) -> Iterator[tuple[str, Tag]]:
    for mission in missions:
        for alias in mission.phrases(language):
            tag = Tag(Kind.MISSION, mission.slug)
            for spelling in _spellings(alias):
                yield f"={spelling}" if case_sensitive(alias) else spelling, tag


def _refuse_conflicts(language: str, entries: Iterable[tuple[str, Tag]]) -> None:
    """Refuse a phrase that two frames claim in the same form: order would decide silently between them."""
    claimed: dict[tuple[str, str, str], Tag] = {}
    for phrase, tag in entries:
        if tag.kind is not Kind.TRIGGER:
            continue
        key = (phrase, tag.particle, tag.form or "")
        other = claimed.setdefault(key, tag)
        if other.value != tag.value:
            raise LexiconError(f"{language}: {phrase!r} is claimed by the frames {other.value} and {tag.value}")


ORGANISATIONS: Final = frozenset(
    {"UN", "EU", "NATO", "AFU", "ECOWAS", "SADC", "OSCE", "CSTO", "EAC", "MNJTF", "G5S", "COALITION"}
)
"""The codes of organisations (domain: actors); `COALITION` is a coalition that only its lead or foe names."""
