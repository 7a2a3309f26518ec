"""Wars between states: what their armies do there is no mission."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources
from typing import Final


@dataclass(frozen=True, slots=True)
class War:
    """Parties that fight in a theatre, from one year to another; `until` is 9999 while it goes on."""

    parties: frozenset[str]
    theatre: frozenset[str]
    since: int
    until: int


def _load() -> tuple[War, ...]:
    data = tomllib.loads(resources.files(__package__).joinpath("lexicon", "wars.toml").read_text(encoding="utf-8"))
    return tuple(
        War(frozenset(row["parties"]), frozenset(row["theatre"]), row["from"], row.get("to", 9999))
        for row in data["war"]
    )


WARS: Final = _load()
"""The wars of the data file."""


def belligerent(actors: Collection[str], theatre: Collection[str], year: int) -> bool:
    """Whether all actors are parties to a war of that year in one of the places."""
    return bool(actors) and any(
        war.since <= year <= war.until and war.parties.issuperset(actors) and war.theatre.intersection(theatre)
        for war in WARS
    )
