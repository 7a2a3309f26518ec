"""Reading articles that lie in files: what `extract` and `explain` share."""

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from worker.articles.article import Article, ArticleError
from worker.articles.decode import decode
from worker.backfill.inputs import files
from worker.missions.report import Extraction

STDIN = "-"
"""The name that stands for standard input."""


class Reader(Protocol):
    """What reads an article: `worker.extraction.Extractor`."""

    def extract(self, article: Article) -> Extraction:
        """Read an article."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """A raw message from a file: its name, its bytes, and the time that dates it where nothing else does.

    `timestamp_ms` is Unix time in milliseconds: when the file was changed last, or now for standard input.
    """

    name: str
    value: bytes
    timestamp_ms: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message was not read: a stable reason, as that of its dead letter would be, and what is wrong in words."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An article and what it reports."""

    article: Article
    extraction: Extraction


def load_reader() -> Reader:
    """The reader of the service, its lexicons and register loaded."""
    from worker.extraction import Extractor  # noqa: PLC0415 - half a second, which `--help` need not wait for

    return Extractor.load()


def messages(paths: Sequence[str]) -> Iterator[Message]:
    """The messages in files, in all files of folders (hidden ones apart), and on standard input (`-`), in order.

    Raises OSError for what cannot be read.
    """
    for name in paths:
        if name == STDIN:
            yield Message(STDIN, sys.stdin.buffer.read(), _now())
            continue
        for file in files(Path(name)):
            yield Message(str(file), file.read_bytes(), int(file.stat().st_mtime * 1000))


def read(reader: Reader, value: bytes, timestamp_ms: int | None) -> Reading | Refusal:
    """Decode and read one message. Never raises: what breaks the reader is its refusal."""
    try:
        article = decode(value, timestamp_ms=timestamp_ms)
        return Reading(article, reader.extract(article))
    except ArticleError as error:
        return Refusal(error.fault.value, str(error))
    except Exception as error:  # noqa: BLE001 - as in the service, one article must not cost the others
        return Refusal("extractor_error", f"{type(error).__name__}: {error}")


def _now() -> int:
    return int(dt.datetime.now(dt.UTC).timestamp() * 1000)
