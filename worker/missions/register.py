"""The register: what is known beforehand of the missions that articles write about, and by which names.

The data is `register.json`: JSON, since a TOML of this size takes ten times the whole time allowed for
loading. Its aliases are written with the brace expansion of the shell: `{EU-,}missie in {Mali,Gao}` stands for four.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from types import MappingProxyType
from typing import Final, Self

import msgspec

from worker.missions.braces import expand
from worker.missions.codes import ORGANISATIONS
from worker.missions.dates import PartialDate

_SHORT: Final = 5


class Kind(StrEnum):
    """What a mission is for."""

    AIR = "air"
    COMBAT = "combat"
    DETERRENCE = "deterrence"
    HOMELAND = "homeland"
    NAVAL = "naval"
    OBSERVER = "observer"
    PEACE = "peace"
    POLICE = "police"
    POLITICAL = "political"
    SUPPORT = "support"
    TRAINING = "training"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """One mission of the register.

    `actors` lead it: ISO 3166-1 alpha-2 codes or organisations, not all that ever contributed. `theatre` names
    ISO codes, `XK` or regions, the main one first. `start` is the day on which it was set up or went to work,
    `end` the day of its formal end, None while it runs; both as precise as is certain. `aliases` are the phrases
    by which the press names it, by language (`nl`, `fr`, `en`, `de`, and `*` for all), in the nominative and
    without article: see `case_sensitive` for how they are to be matched. The same phrase may name several
    missions, as "AU mission in Somalia" does: the time of the article tells which. `predecessor` and `successor`
    are the slugs of the missions that this one took over from and handed over to. `multinational` says that
    countries other than its lead take part. `by_name` says that only its names identify it: another mission has
    the same lead and theatre, or it is a national part of a larger one, so "Dutch troops in Iraq" are not it.
    """

    slug: str
    name: str
    kind: Kind
    actors: tuple[str, ...]
    theatre: tuple[str, ...]
    start: PartialDate
    end: PartialDate | None
    aliases: Mapping[str, tuple[str, ...]]
    predecessor: str | None
    successor: str | None
    wikidata: str | None
    multinational: bool
    by_name: bool

    def phrases(self, language: str) -> Iterator[str]:
        """The name, the aliases of all languages, then those of the given one, each once.

        Of a mission that only its names identify, descriptions are left out (*UN observers in Angola*).
        """
        shared = (self.name, *self.aliases.get("*", ()))
        own = self.aliases.get(language, ())
        if self.by_name:
            own = tuple(alias for alias in own if proper(alias))
        return iter(dict.fromkeys((*shared, *own)))


def _expanded(row: tuple[str, ...]) -> tuple[str, ...]:
    """Every phrase that the row stands for, once."""
    return tuple(dict.fromkeys(phrase for written in row for phrase in expand(written)))


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    """A mission as the data file writes it."""

    slug: str
    name: str
    kind: Kind
    actors: tuple[str, ...]
    theatre: tuple[str, ...]
    start: str
    end: str | None = None
    predecessor: str | None = None
    successor: str | None = None
    wikidata: str | None = None
    multinational: bool = False
    by_name: bool = False
    aliases: dict[str, tuple[str, ...]] = {}

    def mission(self) -> Mission:
        """The mission of the domain. Raises ValueError where a date or an alias is malformed."""
        return Mission(
            slug=self.slug,
            name=self.name,
            kind=self.kind,
            actors=self.actors,
            theatre=self.theatre,
            start=PartialDate.parse(self.start),
            end=PartialDate.parse(self.end) if self.end else None,
            aliases=MappingProxyType({language: _expanded(row) for language, row in self.aliases.items()}),
            predecessor=self.predecessor,
            successor=self.successor,
            wikidata=self.wikidata,
            multinational=self.multinational or len(self.actors) > 1 or not ORGANISATIONS.isdisjoint(self.actors),
            by_name=self.by_name,
        )


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """The whole data file: the missions, and the aliases that several fit at the same time."""

    shared: frozenset[str]
    missions: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """All known missions.

    `shared` holds the aliases, case-folded, that fit several missions which run at the same time, such as
    "EU-missie in Mali"; only context can tell them apart. `version` changes whenever the data does.
    """

    by_slug: Mapping[str, Mission]
    shared: frozenset[str]
    version: str

    @classmethod
    def load(cls) -> Self:
        """Read the register of this package. Raises ValueError (msgspec.ValidationError) where it is malformed."""
        return cls.parse(resources.files(__package__).joinpath("register.json").read_bytes())

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a register from the bytes of its data file. Raises ValueError where it is malformed."""
        file = msgspec.json.decode(data, type=_File)
        by_slug = {entry.slug: entry.mission() for entry in file.missions}
        if len(by_slug) != len(file.missions):
            raise ValueError("a slug stands twice in the register")
        version = hashlib.blake2b(data, digest_size=6).hexdigest()
        return cls(MappingProxyType(by_slug), file.shared, version)


_OPERATION: Final = re.compile(
    r"\b(?:operatie|missie|opération|mission|operation|einsatz|op|task force|force|dispositif|détachement)"
    r"\s+[A-ZÀ-Ý]\w",
    re.IGNORECASE,
)
_OFFICIAL: Final = re.compile(r"United Nations |(?:Mission|Force|Bureau|Groupe|Opération|Autorité|Administration) d")
_ACRONYM: Final = re.compile(r"\b[A-Z][A-Z0-9]{2,}\b")


def proper(alias: str) -> bool:
    """Whether an alias is a proper name: of an operation, in full, or an acronym that is not just an organisation's."""
    named = _OPERATION.search(alias)
    if named is not None and named.group()[-2].isupper():
        return True
    if _OFFICIAL.match(alias):
        return True
    return any(acronym not in _OWNERS for acronym in _ACRONYM.findall(alias))


_OWNERS: Final = frozenset(
    {
        *ORGANISATIONS,
        "UNO",
        "NAVO",
        "OTAN",
        "ONU",
        "OVSE",
        "OSZE",
        "CEDEAO",
        "GOS",
        "CEI",
        "CIS",
        "GUS",
        "WEU",
        "UEO",
        "USA",
        "RCA",
        "AES",
    }
)
"""Acronyms of those who have missions, and of where they are: they name none."""


def case_sensitive(alias: str) -> bool:
    """Whether an alias counts only in its own letter case.

    Acronyms of up to five capitals do, for they may be words as well: `AMIS` is a mission, "amis" are friends,
    and so is `ACT`. Everything else is matched without regard to case and accents; where the press writes a short
    acronym as a word ("Kfor", "Finul"), the register has that spelling beside it.
    """
    return len(alias) <= _SHORT and alias.isalpha() and alias.isupper()
