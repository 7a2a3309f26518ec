"""An article laid out for the rules: its sentences and clauses, each with the phrases found in it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from worker.extraction.figures import Figure
from worker.extraction.lexicon.load import ORGANISATIONS, Lexicon
from worker.extraction.lexicon.tags import Kind, Tag
from worker.extraction.text.phrases import Hit
from worker.extraction.when import DateMention
from worker.missions.dates import PartialDate

if TYPE_CHECKING:
    from worker.extraction.binding import Actor

TagHit = Hit[Tag]

_SPACED: Final = bytes.maketrans(b"'-\"", b"   ")

NAMES: Final = frozenset(
    {Kind.PLACE, Kind.SITE, Kind.SEAT, Kind.ADJECTIVE, Kind.PEOPLE, Kind.ORGANISATION, Kind.BODY, Kind.MISSION}
)
"""The kinds of phrases that name somebody or somewhere."""


class Stretch:
    """A part of the text with the phrases found in it, which rules ask for by kind over and over."""

    __slots__ = ("_by_kind", "_hits")

    _hits: list[TagHit]
    _by_kind: dict[Kind, list[TagHit]] | None

    def __init__(self) -> None:
        self.hits = []

    @property
    def hits(self) -> list[TagHit]:
        """All of them, in the order of the text. Assign to change them: the list itself is not to be changed."""
        return self._hits

    @hits.setter
    def hits(self, hits: list[TagHit]) -> None:
        self._hits = hits
        self._by_kind = None

    def of(self, kind: Kind, *values: str) -> list[TagHit]:
        """The hits of a kind, of the given values if any are given."""
        found = self._indexed().get(kind)
        if not found:
            return []
        return [hit for hit in found if hit.tag.value in values] if values else found

    def has(self, kind: Kind, *values: str) -> bool:
        """Whether there is a hit of a kind (and value)."""
        found = self._indexed().get(kind)
        if not found or not values:
            return bool(found)
        return any(hit.tag.value in values for hit in found)

    def _indexed(self) -> dict[Kind, list[TagHit]]:
        index = self._by_kind
        if index is None:
            index = self._by_kind = {}
            for hit in self._hits:
                index.setdefault(hit.tag.kind, []).append(hit)
        return index


@dataclass(slots=True, eq=False)
class Clause(Stretch):
    """A part of a sentence with at most one predicate, maybe in several pieces around what is inserted in it.

    `introducer` is the class of the word that subordinates it (see `text.clauses`), None for a main clause; `parent`
    is the clause that it depends on; `coordinate` says that a conjunction joins it to the clause before it.
    """

    spans: list[tuple[int, int]]
    sentence: "Sentence"
    introducer: str | None = None
    coordinate: bool = False
    parent: "Clause | None" = None

    def __post_init__(self) -> None:
        Stretch.__init__(self)

    @property
    def start(self) -> int:
        """Where its first piece begins."""
        return self.spans[0][0]

    def covers(self, place: int) -> bool:
        """Whether a place lies in one of its pieces."""
        return any(start <= place < end for start, end in self.spans)

    def piece_end(self, place: int) -> int:
        """The end of the piece that a place lies in, or of the last one."""
        return next((end for start, end in self.spans if start <= place < end), self.spans[-1][1])


@dataclass(slots=True, eq=False)
class Sentence(Stretch):
    """A sentence of the story, in the order of the text; `paragraph` counts from 0, `title` marks a headline.

    `verbless` is one without a finite verb, told in the style of headlines: *Extension of the mandate until August*.
    """

    start: int
    end: int
    index: int
    paragraph: int
    title: bool = False
    quoted: bool = False
    verbless: bool = False
    clauses: list[Clause] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    numbers: list[Figure] = field(default_factory=list)
    """Numbers without a noun, which may be figures as well."""

    def __post_init__(self) -> None:
        Stretch.__init__(self)

    def counts(self) -> list[Figure]:
        """The figures and the numbers without a noun, in their order."""
        if not self.numbers:
            return self.figures
        return sorted([*self.figures, *self.numbers], key=lambda figure: figure.start)

    def hits_of_names(self) -> list[TagHit]:
        """The hits that name a country, an organisation, a mission or a place."""
        return [hit for hit in self.hits if hit.tag.kind in NAMES]

    def clause_at(self, place: int) -> Clause:
        """The clause that a place lies in; the last one for a place behind them all."""
        for clause in self.clauses:
            if clause.covers(place):
                return clause
        return self.clauses[-1]


@dataclass(slots=True, eq=False)
class Reading:
    """One article on the table: what every rule may look at."""

    text: str
    folded: bytes
    published: PartialDate
    lexicon: Lexicon
    sentences: list[Sentence] = field(default_factory=list)
    hits: list[TagHit] = field(default_factory=list)
    named: dict[tuple[TagHit, ...], list[str]] = field(default_factory=dict)
    """Which missions some hits name, once that has been found out (see `reference`)."""
    acting: dict[Clause, list["Actor"]] = field(default_factory=dict)
    """Who acts in a clause apart from any trigger, once that has been found out (see `hypotheses`)."""
    ranks: dict[int, int] = field(default_factory=dict)
    """How many sentences of the story stand before each of them, by their index."""
    joint: frozenset[str] | None = None
    """The organisations that the article names, once they have been looked for."""

    def rank(self, sentence: Sentence) -> int:
        """How many sentences of the story stand before one."""
        if not self.ranks:
            told = (other.index for other in self.sentences if other.hits)
            self.ranks.update({index: rank for rank, index in enumerate(told)})
        return self.ranks.get(sentence.index, len(self.ranks))

    @property
    def told(self) -> int:
        """How many sentences of the story have any phrase of the lexicon."""
        return len(self.ranks)

    def organisations(self) -> frozenset[str]:
        """The organisations and coalitions that the article names."""
        if self.joint is None:
            self.joint = frozenset(
                hit.tag.value
                for sentence in self.sentences
                for kind in (Kind.ORGANISATION, Kind.BODY)
                for hit in sentence.of(kind)
                if hit.tag.value in ORGANISATIONS
            )
            if any(sentence.of(Kind.FUNCTION, "peacekeeper") for sentence in self.sentences):
                self.joint |= {"UN"}  # whose blue helmets they are
        return self.joint

    def before(self, sentence: Sentence, distance: int = 3) -> Iterator[Sentence]:
        """The sentences before one, nearest first."""
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - distance), -1):
            yield self.sentences[index]

    def word_behind(self, place: int) -> bytes:
        """The word right behind a place, or nothing where a mark stands between."""
        words = self.folded[place : place + 24].split(b" ", 2)
        return words[1].strip(b'.,;:"') if len(words) > 1 and not words[0] else b""

    def words_before(self, place: int, count: int) -> list[bytes]:
        """Up to `count` words before a place in the same sentence part, nearest first."""
        words = self.folded[max(0, place - 60) : place].translate(_SPACED).split()
        return words[-1 : -1 - count : -1]


def within(hits: Sequence[TagHit], start: int, end: int) -> list[TagHit]:
    """The hits of a sorted list that lie in a span."""
    first = bisect_left(hits, start, key=lambda hit: hit.start)
    found = []
    for hit in hits[first:]:
        if hit.start >= end:
            break
        if hit.end <= end:
            found.append(hit)
    return found
