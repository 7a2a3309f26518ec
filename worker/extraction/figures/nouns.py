"""Figures whose noun stands with them: "4300 Franse militairen", "600 of the 1,200 soldiers", "a force of 5,000"."""

from dataclasses import replace
from itertools import islice, pairwise
from typing import Final, NamedTuple

from worker.extraction.figures import cues
from worker.extraction.figures.figure import Figure
from worker.extraction.figures.lexicon import Lexicon
from worker.extraction.figures.numbers import Number, words_ending
from worker.extraction.figures.words import Span, leftwards, rightwards
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
    spans = list(islice(leftwards(reader.folded, begin), _ADJECTIVES + 3))
    for index, span in enumerate(spans):
        if _qualifies(spans, index, lexicon):
            continue
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


def _qualifies(spans: list[Span], index: int, lexicon: Lexicon) -> bool:
    """Whether a word belongs to a qualifier after the number: 1,200 `or so` soldiers."""
    pairs = (spans[index : index + 2], spans[max(0, index - 1) : index + 1])
    return any(tuple(span.word for span in reversed(pair)) in lexicon.qualifiers_after for pair in pairs)


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
    qualifier = ahead.qualifier or cues.after(folded, number.end, lexicon).qualifier or behind.qualifier
    lower = _lower_end(reader, number, ahead.rest)
    if lower is not None:
        ahead = cues.before(folded, lower.start, lexicon)
    excluded = cues.exclusion(folded, ahead.rest, found.between, unit.end, lexicon)
    if behind.per and excluded is None:
        excluded = "rate", (unit.end, unit.end)
    if number.plain and 1900 <= number.value < 2100 and qualifier is None and _after_year_word(ahead.rest, lexicon):
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
    part = _part(reader, made, ahead)
    return [made] if part is None else [part, made]


def _part(reader: Reader, whole_: Figure, ahead: cues.Before) -> Figure | None:
    """The figure that is a part of a counted noun: 600 in "600 of the 1,200 soldiers"."""
    number = _number_before_of(reader, whole_.start if ahead.qualifier is None else ahead.start)
    if number is None or number.value >= whole_.count:
        return None
    words = cues.before(reader.folded, number.start, reader.lexicon)
    excluded = cues.exclusion(reader.folded, words.rest, [], whole_.unit_end, reader.lexicon)
    return replace(
        whole_,
        start=number.start,
        end=number.end,
        count=number.value,
        upper=None,
        qualifier=_qualifier(words.qualifier, number),
        elliptic=True,
        partitive=True,
        extra=words.extra,
        excluded=None if excluded is None else excluded[0],
        cue=None if excluded is None else excluded[1],
    )


def _number_before_of(reader: Reader, start: int) -> Number | None:
    """The number before "of" and its articles."""
    lexicon = reader.lexicon
    spans = list(islice(leftwards(reader.folded, start), 4))
    for word, further in pairwise(spans):
        number = reader.number_ending(further) if word.word in lexicon.of else None
        if number is not None or word.word not in lexicon.passed_over:
            return number
    return None


def _qualifier(qualifier: Qualifier | None, number: Number) -> Qualifier:
    return qualifier or (Qualifier.ABOUT if number.rough else Qualifier.EXACT)


def _after_year_word(rest: list[Span], lexicon: Lexicon) -> bool:
    return bool(rest) and rest[0].word in lexicon.years


def _lower_end(reader: Reader, number: Number, rest: list[Span]) -> Number | None:
    """The lower end of a range that a number ends: "300 to 400", "5 à 6.000"."""
    lexicon = reader.lexicon
    if reader.folded[number.start - 1 : number.start] == b"-":
        lower = reader.digits.get(number.start - 1)
        return _scaled(lower, number)
    if len(rest) < 2 or rest[0].word not in lexicon.range_joins:
        return None
    lower = reader.number_ending(rest[1])
    if lower is None:
        return None
    outer = next(leftwards(reader.folded, lower.start), None)
    outer_word = b"" if outer is None else outer.word
    between = outer_word in lexicon.between
    if outer_word in lexicon.origin or (rest[0].word in lexicon.links and not between):
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
    words = list(islice(rightwards(folded, unit.end), 6))
    if not words or words[0].word not in lexicon.of:
        return None
    for span in words[1:]:
        number = reader.digits.get(span.end) or _starting(reader, span)
        if number is not None:
            following = next(rightwards(folded, number.end), None)
            if following is not None and following.word in lexicon.measures:
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
        if span.word not in lexicon.passed_over and not any(span.word in phrase for phrase in lexicon.qualifiers):
            return None
    return None


def _starting(reader: Reader, span: Span) -> Number | None:
    """A number in digits that begins with a word: rightwards, "5,000" is cut at its comma."""
    return next((number for number in reader.digits.values() if number.start == span.start), None)
