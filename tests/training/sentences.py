"""The sentences that each rule must and must not read (`tests/extraction/rules`), as labelled articles."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.training.labels import Label, Labelled
from worker.missions.register import Register

RULES = Path(__file__).parents[1] / "extraction" / "rules"


def sentences(register: Register) -> Iterator[Labelled]:
    """The rows of all languages: date, what is reported of which subject (or `-`), text."""
    for path in sorted(RULES.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            published, reported, text = line.split(" | ", 2)
            yield Labelled(
                id=f"rule-{path.stem}-{number}",
                language=path.stem,
                published=published,
                title=None,
                body=text.replace("\\n", "\n"),
                expect=() if reported == "-" else tuple(_label(register, it) for it in reported.split(", ")),
                background=(),
                strengths=(),
                dated=True,
                weight=_WEIGHT,
            )


def _label(register: Register, told: str) -> Label:
    """`ended minusma/DE`, `started KE@CD` as a label."""
    change, subject = told.split(" ", 1)
    if "@" in subject:
        actors, theatre = subject.split("@")
        return {**_UNTOLD, "change": change, "actors": actors.split("+"), "theatre": [theatre], "scope": "mission"}
    slug, _, actors = subject.partition("/")
    mission = register.by_slug[slug]
    return {
        **_UNTOLD,
        "change": change,
        "mission": slug,
        "actors": actors.split("+") if actors else list(mission.actors),
        "theatre": list(mission.theatre),
        "scope": "contribution" if actors else "mission",
    }


_WEIGHT: Final = 3.0
"""A sentence shows one wording alone, and must be read: it counts for more than an article does."""
_UNTOLD: Final = {"mission": None, "occurred": None, "effective": None, "relocated_to": None, "reasons": []}
"""What the rows do not label."""
