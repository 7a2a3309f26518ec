"""What was found in an article, in the form in which `explain` shows it: each with a label, a line and its grounds."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from worker.cli.render import cell
from worker.missions.report import Evidence, Extraction, NearMiss, ReportedChange, Strength
from worker.missions.vocabulary import Scope


class Kind(StrEnum):
    """The kind of a finding; the order is that of what matters most where several share their words."""

    CHANGE = "change"
    BACKGROUND = "background"
    STRENGTH = "strength"
    NEAR_MISS = "near_miss"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its label in the margin (`C1`), what it says, why (or why not), and the words that it rests on."""

    label: str
    kind: Kind
    headline: str
    grounds: str
    evidence: Evidence


def findings(extraction: Extraction) -> list[Finding]:
    """All findings: changes, troop figures, near misses, each in the order of the text."""
    found = []
    changes = sorted(extraction.changes, key=lambda change: (change.background, _place(change)))
    for number, change in enumerate(changes, 1):
        kind = Kind.BACKGROUND if change.background else Kind.CHANGE
        found.append(Finding(f"C{number}", kind, _change(change), "; ".join(_grounds(change)), change.evidence))
    for number, strength in enumerate(sorted(extraction.strengths, key=_place), 1):
        grounds = _rule(strength)
        found.append(Finding(f"T{number}", Kind.STRENGTH, _strength(strength), grounds, strength.evidence))
    for number, miss in enumerate(sorted(extraction.near_misses, key=_place), 1):
        headline = f"{miss.change.value}: {explained('near_misses', miss.why)}"
        grounds = f"{miss.why}; {_rule(miss)}"
        found.append(Finding(f"N{number}", Kind.NEAR_MISS, headline, grounds, miss.evidence))
    return found


def explained(section: str, code: str) -> str:
    """The words for a code; the code itself, spelled as words, where there are none."""
    return _explanations()[section].get(code) or code.replace("_", " ")


@cache
def _explanations() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("worker.cli").joinpath("explanations.toml").read_text("utf-8"))


def _place(found: ReportedChange | Strength | NearMiss) -> tuple[int, int]:
    return found.evidence.start, found.evidence.end


def _rule(found: ReportedChange | Strength | NearMiss) -> str:
    return f"read by {found.evidence.rule}"


def _change(change: ReportedChange) -> str:
    whole = "" if change.scope is Scope.MISSION else " (contribution)"
    parts = [
        f"{change.change.value}: {change.mission or 'a mission without a name'}{whole}",
        f"{cell(change.actors)} in {cell(change.theatre)}",
        f"on {change.occurred}" if change.occurred.day else f"in {change.occurred}",
    ]
    if change.effective:
        parts.append(f"effective {change.effective}")
    if change.relocated_to:
        parts.append(f"going on in {change.relocated_to}")
    return ", ".join(parts)


def _grounds(change: ReportedChange) -> Iterator[str]:
    if change.reasons:
        yield f"because of {', '.join(change.reasons)}"
    yield change.factuality.value
    yield f"confidence {change.confidence:.2f}"
    yield _rule(change)


def _strength(strength: Strength) -> str:
    exactness = "" if strength.qualifier == "exact" else f"{strength.qualifier.value} "
    when = f", {strength.when}" if strength.when else ""
    return f"{exactness}{strength.count} of {strength.actor} in {strength.place}{when}"
