"""What is measured on: a firehose of generated news, 2 % of it relevant, and relevant articles of 3 kB."""

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
_CORPUS: Final = _HERE.parent / "corpus"
_SEED: Final = 2026
_IRRELEVANT_BYTES: Final = 2_500
_RELEVANT_CHARS: Final = 3_000
_SHARE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Firehose:
    """Raw messages as they come: JSON envelopes, in the order of their arrival, relevant ones apart from the others."""

    irrelevant: list[bytes]
    relevant: list[bytes]


def firehose(messages: int = 2_000) -> Firehose:
    """Generate a firehose: irrelevant articles of 2.5 kB in four languages, and relevant ones of the corpus."""
    chance = random.Random(_SEED)
    sentences: dict[str, list[str]] = json.loads((_HERE / "irrelevant.json").read_text("utf-8"))
    news = [article for articles in _labelled().values() for article in articles if article["expect"]]
    relevant = round(messages * _SHARE)
    return Firehose(
        [_irrelevant(chance, language, sentences) for language in chance.choices([*sentences], k=messages - relevant)],
        [
            _envelope(article["title"], article["body"], article["published"])
            for article in chance.sample(news, relevant)
        ],
    )


def relevant() -> list[bytes]:
    """Relevant articles of 3 kB: each labelled article with as many of those that follow it in its language.

    That is denser than news is: all of it is about missions, with a new one every 900 characters.
    """
    made = []
    for articles in _labelled().values():
        for first in range(len(articles)):
            paragraphs: list[str] = []
            for article in articles[first:] + articles[:first]:
                paragraphs += article["body"].split("\n\n")
                if sum(map(len, paragraphs)) >= _RELEVANT_CHARS:
                    break
            body = "\n\n".join(paragraphs)
            cut = body.rfind(" ", 0, _RELEVANT_CHARS)
            made.append(_envelope(articles[first]["title"], body[:cut], articles[first]["published"]))
    return made


def as_labelled() -> list[bytes]:
    """The labelled articles at their own length."""
    return [
        _envelope(article["title"], article["body"], article["published"])
        for articles in _labelled().values()
        for article in articles
    ]


def _labelled() -> dict[str, list[dict[str, str]]]:
    """The labelled articles of the project, by language."""
    return {
        path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for path in sorted(_CORPUS.glob("??.jsonl"))
    }


def _irrelevant(chance: random.Random, language: str, sentences: dict[str, list[str]]) -> bytes:
    known = chance.sample(sentences[language], 4)  # an article has one or two subjects
    words = " ".join(known).split()
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < _IRRELEVANT_BYTES - 200:
        told = [*chance.sample(known, 2), " ".join(chance.sample(words, 18)).capitalize() + "."]
        paragraphs.append(" ".join(told))
    return _envelope(chance.choice(known), "\n\n".join(paragraphs), "2024-05-07")


def _envelope(title: str | None, text: str, published: str) -> bytes:
    article = {"id": "a", "url": "https://news.example/a", "title": title, "text": text, "published_at": published}
    return json.dumps(article, ensure_ascii=False).encode()
