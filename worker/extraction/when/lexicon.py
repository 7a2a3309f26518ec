"""The date words of one language, from its data file."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from worker.extraction.text.fold import fold
from worker.extraction.text.phrases import PhraseBook
from worker.extraction.when.mention import Part, Relation
from worker.extraction.when.spans import Unit
from worker.extraction.when.values import Pick

SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The month in which each season begins (meteorological, northern hemisphere, as the press of our languages has it)."""


class Word(NamedTuple):
    """What a date word is: `code` is its class, a letter that the grammar's patterns are written in.

    M month, W weekday, S season, H holiday (month * 100 + day), U day or week, O month and A year as units, V a count
    with its unit, X day word (days from today), K a whole month or year ("Vorjahr") or its part ("year's end"), B part
    of a month or year, P previous, N next, T this, G following, R recent, C count, I nothing: what only looks like a
    date.
    """

    code: str
    number: int = 0
    unit: Unit = Unit.DAY
    part: Part | None = None
    plural: bool = False
    check: str = ""
    """`neighbour`: only with a day, year, modifier or preposition beside it; `figure`: only with a day or year;
    `lower`: only without a capital."""


PICKS: Final = {"P": Pick.LAST, "N": Pick.NEXT, "T": Pick.THIS}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the date grammar knows of one language; its words are folded."""

    book: PhraseBook[Word]
    before: dict[bytes, Word]
    """Words looked up right before a unit, month, weekday or season: counts and demonstratives."""
    fillers: frozenset[bytes]
    """Words that may stand between a count and its unit, or a preposition and a count."""
    determiners: frozenset[bytes]
    """Words that may stand between a preposition and its date."""
    roughly: frozenset[bytes]
    """Phrases that may stand between a preposition and a count: depuis `plus d'` un an."""
    rough_ends: frozenset[bytes]
    """Their last words."""
    ago: frozenset[bytes]
    """Words right after a span that make it "ago"."""
    later: frozenset[bytes]
    """Words right after a span that count it from another event."""
    earlier: frozenset[bytes]
    """Words right after a span that count it back from another event."""
    joins: dict[bytes, str]
    """What may stand between two date words and what sign it is in a chain: "" a plain join, `&` and, `;` and with a
    preposition of its own, `-` to, `,` comma, `o` the night from one day to the next."""
    dates: dict[bytes, Relation]
    """What the words before a date say of it."""
    of: frozenset[bytes]
    """Words that make a season something else: the fall `of` Kabul."""
    not_before: frozenset[bytes]
    """Prepositions that a negation turns from a deadline into its opposite: "not before March"."""
    negations: frozenset[bytes]
    spans: dict[bytes, str]
    """What the words before a span say of it: a relation, or `ago`, `within`, `ahead`."""
    strong: frozenset[bytes]
    """Words after which four digits are a year."""
    weak: frozenset[bytes]
    """Words after which four digits are a year unless they are a round number."""
    onwards: dict[bytes, tuple[bytes, ...]]
    """Words right after a date that make it a beginning, each with the prepositions that it goes with."""
    night: frozenset[bytes]
    """Words that make one night of two weekdays."""
    ordinals: tuple[bytes, ...]
    """What may be stuck to a day's number."""
    month_first: bool
    capital: bool
    """Whether names of months have a capital."""
    bare_years: bool
    """Whether a year stands without preposition (German)."""


def words_of(folded: bytes) -> list[bytes]:
    """Split a folded stretch into words; what is elided before an apostrophe is a word."""
    return folded.replace(b"'", b"' ").split()


@cache
def load(language: str) -> Lexicon:
    """Read the data of a language, one of nl, fr, en, de. Raises FileNotFoundError for any other."""
    path = resources.files("worker.extraction").joinpath("lexicon", f"dates.{language}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    phrases: dict[str, list[Word]] = {}
    for phrase, word in _phrases(data):
        phrases.setdefault(phrase, []).append(word)
    counts: dict[str, int] = data["counts"]
    before = {fold(text): Word("C", number) for text, number in counts.items()}
    before |= {fold(text): Word("T") for text in data["modifiers"]["this"]}
    joins = {fold(text): sign for sign, texts in data["joins"].items() for text in texts}
    return Lexicon(
        book=PhraseBook(phrases),
        before=before,
        fillers=_set(data["fillers"]),
        determiners=_set(data["determiners"]),
        roughly=frozenset(_key(text) for text in data["roughly"]),
        rough_ends=frozenset(_key(text).split()[-1] for text in data["roughly"]),
        ago=_set(data["after_spans"]["ago"]),
        later=_set(data["after_spans"]["later"]),
        earlier=_set(data["after_spans"]["earlier"]),
        joins={join: "" if sign == "plain" else sign for join, sign in joins.items()},
        dates={_key(text): Relation(name) for name, texts in data["relations"].items() for text in texts},
        of=_set(data["of"]),
        not_before=_set(data["not_before"]["prepositions"]),
        negations=_set(data["not_before"]["negations"]),
        spans={_key(text): name for name, texts in data["spans"].items() for text in texts},
        strong=_set(data["years"]["strong"]),
        weak=_set(data["years"]["weak"]),
        onwards={fold(text): tuple(_set(words)) for text, words in data["onwards"].items()},
        night=_set(data["night"]),
        ordinals=tuple(sorted(_set(data["ordinals"]), key=len, reverse=True)),
        month_first=data["month_first"],
        capital=data["capital"],
        bare_years=data["years"]["bare"],
    )


def _set(texts: Iterable[str]) -> frozenset[bytes]:
    return frozenset(fold(text) for text in texts)


def _key(text: str) -> bytes:
    return b" ".join(words_of(fold(text)))


def _phrases(data: dict[str, Any]) -> Iterator[tuple[str, Word]]:
    """Every phrase of the data file that anchors a date, with its meaning."""
    checks = {text: check for check, texts in data["checks"].items() for text in texts}

    def word(text: str, code: str, **fields: Any) -> tuple[str, Word]:
        return text, Word(code, check=checks.get(text, ""), **fields)

    for number, names in enumerate(data["months"], start=1):
        yield from (word(name, "M", number=number) for name in names)
    for number, names in enumerate(data["months_short"]["names"], start=1):
        yield from ((name, Word("M", number=number, check="figure")) for name in names.split("|") if name)
    for number, names in enumerate(data["weekdays"]):
        for name in names:
            yield word(name, "W", number=number)
            yield from (word(name + part, "W", number=number) for part in data["day_parts"])
    for plural, table in ((False, data["units"]), (True, data["units_plural"])):
        for unit, names in table.items():
            for name in names:
                text, _, factor = name.partition("*")
                code = {Unit.YEAR: "A", Unit.MONTH: "O"}.get(Unit(unit), "U")
                yield word(text, code, unit=Unit(unit), number=int(factor or 1), plural=plural)
    for name, (count, unit) in data["whole_spans"].items():
        yield word(name, "V", unit=Unit(unit), number=count)
    for season, names in data["seasons"].items():
        yield from (word(name, "S", number=SEASONS[season]) for name in names)
    for name, date in data["holidays"].items():
        month, _, day = date.partition("-")
        yield word(name, "H", number=int(month) * 100 + int(day))
    for name, days in data["days"].items():
        yield word(name, "X", number=days)
    for name, (unit, offset, part) in data["periods"].items():
        yield word(name, "K", unit=Unit(unit), number=offset, part=Part(part) if part else None)
    for part, names in data["parts"].items():
        yield from (word(name, "B", part=Part(part)) for name in names)
    for code, key in (("P", "previous"), ("N", "next"), ("G", "following"), ("R", "recent")):
        yield from (word(name, code) for name in data["modifiers"][key])
    yield from ((name, Word("I")) for name in data["nothing"])
