"""What to call countries, organisations, regions and missions."""

import csv
from functools import cache
from importlib.resources import files

from worker.missions.register import Register
from worker.missions.subject import actor_of


@cache
def places() -> dict[str, str]:
    """The English name of each code of the domain."""
    data = files("worker.extraction.lexicon").joinpath("places.en.tsv").read_text("utf-8")
    return {
        row["code"]: row["names"].split(";")[0].strip() for row in csv.DictReader(data.splitlines(), delimiter="\t")
    }


def name_of(subject: str, mission_name: str | None) -> str:
    """What to call a subject: a mission by its name, a contribution by who makes it, any other by lead and theatre."""
    names, actor = places(), actor_of(subject)
    if "/" in subject and actor is not None:
        return names.get(actor, actor)
    if "@" in subject:
        lead, theatre = subject.split("@", 1)
        return f"{names.get(lead, lead)} in {names.get(theatre, theatre)}"
    return mission_name or subject


class Missions:
    """The register, as far as the page needs it."""

    def __init__(self, register: Register) -> None:
        self._by_slug = register.by_slug

    def kind(self, slug: str | None) -> str | None:
        """What a mission is for; None where the register does not know it."""
        mission = self._by_slug.get(slug or "")
        return mission.kind.value if mission is not None else None

    def name(self, slug: str | None) -> str | None:
        """The name of a mission; its slug where the register does not know it."""
        mission = self._by_slug.get(slug or "")
        return mission.name if mission is not None else slug
