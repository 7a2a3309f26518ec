"""What became of each article of the demo, gathered from the topics."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.demo.service import Record
from worker.articles.decode import decode

HEADLINE_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Outcome:
    """One article: its headline and origin, its events, and what else became of it."""

    headline: str
    origin: str
    events: Sequence[Record]
    remark: str


def outcomes(
    files: Sequence[Path], *, events: Sequence[Record], observations: Sequence[Record], dead_letters: Sequence[Record]
) -> list[Outcome]:
    """Match the articles with the records that came of them.

    Args:
        files: the articles as they were sent.
        events: the values of `missions.status-changed`; they name their article.
        observations: the values of `missions.observations`; so do these.
        dead_letters: the records of `articles.dead-letter`; they keep their article's key, the name of its file.
    """
    return [
        _of_dead_letter(file, letter) if letter else _of_article(file, events, observations)
        for file in files
        for letter in [next((each for each in dead_letters if each["key"] == file.name), None)]
    ]


def _of_dead_letter(file: Path, letter: Record) -> Outcome:
    headers = letter["headers"]
    remark = f"dead letter, {headers['__mission-worker.reason']}: {headers['__streams.errors.message']}"
    return Outcome(file.name, "could not be read", (), remark)


def _of_article(file: Path, events: Sequence[Record], observations: Sequence[Record]) -> Outcome:
    # An article that has no date of its own is dated by its record, which was made just now.
    article = decode(file.read_bytes(), timestamp_ms=int(time.time() * 1_000))
    own = [event for event in events if event["source"]["article"] == article.id]
    observed = [each for each in observations if each["source"]["article"] == article.id]
    language = observed[0]["source"]["language"] if observed else article.language
    origin = " · ".join(each for each in (language, str(article.published), file.name) if each)
    return Outcome(article.title or _beginning(article.text), origin, own, _remark(len(observed), len(own)))


def _remark(observed: int, published: int) -> str:
    if not observed:
        return "reports no change of a mission"
    if not published:
        return "reports what is known already: one more source"
    return f"and {observed - published} more that are known already or recalled" if observed > published else ""


def _beginning(text: str) -> str:
    """Return the first sentence, shortened where it is long."""
    line = " ".join(text.split())
    sentence = line.split(". ", 1)[0]
    return sentence if len(sentence) <= HEADLINE_LENGTH else f"{sentence[:HEADLINE_LENGTH].rsplit(' ', 1)[0]} …"
