"""The sentences that each rule must and must not read (`tests/extraction/rules`), as labelled articles."""

from collections.abc import Iterator
from typing import Final

from tests.extraction.rules.rows import LANGUAGES, rows
from tests.training.labels import Label, Labelled
from worker.missions.register import Register


def sentences(register: Register) -> Iterator[Labelled]:
    """The rows of all languages."""
    for language in LANGUAGES:
        for row in rows(language):
            yield Labelled(
                id=f"rule-{language}-{row.line}",
                language=language,
                published=row.published,
                title=None,
                body=row.text,
                expect=tuple(_label(register, it) for it in sorted(row.reported)),
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
_UNTOLD: Final[Label] = {"mission": None, "occurred": None, "effective": None, "relocated_to": None, "reasons": []}
"""What the rows do not label."""
