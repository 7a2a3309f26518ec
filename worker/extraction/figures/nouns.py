"""Figures whose noun stands with them: "4300 Franse militairen", "600 of the 1,200 soldiers", "a force of 5,000"."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final, NamedTuple

from worker.extraction.figures import cues, words
from worker.extraction.figures.figure import Figure
from worker.extraction.figures.lexicon import Lexicon
from worker.extraction.figures.numbers import Number, words_ending
from worker.extraction.figures.words import Row, Span, leftwards
from worker.missions.vocabulary import Qualifier

_ADJECTIVES: Final = 5
"""Words between a number and its noun."""
_COMPOUND: Final = 20
"""Letters before the hyphen of a compound like "VN-militairen"."""


class Unit(NamedTuple):
    """A noun of forces in the text."""

    start: int
    end: int
    kind: str


class Reader(NamedTuple):
    """A text with its numbers in digits, by where they end."""

    text: str
    folded: bytes
    lexicon: Lexicon
    digits: dict[int, Number]
    begins: dict[int, Number]
    """The same by where they begin."""

    def number_ending(self, span: Span) -> Number | None:
        """The number that ends with a word, in digits or in words."""
        number = self.digits.get(span.end)
        if number is not None:
            return number
        lexicon = self.lexicon
        if span.word in lexicon.collectives or span.word in lexicon.scales or lexicon.numerals.fullmatch(span.word):
            return words_ending(self.text, self.folded, span.end, lexicon)
        return None


class Counted(NamedTuple):
    """A number with its noun, and the words between them."""

    number: Number
    between: list[Span]
    extra: bool
    partitive: bool


def counted(reader: Reader, unit: Unit) -> Counted | None:
    """The number that a noun is counted by."""
    lexicon = reader.lexicon
    begin = unit.start
    if reader.folded[begin - 1 : begin] == b"-":
        strong = reader.digits.get(begin - 1)
        if strong is not None:
            return Counted(strong, [], extra=False, partitive=False)
        begin = reader.folded.rfind(b" ", max(0, begin - _COMPOUND), begin) + 1 or begin
    between: list[Span] = []
    extra = owned = part = False
    walk = leftwards(reader.folded, begin)
    for span in walk:
        if span.word in lexicon.after_ends and (number := _qualified(reader, span, walk)) is not None:
            return Counted(number, between, extra, partitive=False)
        number = reader.number_ending(span)
        if number is not None:
            if owned and not part:
                return None
            return Counted(number, between, extra, partitive=part and owned)
        word = span.word
        if part or word in lexicon.vague:
            return None
        if word in lexicon.of:
            part = True
        elif word in lexicon.extra:
            extra = True
        elif word in lexicon.stop:
            if owned or word not in lexicon.passed_over:
                return None
            owned = True
        elif owned or len(between) == _ADJECTIVES or _is_noun(reader, span):
            return None
        else:
            between.append(span)
    return None


def _qualified(reader: Reader, last: Span, walk: Iterator[Span]) -> Number | None:
    """The number before a qualifier that stands between it and its noun: 1,200 "or so" soldiers."""
    spans = [last, *islice(walk, 3)]
    for size in range(1, len(spans)):
        number = reader.number_ending(spans[size])
        if number is not None:
            found = reader.lexicon.after.at([span.word for span in spans[:size]][::-1])
            return number if found is not None and found[0] == size else None
    return None


def _is_noun(reader: Reader, span: Span) -> bool:
    """Whether a word is a noun by its capital, in a language that writes them so; "Schweizer" is none."""
    return (
        reader.lexicon.capital_nouns
        and reader.text[span.start].isupper()
        and not span.word.endswith((b"er", b"-"))
        and b"-" not in span.word
    )


def figure(reader: Reader, unit: Unit, found: Counted) -> list[Figure]:
    """The figure that a counted noun makes, and the one that it is a part or the end of."""
    lexicon, folded = reader.lexicon, reader.folded
    number = found.number
    ahead = cues.before(folded, number.start, lexicon)
    behind = cues.after(folded, unit.end, lexicon)
    qualifier = ahead.qualifier or cues.qualifier_after(folded, number.end, lexicon) or behind.qualifier
    lower = _lower_end(reader, number, ahead)
    if lower is not None:
        ahead = cues.before(folded, lower.start, lexicon)
    excluded = cues.exclusion(ahead, found.between, behind, lexicon)
    if behind.per and excluded is None:
        excluded = "rate", (unit.end, unit.end)
    if number.plain and 1900 <= number.value < 2100 and qualifier is None and ahead.next in lexicon.years:
        excluded = "year", (number.start, number.end)
    made = Figure(
        start=number.start if lower is None else lower.start,
        end=number.end,
        count=number.value if lower is None else lower.value,
        upper=None if lower is None else number.value,
        qualifier=Qualifier.ABOUT if lower is not None else _qualifier(qualifier, number),
        unit=unit.kind,
        unit_start=unit.start,
        unit_end=unit.end,
        partitive=found.partitive or ahead.partitive,
        extra=found.extra or ahead.extra or behind.extra,
        per=behind.per,
        excluded=None if excluded is None else excluded[0],
        cue=None if excluded is None else excluded[1],
    )
    part = _part(reader, made, ahead, behind)
    return [made] if part is None else [part, made]


def _part(reader: Reader, whole_: Figure, ahead: cues.Before, behind: cues.After) -> Figure | None:
    """The figure that is a part of a counted noun: 600 in "600 of the 1,200 soldiers"."""
    number = _number_before_of(reader, ahead.all if ahead.qualifier is None else ahead.rest)
    if number is None or number.value >= whole_.count:
        return None
    own = cues.before(reader.folded, number.start, reader.lexicon)
    excluded = cues.exclusion(own, [], behind, reader.lexicon)
    return replace(
        whole_,
        start=number.start,
        end=number.end,
        count=number.value,
        upper=None,
        qualifier=_qualifier(own.qualifier, number),
        elliptic=True,
        partitive=True,
        extra=own.extra,
        excluded=None if excluded is None else excluded[0],
        cue=None if excluded is None else excluded[1],
    )


def _number_before_of(reader: Reader, row: Row) -> Number | None:
    """The number before "of" and its articles."""
    lexicon = reader.lexicon
    for index, word in enumerate(row.words[:3]):
        beyond = index + 1 < len(row.words)
        number = reader.number_ending(row.span(index + 1)) if beyond and word in lexicon.of else None
        if number is not None or word not in lexicon.passed_over:
            return number
    return None


def _qualifier(qualifier: Qualifier | None, number: Number) -> Qualifier:
    return qualifier or (Qualifier.ABOUT if number.rough else Qualifier.EXACT)


def _lower_end(reader: Reader, number: Number, ahead: cues.Before) -> Number | None:
    """The lower end of a range that a number ends: "300 to 400", "5 à 6.000"."""
    lexicon = reader.lexicon
    if reader.folded[number.start - 1 : number.start] == b"-":
        return _scaled(reader.digits.get(number.start - 1), number)
    if ahead.next not in lexicon.range_joins or ahead.understood + 1 >= len(ahead.all.words):
        return None
    lower = reader.number_ending(ahead.all.span(ahead.understood + 1))
    if lower is None:
        return None
    outer = cues.before(reader.folded, lower.start, lexicon).all.words[:1]
    if not lexicon.origin.isdisjoint(outer) or (ahead.next in lexicon.links and lexicon.between.isdisjoint(outer)):
        return None
    return _scaled(lower, number)


def _scaled(lower: Number | None, upper: Number) -> Number | None:
    """The lower end, with the thousands that it shares with the upper one."""
    if lower is None:
        return None
    value = lower.value
    while value < 100 and value * 1000 < upper.value:
        value *= 1000
    return lower._replace(value=value) if value < upper.value else None


def whole(reader: Reader, unit: Unit) -> Figure | None:
    """The figure after a noun of the whole: "a force of 5,000"; None where that number has a noun of its own."""
    lexicon, folded = reader.lexicon, reader.folded
    row = words.after(folded, unit.end, 6)
    if not row.words or row.words[0] not in lexicon.of:
        return None
    for index, word in enumerate(row.words[1:], start=1):
        number = reader.begins.get(row.span(index).start)
        if number is not None:
            if not lexicon.measures.isdisjoint(words.after(folded, number.end, 1).words):
                return None
            ahead = cues.before(folded, number.start, lexicon)
            return Figure(
                start=number.start,
                end=number.end,
                count=number.value,
                qualifier=_qualifier(ahead.qualifier, number),
                unit=unit.kind,
                unit_start=unit.start,
                unit_end=unit.end,
            )
        if word not in lexicon.passed_over and word not in lexicon.qualifying:
            return None
    return None
