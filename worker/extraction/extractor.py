"""The reading of an article, start to end."""

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from typing import Final, Self

from worker.articles.article import Article
from worker.extraction.attribution import Table
from worker.extraction.binding import focus_of
from worker.extraction.decision import decide
from worker.extraction.gate import Gate
from worker.extraction.layout import laid_out
from worker.extraction.lexicon.load import LANGUAGES, Lexicon, load
from worker.extraction.model import Model
from worker.extraction.options import readings
from worker.extraction.reference import Referents
from worker.extraction.strengths import strengths_of
from worker.extraction.text.language import identify
from worker.extraction.topic import off_topic
from worker.missions.register import Register
from worker.missions.report import Extraction


@dataclass(frozen=True, slots=True)
class Extractor:
    """Reads articles: lexicons and register loaded once, then pure and deterministic."""

    lexicons: Mapping[str, Lexicon]
    referents: Referents
    gate: Gate
    model: Model
    version: str

    @classmethod
    def load(cls, register: Register | None = None) -> Self:
        """Load all lexicons, the register, unless another one is given, and the gate."""
        register = register or Register.load()
        with _uncollected():
            return cls(
                lexicons={language: load(language, register) for language in LANGUAGES},
                referents=Referents(register),
                gate=Gate.load(register),
                model=Model.load(),
                version=_version(register),
            )

    def relevant(self, value: bytes) -> bool:
        """Whether a raw message may report a change; a cheap look at its bytes that loses nothing relevant."""
        return self.gate.relevant(value)

    def extract(self, article: Article) -> Extraction:
        """Read an article."""
        language = identify(article.text, article.language)
        if language is None or language not in self.lexicons:
            return Extraction(language=language, skipped="language_unknown")
        reading = laid_out(article, self.lexicons[language])
        topic = off_topic(reading)
        if topic is not None:
            return Extraction(language=language, skipped=f"topic_{topic}")
        focus = focus_of(reading)
        decided = decide(self.model, readings(reading, self.referents, focus))
        return Extraction(
            language=language,
            changes=tuple(decided.changes),
            strengths=tuple(strengths_of(self.model, Table(reading, self.referents, focus, decided.changes))),
            near_misses=tuple(decided.misses),
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from what is loaded once and stays, which halves the time of loading.

    A million objects are made, none of them garbage; frozen, no later collection goes through them again.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if enabled:
            gc.enable()


def _version(register: Register) -> str:
    """A short hash of everything that decides how an article is read: rules, lexicons and register."""
    digest = hashlib.sha256(register.version.encode())
    pending = [resources.files(__package__)]
    while pending:
        folder = pending.pop()
        for entry in sorted(folder.iterdir(), key=lambda path: path.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    pending.append(entry)
            elif entry.name.endswith(_SOURCES):
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()[:12]


_SOURCES: Final = (".py", ".toml", ".tsv", ".json")
