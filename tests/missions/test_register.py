"""The form of the register's data: what every entry must have, and what no two may share."""

import csv
import datetime as dt
import re
import unicodedata
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import babel
import msgspec
import pytest

from worker.missions.codes import ORGANISATIONS, REGION_COUNTRIES, REGIONS
from worker.missions.dates import PartialDate
from worker.missions.register import Kind, Mission, Register, case_sensitive

LANGUAGES = ("nl", "fr", "en", "de")
COUNTRIES = {c for c in babel.Locale("en").territories if re.fullmatch("[A-Z]{2}", str(c))} - {
    "EU",
    "EZ",
    "UN",
    "ZZ",
}
SHARED = Path(__file__).parents[3] / "shared" / "missions.tsv"


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.fixture(scope="module")
def missions(register: Register) -> list[Mission]:
    return list(register.by_slug.values())


def fold(phrase: str) -> str:
    decomposed = unicodedata.normalize("NFD", phrase.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def span(mission: Mission) -> tuple[dt.date, dt.date]:
    return mission.start.first, mission.end.last if mission.end else dt.date.max


def coincide(one: Mission, other: Mission) -> bool:
    """Whether two missions run at the same time; one may hand over to the other within what the dates leave open."""
    if one.slug == other.predecessor or other.slug == one.predecessor:
        earlier, later = (one, other) if one.slug == other.predecessor else (other, one)
        return earlier.end is None or earlier.end.first > later.start.last
    (start, end), (other_start, other_end) = span(one), span(other)
    return start < other_end and other_start < end


def test_it_knows_at_least_250_missions_in_the_order_of_their_slugs(missions: list[Mission]) -> None:
    slugs = [mission.slug for mission in missions]
    assert len(slugs) >= 250
    assert slugs == sorted(slugs)


def test_slugs_are_lower_case_words_joined_by_hyphens(missions: list[Mission]) -> None:
    assert [m.slug for m in missions if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", m.slug)] == []


def test_actors_are_countries_or_organisations(missions: list[Mission]) -> None:
    assert {a for m in missions for a in m.actors} <= COUNTRIES | ORGANISATIONS
    assert all(m.actors and len(set(m.actors)) == len(m.actors) for m in missions)


def test_theatres_are_countries_or_regions(missions: list[Mission]) -> None:
    assert {t for m in missions for t in m.theatre} <= COUNTRIES | REGIONS
    assert all(m.theatre and len(set(m.theatre)) == len(m.theatre) for m in missions)


def test_regions_consist_of_countries() -> None:
    assert {country for members in REGION_COUNTRIES.values() for country in members} <= COUNTRIES


def test_no_mission_ends_before_it_starts(missions: list[Mission]) -> None:
    assert [m.slug for m in missions if m.end is not None and m.end.last < m.start.first] == []


def test_predecessors_and_successors_name_each_other(register: Register, missions: list[Mission]) -> None:
    for mission in missions:
        if mission.predecessor is not None:
            assert register.by_slug[mission.predecessor].successor == mission.slug
        if mission.successor is not None:
            assert register.by_slug[mission.successor].predecessor == mission.slug


def test_successors_outlive_their_predecessors(register: Register, missions: list[Mission]) -> None:
    pairs = [(m, register.by_slug[m.successor]) for m in missions if m.successor is not None]
    assert [m.slug for m, successor in pairs if m.end is None or span(successor)[1] < m.end.first] == []


def test_every_mission_has_aliases_in_every_language(missions: list[Mission]) -> None:
    assert [(m.slug, lang) for m in missions for lang in LANGUAGES if not m.aliases.get(lang)] == []
    assert {lang for m in missions for lang in m.aliases} == {"*", *LANGUAGES}


def test_aliases_are_clean_phrases(missions: list[Mission]) -> None:
    phrases = [p for m in missions for row in m.aliases.values() for p in row]
    assert [p for p in phrases if p != unicodedata.normalize("NFC", p) or p != " ".join(p.split())] == []
    assert [p for p in phrases if len(p) < 3 or not p[0].isalnum() or "’" in p] == []


def test_short_aliases_are_acronyms_in_capitals_or_names(missions: list[Mission]) -> None:
    """A short lower-case word as an alias would be found in any text."""
    phrases = {p for m in missions for row in m.aliases.values() for p in (m.name, *row)}
    assert [p for p in phrases if len(p) <= 5 and p.islower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_missions_of_one_time_share_no_alias_unless_marked(
    register: Register, missions: list[Mission], language: str
) -> None:
    holders: dict[str, list[Mission]] = defaultdict(list)
    for mission in missions:
        for phrase in {fold(phrase) for phrase in mission.phrases(language)}:
            holders[phrase].append(mission)
    clashes = {
        phrase: f"{one.slug} {other.slug}"
        for phrase, claims in holders.items()
        for one, other in combinations(claims, 2)
        if coincide(one, other) and phrase not in register.shared
    }
    assert clashes == {}


def test_aliases_marked_as_shared_are_shared(register: Register, missions: list[Mission]) -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for mission in missions:
        for row in mission.aliases.values():
            for phrase in row:
                holders[fold(phrase)].add(mission.slug)
    assert [phrase for phrase in register.shared if len(holders[phrase]) < 2] == []


def test_it_agrees_with_the_list_that_the_project_started_from(register: Register) -> None:
    if not SHARED.exists():
        pytest.skip("the list lies outside the repository")
    with SHARED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            mission = register.by_slug[row["slug"]]
            assert (mission.name, mission.kind) == (row["name"], row["kind"])
            assert (",".join(mission.actors), ",".join(mission.theatre)) == (row["actors"], row["theatre"])
            assert str(mission.start.year) == row["from"], mission.slug
            if row["to"] or (mission.end is not None and mission.end.year < 2026):  # some ended after the list was made
                assert str(mission.end.year if mission.end else "") == row["to"], mission.slug


@pytest.mark.parametrize(
    ("language", "phrase", "slug"),
    [
        ("nl", "VN-missie in Zuid-Soedan", "unmiss"),
        ("nl", "EU-trainingsmissie in Mali", "eutm-mali"),
        ("nl", "antipiraterijmissie Atalanta", "atalanta"),
        ("fr", "FINUL", "unifil"),
        ("fr", "MINUAD", "unamid"),
        ("fr", "force Licorne", "licorne"),
        ("fr", "opération Atalante", "atalanta"),
        ("en", "African Union Mission in Somalia", "amisom"),
        ("en", "UN peacekeeping mission in Mali", "minusma"),
        ("en", "EU Training Mission in Somalia", "eutm-somalia"),
        ("de", "EU-Ausbildungsmission in Mali", "eutm-mali"),
        ("de", "UN-Mission im Südsudan", "unmiss"),
    ],
)
def test_it_knows_how_the_press_names_missions(register: Register, language: str, phrase: str, slug: str) -> None:
    assert fold(phrase) in {fold(known) for known in register.by_slug[slug].phrases(language)}


def test_an_entry_is_read_in_full() -> None:
    entry = b"""{"shared": ["un mission"], "missions": [{"slug": "a", "name": "A", "kind": "peace", "actors": ["UN"],
        "theatre": ["ML"], "start": "2013-07", "end": "2023", "successor": "b", "wikidata": "Q1", "by_name": true,
        "aliases": {"en": ["{MISAN,Misan} mission", "MISAN mission", "UN mission"]}}]}"""
    register = Register.parse(entry)
    mission = register.by_slug["a"]
    assert (mission.kind, mission.start, mission.end) == (Kind.PEACE, PartialDate(2013, 7), PartialDate(2023))
    assert (mission.predecessor, mission.successor, mission.wikidata) == (None, "b", "Q1")
    assert (mission.by_name, mission.multinational) == (True, True)
    assert list(mission.phrases("en")) == ["A", "MISAN mission"]  # of those, only the proper name identifies it
    assert list(mission.phrases("nl")) == ["A"]
    assert register.shared == {"un mission"}


def test_missions_of_organisations_and_of_several_countries_are_multinational(register: Register) -> None:
    slugs = ("minusma", "takuba", "inherent-resolve", "serval", "swisscoy")
    assert [register.by_slug[slug].multinational for slug in slugs] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("before", "after"),
    [(b'"peace"', b'"picnic"'), (b'"slug"', b'"slog"'), (b'"2013"', b'"July 2013"'), (b'"name": "A",', b"")],
)
def test_a_malformed_entry_is_an_error(before: bytes, after: bytes) -> None:
    good = (
        b'{"shared": [], "missions": [{"slug": "a", "name": "A", "kind": "peace", "actors": ["UN"], '
        b'"theatre": ["ML"], "start": "2013", "aliases": {}}]}'
    )
    assert Register.parse(good).by_slug.keys() == {"a"}
    with pytest.raises((ValueError, msgspec.ValidationError)):
        Register.parse(good.replace(before, after))


def test_a_slug_that_stands_twice_is_an_error() -> None:
    entry = b'{"slug": "a", "name": "A", "kind": "air", "actors": ["FR"], "theatre": ["ML"], "start": "2013"}'
    with pytest.raises(ValueError, match="twice"):
        Register.parse(b'{"shared": [], "missions": [' + entry + b"," + entry + b"]}")


def test_the_version_follows_the_data() -> None:
    empty = Register.parse(b'{"shared": [], "missions": []}')
    assert empty.version == Register.parse(b'{"shared": [], "missions": []}').version
    assert empty.version != Register.parse(b'{"shared": ["x"], "missions": []}').version


@pytest.mark.parametrize(
    ("alias", "expected"),
    [("AMIS", True), ("ISF", True), ("Finul", False), ("MINUSMA", False), ("G5S", False), ("EU NAVFOR", False)],
)
def test_short_acronyms_keep_their_case(alias: str, *, expected: bool) -> None:
    assert case_sensitive(alias) is expected
