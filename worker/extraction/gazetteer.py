"""The words for places and organisations in a language: names, adjectives, people, seats of government, and towns.

The data are the tables `lexicon/places.<language>.tsv`, one row a code, cells parted by "; " and written with
brace expansion: `französisch{,e,en,er,es,em}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Final, Self

from worker.missions.braces import expand

_MASK: Final = "-"
_HEADER: Final = "code\tnames\tadjectives\tpeople\tseats\tplaces"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNames:
    """All words for one code, in every inflected form.

    `code` is an ISO 3166-1 alpha-2 code, `XK`, an organisation or a region of the domain. `names` are its own names
    (`Frankrijk`, `VS`), `adjectives` the forms that qualify its troops (`Franse`), `people` the nouns for those who
    belong to it (`Fransen`), `seats` the capitals and palaces that stand for its government (`Parijs`), `places` the
    towns, bases and provinces that lie in it and stand for nothing else (`Gao`).

    Letter case is that of the word in running text, and counts: what begins with a capital is to be found only so
    (`Polish`, `Jordan`, `Fins`), and what is all capitals only so (`US`, `VS`); what begins small (`français`)
    may also begin a sentence.
    """

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    seats: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """All of them, names first."""
        return self.names + self.adjectives + self.people + self.seats + self.places


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The place names of one language.

    `masks` are phrases that contain a place name and mean no such place ("Indische Oceaan", "Agence
    France-Presse"): the longest match wins, and a mask says that nothing is there.
    """

    by_code: Mapping[str, PlaceNames]
    masks: tuple[str, ...]

    @classmethod
    def load(cls, language: str) -> Self:
        """Read the table of a language (`nl`, `fr`, `en`, `de`). Raises FileNotFoundError where there is none."""
        table = resources.files(__package__).joinpath("lexicon", f"places.{language}.tsv")
        return cls.parse(table.read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a table. Raises ValueError where its header or a row has another form, or a code stands twice."""
        header, *lines = text.splitlines()
        if header != _HEADER:
            raise ValueError(f"not a table of places: {header!r}")
        entries = [_entry(line) for line in lines]
        by_code = {entry.code: entry for entry in entries}
        if len(by_code) != len(entries):
            raise ValueError("a code stands twice in the table of places")
        mask = by_code.pop(_MASK, None)
        return cls(MappingProxyType(by_code), mask.names if mask else ())


def _entry(line: str) -> PlaceNames:
    code, *cells = line.split("\t")
    names, adjectives, people, seats, places = (
        tuple(phrase for written in cell.split("; ") if written for phrase in expand(written)) for cell in cells
    )
    return PlaceNames(code=code, names=names, adjectives=adjectives, people=people, seats=seats, places=places)
