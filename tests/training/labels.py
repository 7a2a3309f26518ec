"""Labelled articles: reading them, their raw messages, and what matches a label (the domain's scoring)."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

Label = Mapping[str, Any]
"""A change as a label has it: the fields of `worker.cli.jsonl.CHANGE_FIELDS`, as JSON."""

_LEAVING: Final = {"withdrawal_announced", "withdrawal_started"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article with what an expert says that it reports, as the files under `tests/corpus` have it."""

    id: str
    language: str
    published: str
    title: str | None
    body: str
    expect: tuple[Label, ...]
    background: tuple[Label, ...]
    strengths: tuple[Label, ...]
    dated: bool = False
    """Whether its message must tell the day, and not just the month as plain text does."""
    weight: float = 1.0
    """What it counts for when weights are learned."""

    def raw(self) -> str:
        """The raw message of the article; its shape (plain text, an envelope with text or HTML) follows from its id."""
        shape = 3 if self.dated else zlib.crc32(self.id.encode()) % 5
        if shape < 3:
            head = f"{self.title}\n\n" if self.title else ""
            return f" date {self.published[:7]} {head}{self.body}"
        envelope = {"id": self.id, "title": self.title, "published_at": self.published}
        if shape == 3:
            envelope["text"] = self.body
        else:
            paragraphs = "".join(f"<p>{escape(line)}</p>" for line in self.body.split("\n") if line.strip())
            envelope["html"] = f"<html><body><nav>Home</nav><article>{paragraphs}</article></body></html>"
        return json.dumps(envelope, ensure_ascii=False)


def labelled(paths: Iterable[Path]) -> Iterator[Labelled]:
    """The articles of some JSON lines files, in order."""
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield _article(json.loads(line))


def _article(row: Mapping[str, Any]) -> Labelled:
    return Labelled(
        id=row["id"],
        language=row["lang"],
        published=row["published"],
        title=row["title"],
        body=row["body"],
        expect=tuple(row["expect"]),
        background=tuple(row.get("background", ())),
        strengths=tuple(row.get("strengths", ())),
    )


def same_kind(one: str, other: str) -> bool:
    """Whether two changes count as one: a withdrawal that is announced and one that has begun do."""
    return one == other or {one, other} <= _LEAVING


def matches(found: Label, gold: Label) -> bool:
    """Whether a reported change is the labelled one (domain, "Scoring")."""
    if not same_kind(found["change"], gold["change"]):
        return False
    same_mission = bool(gold["mission"]) and found["mission"] == gold["mission"]
    theatres = set(found["theatre"]) & set(gold["theatre"])
    actors = set(found["actors"]) & set(gold["actors"])
    return bool((theatres or (same_mission and not gold["theatre"])) and (same_mission or actors))
