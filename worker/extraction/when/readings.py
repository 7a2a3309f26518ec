"""What each pattern of the grammar says: from date words to a mention, or None where they are no date after all."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from worker.extraction.when.context import Context
from worker.extraction.when.lexicon import PICKS
from worker.extraction.when.mention import DateMention, Kind, Part, Relation
from worker.extraction.when.tokens import Token
from worker.extraction.when.values import (
    Afar,
    Ahead,
    Away,
    Calendar,
    Fixed,
    InYear,
    Nothing,
    Pick,
    Season,
    Span,
    Unit,
    Value,
    Weekday,
)
from worker.missions.dates import PartialDate, Precision

Words: TypeAlias = Sequence[Token]
"""The date words that a pattern matched; a handful, so that to look through them is quicker than to index them."""

_OFFSET: Final = {Pick.LAST: -1, Pick.THIS: 0, Pick.NEXT: 1}
_HYPHEN: Final = 45
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _of(words: Words, codes: str) -> Token | None:
    """The first word of one of the classes."""
    for word in words:
        if word.word.code in codes:
            return word
    return None


def _pick(words: Words) -> Pick:
    modifier = _of(words, "PNT")
    return Pick.BARE if modifier is None else PICKS[modifier.word.code]


def _part(words: Words) -> Part | None:
    part = _of(words, "B")
    return None if part is None else part.word.part


def _mention(
    words: Words,
    context: Context,
    kind: Kind,
    value: Value,
    *,
    relation: Relation | None = None,
    part: Part | None = None,
) -> DateMention:
    start, end = words[0].start, words[-1].end
    found = relation if relation is not None else context.relation(start, end)
    return DateMention(
        start=start, end=end, kind=kind, relation=found or Relation.AT, value=value, part=part or _part(words)
    )


def full(words: Words, context: Context) -> DateMention | None:
    """`2011-05-03`, `31.12.2024`."""
    date = words[-1].date
    return None if date is None else _mention(words, context, Kind.ABSOLUTE, Fixed(date))


def _in_year(words: Words, month: int, day: int | None) -> tuple[Kind, Value]:
    """A month, or a day of it, in the year that the other words say."""
    year = _of(words, "Y")
    if year is not None:
        if month == 2 and day == 29 and year.number % 4:
            day = None
        return Kind.ABSOLUTE, Fixed(PartialDate(year.number, month, day))
    pick = _pick(words)
    if _of(words, "A") is not None:
        return Kind.RELATIVE, InYear(month, day, offset=_OFFSET[pick])
    return Kind.RELATIVE, InYear(month, day, pick)


def day(words: Words, context: Context) -> DateMention | None:
    """`31 maart 2022`, `March 31, 2022`, `dinsdag 31 maart`, `3 oktober vorig jaar`."""
    month, number = _of(words, "M"), _of(words, "D")
    if month is None or number is None:
        return None
    last = _DAYS[month.number - 1]
    kind, value = _in_year(words, month.number, number.number if number.number <= last else None)
    return _mention(words, context, kind, value)


def day_of_next(words: Words, context: Context) -> DateMention | None:
    """`3` in "3 to 5 May": the month, its last word, is that of the date that follows."""
    number, name = words[0], words[-1]
    if number.number > _DAYS[name.number - 1]:
        return None
    return _mention(words[:1], context, Kind.RELATIVE, InYear(name.number, number.number))


def month(words: Words, context: Context) -> DateMention | None:
    """`mei 2022`, `eind juni`, `last October`, `octobre dernier`, `in oktober vorig jaar`, `March`."""
    name = _of(words, "M")
    if name is None:
        return None
    relation = context.relation(words[0].start, words[-1].end)
    if len(words) == 1 and (name.word.check == "figure" or (name.word.check == "neighbour" and relation is None)):
        return None
    if name.word.check == "figure" and _of(words, "YD") is None:
        return None
    kind, value = _in_year(words, name.number, None)
    return _mention(words, context, kind, value, relation=relation)


def season(words: Words, context: Context) -> DateMention | None:
    """`zomer 2024`, `last spring`, `l'été prochain`."""
    name = _of(words, "S")
    if name is None:
        return None
    year = _of(words, "Y")
    if year is not None:
        return _mention(words, context, Kind.ABSOLUTE, Season(name.number, year=year.number))
    relation = context.relation(words[0].start, words[-1].end)
    if len(words) == 1 and (relation is None or context.word_after(name.end) in context.lexicon.of):
        return None
    pick = _pick(words)
    of_year = _of(words, "A") is not None
    value = Season(name.number, offset=_OFFSET[pick]) if of_year else Season(name.number, pick)
    return _mention(words, context, Kind.RELATIVE, value, relation=relation)


def weekday(words: Words, context: Context) -> DateMention | None:
    """`dinsdag`, `mardi dernier`, `vorige week dinsdag`, `in de nacht van maandag op dinsdag`."""
    name = [word for word in words if word.word.code == "W"][-1]
    pick = _pick(words)
    in_week = _of(words, "U")
    if in_week is not None and in_week.word.unit is not Unit.WEEK:
        return None
    value = Weekday(name.number, weeks=_OFFSET[pick]) if in_week is not None else Weekday(name.number, pick)
    return _mention(words, context, Kind.DEICTIC, value)


def day_word(words: Words, context: Context) -> DateMention | None:
    """`gisteren`, `tomorrow`."""
    days = words[0].number
    value = Away(Span(abs(days), Unit.DAY), -1 if days < 0 else 1, Precision.DAY)
    return _mention(words, context, Kind.DEICTIC, value)


def holiday(words: Words, context: Context) -> DateMention | None:
    """`Christmas 2021`, `oudejaarsavond`."""
    name = _of(words, "H")
    if name is None:
        return None
    kind, value = _in_year(words, name.number // 100, name.number % 100)
    return _mention(words, context, kind, value)


def period(words: Words, context: Context) -> DateMention | None:
    """`Vorjahr`, `year's end`, `Jahresende 2024`."""
    word = words[0].word
    if len(words) > 1:
        return _mention(words, context, Kind.ABSOLUTE, Fixed(PartialDate(words[-1].number)), part=word.part)
    return _mention(words, context, Kind.RELATIVE, Calendar(word.unit, word.number), part=word.part)


def year(words: Words, context: Context) -> DateMention | None:
    """`in 2013`, `het jaar 2013`, `2006-2010`, `eind 2017`."""
    figure = words[-1]
    if len(words) == 1 and not figure.certain and not context.is_year(figure.start, figure.end):
        return None
    return _mention(words, context, Kind.ABSOLUTE, Fixed(PartialDate(figure.number)))


def _unit(words: Words) -> Token | None:
    return _of(words, "UOA")


def unit(words: Words, context: Context) -> DateMention | None:
    """`vorige week`, `next month`, `l'année dernière`, `eind volgend jaar`; many of them are a stretch."""
    name = _unit(words)
    if name is None:
        return None
    if name.word.plural or name.number != 1:
        return stretch(words, context)
    modifier = _of(words, "PNTG")
    if modifier is None or modifier.word.code == "G" or name.word.unit is Unit.DAY:
        # "That day", "the next day": of the story, not of the article.
        return _mention(words, context, Kind.ANAPHORIC, Nothing())
    value = Calendar(name.word.unit, _OFFSET[PICKS[modifier.word.code]])
    return _mention(words, context, Kind.RELATIVE, value)


def part_of_this(words: Words, context: Context) -> DateMention | None:
    """`the end of the year`, `eind van de maand`: that of publication."""
    name = _unit(words)
    if name is None or name.word.plural or name.word.unit is Unit.DAY:
        return None
    if name.word.code == "A" and _part(words) is Part.BEGIN:
        return _mention(words, context, Kind.RELATIVE, InYear(1, pick=Pick.THIS))
    return _mention(words, context, Kind.RELATIVE, Calendar(name.word.unit, 0))


def _span(words: Words) -> Span:
    """The length that a count and a unit make: two half years are twelve months."""
    whole = _of(words, "V")
    if whole is not None:
        return Span(whole.number, whole.word.unit)
    name, number = _unit(words), _of(words, "C")
    if name is None or number is None or not number.number:
        return Span(None, Unit.DAY if name is None else name.word.unit)
    return Span(number.number * name.number, name.word.unit)


def _duration(words: Words, relation: Relation | None, value: Value | None = None) -> DateMention:
    return DateMention(
        start=words[0].start,
        end=words[-1].end,
        kind=Kind.DURATION,
        relation=relation or Relation.AT,
        value=value or Nothing(),
        span=_span(words),
    )


def stretch(words: Words, context: Context) -> DateMention | None:
    """`de afgelopen twee jaar`, `ces dernières semaines`: a length of time, no date."""
    attachment, _ = context.attachment(words[0].start, words[-1].end)
    relation = {"for": Relation.FOR, "since": Relation.SINCE, "after": Relation.AFTER}.get(attachment or "")
    return _duration(words, relation)


def count(words: Words, context: Context) -> DateMention | None:
    """`drie weken geleden`, `binnen zes maanden`, `for another year`: by the words around it."""
    span = _span(words)
    attachment, end = context.attachment(words[0].start, words[-1].end)
    words = [*words[:-1], words[-1]._replace(end=end)]
    fine = {Unit.DAY: Precision.DAY, Unit.YEAR: Precision.YEAR}.get(span.unit, Precision.MONTH)
    match attachment:
        case "ago":
            return _mention(words, context, Kind.RELATIVE, Away(span, -1, fine), relation=Relation.AT)
        case "later" | "earlier":
            afar = Afar(span, 1 if attachment == "later" else -1)
            return _mention(words, context, Kind.ANAPHORIC, afar, relation=Relation.AT)
        case "within":
            value = Away(span, 1, max(fine, Precision.MONTH))
            return _mention(words, context, Kind.RELATIVE, value, relation=Relation.BY)
        case "ahead":
            return _mention(words, context, Kind.RELATIVE, Away(span, 1, fine), relation=Relation.AT)
        case "perhaps_ahead":
            return _duration(words, Relation.AT, Ahead(span, fine))
        case None:
            # "A six-month mandate" is one for six months.
            return _duration(words, Relation.FOR if context.folded[words[-1].start - 1] == _HYPHEN else None)
        case relation:
            return _duration(words, Relation(relation))
