"""Whose forces a figure counts, and where: every actor and place that the text offers, each with its signs.

The signs of whether a figure is a strength at all begin with `#`, those of its actor with `@`, those of its place with
`&`, so that each kind has weights of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from worker.extraction.binding import Focus, actors_in, places_in
from worker.extraction.figures import Figure
from worker.extraction.lexicon.load import ORGANISATIONS
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence, TagHit
from worker.extraction.reference import Referents, named
from worker.extraction.signs import ages, words_around
from worker.missions.report import ReportedChange
from worker.missions.vocabulary import Scope

_NOUN_PHRASE_REACH: Final = 16
"""How far behind its noun an adjective of nationality may stand, in characters (*soldats français*)."""
_BEFORE: Final = 2
_CARRIED: Final = 1.5
"""From which score on an actor may be meant by a later sentence (see `binding`)."""
_FOCUS: Final = 3
_STEPS: Final = (12, 30, 60, 120)
"""Where classes of distance end, in characters."""


class _Add(Protocol):
    """Takes in codes with their signs."""

    def __call__(self, codes: Iterable[str], *signs: str) -> None:
        """Add some codes."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """What the figures of one article are read against."""

    reading: Reading
    referents: Referents
    focus: Focus
    changes: Sequence[ReportedChange]


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who and where a figure before was found to be of, for those that are told beside it."""

    sentence: int
    actor: str
    place: str


class Attribution:
    """What the text offers for one figure."""

    def __init__(self, table: Table, sentence: Sentence, figure: Figure, last: Attributed | None) -> None:
        self._table = table
        self._reading = table.reading
        self._sentence = sentence
        self._clause: Clause = sentence.clause_at(figure.start)
        self._figure = figure
        self._last = last
        self._end = max(figure.end, figure.unit_end)
        self._start = min(figure.start, figure.unit_start)

    def kept_signs(self) -> list[str]:
        """The signs of whether the figure is a strength."""
        figure, clause, sentence, reading = self._figure, self._clause, self._sentence, self._reading
        signs = [
            "any",
            f"unit={figure.unit}",
            f"qualifier={figure.qualifier}",
            f"excluded={figure.excluded}",
            f"size={len(str(figure.count))}",
            f"clause={clause.introducer}",
            f"rank={min(reading.rank(sentence), 4)}",
            f"changes={min(len(self._table.changes), 3)}",
        ]
        signs += [name for name in ("elliptic", "partitive", "extra", "per") if getattr(figure, name)]
        signs += ["part"] if self._part() else []
        signs += ["range"] if figure.upper is not None else []
        signs += ["title"] if sentence.title else []
        if any(sentence.start <= change.evidence.start < sentence.end for change in self._table.changes):
            signs.append("told_here")
        for hit in clause.hits:
            side = "<" if hit.start < figure.start else ">"
            if hit.tag.kind in _TELLING:
                signs.append(f"{hit.tag.kind}{side}{hit.tag.value}")
            elif hit.tag.kind is Kind.MISSION:
                signs.append(f"mission{side}")
        signs.append(f"np={self._own_kind()}")
        dates = [mention for mention in sentence.dates if clause.covers(mention.start)]
        signs += [f"date={age}" for age in ages(reading, dates)] or ["date=none"]
        signs += words_around(reading, self._start, self._end)
        unit = reading.folded[figure.unit_start : figure.unit_end].decode()
        signs.append(f"{reading.lexicon.language}:({unit})")
        return [f"#{sign}" for sign in dict.fromkeys(signs)]

    def _part(self) -> bool:
        """Whether it is one of several that add up to one before them: *eight soldiers, six in … and two in …*."""
        counts = [figure.count for figure in self._sentence.counts()]
        place = next(index for index, it in enumerate(self._sentence.counts()) if it.start == self._figure.start)
        return any(
            sum(counts[whole + 1 : end]) == counts[whole]
            for whole in range(place)
            for end in range(max(place + 1, whole + 3), len(counts) + 1)
        )

    def _own(self) -> TagHit | None:
        """The nationality in the figure's own noun phrase."""
        for hit in self._clause.hits:
            if hit.tag.kind not in (Kind.ADJECTIVE, Kind.PEOPLE):
                continue
            if self._start <= hit.start <= self._end + _NOUN_PHRASE_REACH and (
                hit.start < self._end or self._joined(hit.start)
            ):
                return hit
        return None

    def _own_kind(self) -> str:
        own = self._own()
        if own is None:
            return "none"
        return "organisation" if own.tag.value in ORGANISATIONS else str(own.tag.kind)

    def _joined(self, start: int) -> bool:
        """Whether only words of one noun phrase part the figure from a word: *two in the French mission* are two."""
        between = self._reading.folded[self._end : start]
        lexicon = self._reading.lexicon
        return b"," not in between and not any(
            word in lexicon.locative or word in lexicon.oblique for word in between.split()
        )

    def actors(self) -> dict[str, list[str]]:
        """Whose forces it may count, with the signs of each."""
        own = self._own()
        also = any(hit.start < self._figure.start for hit in self._clause.of(Kind.FUNCTION, "also"))
        found = self._carried_on(self._offered(own)) if also else self._offered(own)
        hosts = {place for change in self._table.changes for place in change.theatre}
        about = self._subject()
        made = {}
        for code, offered in found.items():
            kind = "organisation" if code in ORGANISATIONS else "state"
            signs = [*offered, kind, f"{about}&{kind}"]
            signs += [f"{about}&{sign}" for sign in offered if sign.startswith(_CROSSED)]
            signs += [f"also&{sign}" for sign in offered if also and sign.startswith(_CARRIED_ON)]
            if code in hosts:
                signs.append("host")
            if own is not None and own.tag.value != code:
                signs.append("not_own")
            made[code] = [f"@{sign}" for sign in dict.fromkeys(signs)]
        return made

    def _offered(self, own: TagHit | None) -> dict[str, list[str]]:
        """The actors that the text around offers, with the signs of where each stands."""
        found: dict[str, list[str]] = {}

        def add(codes: Iterable[str], *signs: str) -> None:
            for code in codes:
                if code != "COALITION":
                    found.setdefault(code, []).extend(signs)

        if own is not None:
            add([own.tag.value], "own", f"own={own.tag.kind}")
        self._named_around(add)
        self._of_missions(add)
        self._in_order(add)
        for number, code in enumerate(self._table.focus.actors[:_FOCUS]):
            add([code], f"focus{number}")
        if self._last is not None:
            apart = self._sentence.index - self._last.sentence
            add([self._last.actor], f"previous{min(apart, 2)}", f"previous{min(apart, 2)}.{self._manner()}")
            if self._part():
                add([self._last.actor], "whole")
        return found

    def _named_around(self, add: _Add) -> None:
        """The actors of the clause, of the other clauses of its sentence, and of the sentences before."""
        sentence, figure, reading = self._sentence, self._figure, self._reading
        for actor in actors_in(reading, self._clause, None):
            side = "<" if actor.start < figure.start else ">"
            signs = [f"clause{side}", f"score{side}{int(actor.score * 2)}", f"near{side}{self._step(actor.start)}"]
            add(actor.codes, *signs, *(["force"] if actor.force else []))
        for other in sentence.clauses:
            if other is not self._clause:
                for actor in actors_in(reading, other, None):
                    side = "<" if actor.start < figure.start else ">"
                    add(actor.codes, f"sentence{side}", f"sentence.score{side}{int(actor.score)}")
        for number, earlier in enumerate(reading.before(sentence, _BEFORE), 1):
            for other in earlier.clauses:
                for actor in actors_in(reading, other, None):
                    if actor.score >= _CARRIED:
                        add(actor.codes, f"before{number}", f"before{number}.{int(actor.score)}")

    def _carried_on(self, found: dict[str, list[str]]) -> dict[str, list[str]]:
        """Those whom *besides* leaves: of the sentence itself, and of the figure in the sentence before."""
        if self._last is None or self._sentence.index != self._last.sentence + 1:
            return found
        return {
            code: signs
            for code, signs in found.items()
            if code == self._last.actor or any(sign.startswith(_IN_SENTENCE) for sign in signs)
        }

    def _in_order(self, add: _Add) -> None:
        """The names of the sentence by how near they stand: what a relative clause is about stands right before it."""
        figure, referents = self._figure, self._table.referents
        names = sorted(self._sentence.hits_of_names(), key=lambda hit: hit.start)
        before = [hit for hit in names if hit.end <= figure.start]
        behind = [hit for hit in names if hit.start >= self._end]
        for side, hits in (("<", before[::-1][:3]), (">", behind[:2])):
            for number, hit in enumerate(hits):
                if hit.tag.kind is Kind.MISSION:
                    codes = referents.by_slug[hit.tag.value].actors[:1]
                else:
                    codes = (hit.tag.value,)
                add(codes, f"name{side}{number}", f"name{side}{number}.{hit.tag.kind}")
        if before:
            first = before[0]
            code = referents.by_slug[first.tag.value].actors[0] if first.tag.kind is Kind.MISSION else first.tag.value
            add([code], "first", f"first.{first.tag.kind}")

    def _subject(self) -> str:
        """What class of noun stands before the figure in its clause: a mission that counts, forces, or nothing."""
        for hit in self._clause.hits[::-1]:
            if hit.end > self._figure.start:
                continue
            if hit.tag.kind is Kind.MISSION:
                return "named"
            if hit.tag.kind is Kind.OBJECT:
                return hit.tag.value
        return "none"

    def _of_missions(self, add: _Add) -> None:
        """The leads of missions that are named around, and those whose changes are told."""
        table, sentence = self._table, self._sentence
        reading, referents = self._reading, table.referents
        before = [hit for hit in self._clause.hits if hit.start < self._figure.start]
        for where, hits in (("clause<", before), ("clause", self._clause.hits), ("sentence", sentence.hits)):
            for slug in named(reading, referents, hits):
                add(referents.by_slug[slug].actors[:1], f"lead.{where}")
        for number, earlier in enumerate(reading.before(sentence, _BEFORE), 1):
            for slug in named(reading, referents, earlier.hits):
                add(referents.by_slug[slug].actors[:1], f"lead.before{number}")
        for slug in table.focus.missions[:1]:
            add(referents.by_slug[slug].actors[:1], "lead.focus")
        for change in table.changes:
            part = "part" if change.scope is Scope.CONTRIBUTION else "whole"
            where = self._told(change)
            add(change.actors[:1], f"change.{where}", f"change.{where}.{part}")

    def _told(self, change: ReportedChange) -> str:
        """Where a change is told, seen from the figure."""
        sentence = self._sentence
        if sentence.start <= change.evidence.start < sentence.end:
            return "here"
        return "before" if change.evidence.start < sentence.start else "after"

    def places(self, actor: str) -> dict[str, list[str]]:
        """Where the forces may be, with the signs of each."""
        found: dict[str, list[str]] = {}
        table, sentence, clause, figure, reading = (
            self._table,
            self._sentence,
            self._clause,
            self._figure,
            self._reading,
        )

        def add(codes: Iterable[str], *signs: str) -> None:
            for code in codes:
                found.setdefault(code, []).extend(signs)

        following = min(
            (other.start for other in sentence.counts() if other.start > figure.start), default=sentence.end
        )
        behind = [hit for hit in clause.hits if hit.start >= figure.start]
        add(places_in(reading, [hit for hit in behind if hit.start < following], (), None)[:1], "next")
        add(places_in(reading, behind, (), None), "clause>")
        add(places_in(reading, [hit for hit in clause.hits if hit.start < figure.start], (), None), "clause<")
        add(places_in(reading, sentence.hits, (), None), "sentence")
        for hit in clause.hits:
            if hit.tag.kind in (Kind.PLACE, Kind.SITE):
                side = "<" if hit.start < figure.start else ">"
                add([hit.tag.value], f"bare{side}{self._step(hit.start)}")
        for number, earlier in enumerate(reading.before(sentence, _BEFORE), 1):
            add(places_in(reading, earlier.hits, (), None), f"before{number}")
        self._theatres(actor, add)
        for number, code in enumerate(table.focus.places[:_FOCUS]):
            add([code], f"focus{number}")
        if self._last is not None:
            apart = min(sentence.index - self._last.sentence, 2)
            same = "same" if self._last.actor == actor else "other"
            add([self._last.place], f"previous{apart}", f"previous{apart}.{same}.{self._manner()}")
        told = self._where_told()
        regions = [code for code in found if len(code) > 2]
        if regions and (told == "region" or any("next" in found[code] for code in regions)):
            # "in the region", "in the Sahel": the text says that it means no single country
            found = {code: signs for code, signs in found.items() if len(code) > 2}
        made = {}
        for code, offered in found.items():
            kind = "region" if len(code) > 2 else "country"
            signs = [*offered, kind, f"{told}&{kind}"]
            signs += [f"{told}&{sign}" for sign in offered if sign.startswith(_CROSSED_PLACE)]
            if code == actor:
                signs.append("home")
            made[code] = [f"&{sign}" for sign in dict.fromkeys(signs)]
        return made

    def _where_told(self) -> str:
        """How the clause says where: *in the region*, by a name, or not at all."""
        if self._clause.has(Kind.FUNCTION, "region"):
            return "region"
        return "named" if any(hit.tag.kind in (Kind.PLACE, Kind.SITE) for hit in self._clause.hits) else "untold"

    def _theatres(self, actor: str, add: _Add) -> None:
        """The theatres of the missions that are named around, and of the changes that are told."""
        table, reading = self._table, self._reading
        for change in table.changes:
            whose = "own" if actor in change.actors else "other"
            for number, place in enumerate(change.theatre):
                add([place], f"change.{self._told(change)}.{whose}.{min(number, 1)}")
            if change.relocated_to is not None:
                add([change.relocated_to], f"goal.{whose}")
        for where, hits in (("clause", self._clause.hits), ("sentence", self._sentence.hits)):
            for slug in named(reading, table.referents, hits):
                self._theatre(slug, actor, where, add)
        for slug in table.focus.missions[:2]:
            self._theatre(slug, actor, "focus", add)
        for number, earlier in enumerate(reading.before(self._sentence, _BEFORE), 1):
            for slug in named(reading, table.referents, earlier.hits):
                self._theatre(slug, actor, f"before{number}", add)

    def _theatre(self, slug: str, actor: str, where: str, add: _Add) -> None:
        mission = self._table.referents.by_slug[slug]
        whose = "own" if actor in mission.actors else "other"
        for number, place in enumerate(mission.theatre[:6]):
            add([place], f"mission.{where}.{whose}.{'first' if not number else 'more'}")

    def _step(self, place: int) -> int:
        """The class of distance between the figure and a place."""
        apart = min(abs(place - self._end), abs(place - self._start))
        return sum(apart >= step for step in _STEPS)

    def _manner(self) -> str:
        """How the figure is told beside another."""
        figure = self._figure
        return "partitive" if figure.partitive else "elliptic" if figure.elliptic else "plain"


_CROSSED: Final = ("lead.", "clause<", "change.", "name<0", "previous")
"""What the signs begin with that weigh otherwise where a mission, and not a country, is said to count so many."""

_CROSSED_PLACE: Final = ("change.", "mission.", "previous", "before", "focus", "next", "clause")
"""The same of places, where the clause names a place, a region or none."""

_IN_SENTENCE: Final = ("clause", "sentence", "own")
_CARRIED_ON: Final = ("previous", "before1", "focus0", "change.before")
"""What words such as *besides* carry on from the sentence before."""

_TELLING: Final = frozenset(
    {Kind.CUE, Kind.FUNCTION, Kind.AUXILIARY, Kind.PARTY, Kind.TRIGGER, Kind.ASPECT, Kind.OBJECT}
)
