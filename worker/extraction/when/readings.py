"""What each pattern of the grammar says: from date words to a mention, or None where they are no date after all."""

from typing import Final

from worker.extraction.when import lengths
from worker.extraction.when.context import Context
from worker.extraction.when.distances import Away, Calendar, Nothing
from worker.extraction.when.lexicon import PICKS
from worker.extraction.when.matched import Words, first, mention, part_of, pick_of, unit_of
from worker.extraction.when.mention import DateMention, Kind, Part
from worker.extraction.when.spans import Span, Unit
from worker.extraction.when.values import Fixed, InYear, Pick, Season, Value, Weekday
from worker.missions.dates import PartialDate, Precision

_OFFSET: Final = {Pick.LAST: -1, Pick.THIS: 0, Pick.NEXT: 1}
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def full(words: Words, context: Context) -> DateMention | None:
    """`2011-05-03`, `31.12.2024`."""
    date = words[-1].date
    return None if date is None else mention(words, context, Kind.ABSOLUTE, Fixed(date))


def _in_year(words: Words, month: int, day: int | None) -> tuple[Kind, Value]:
    """A month, or a day of it, in the year that the other words say."""
    year = first(words, "Y")
    if year is not None:
        if month == 2 and day == 29 and year.number % 4:
            day = None
        return Kind.ABSOLUTE, Fixed(PartialDate(year.number, month, day))
    pick = pick_of(words)
    if first(words, "A") is not None:
        return Kind.RELATIVE, InYear(month, day, offset=_OFFSET[pick])
    return Kind.RELATIVE, InYear(month, day, pick)


def day(words: Words, context: Context) -> DateMention | None:
    """`31 maart 2022`, `March 31, 2022`, `dinsdag 31 maart`, `3 oktober vorig jaar`."""
    month, number = first(words, "M"), first(words, "D")
    if month is None or number is None:
        return None
    last = _DAYS[month.number - 1]
    kind, value = _in_year(words, month.number, number.number if number.number <= last else None)
    return mention(words, context, kind, value)


def day_of_next(words: Words, context: Context) -> DateMention | None:
    """`3` in "3 to 5 May": the month, its last word, is that of the date that follows."""
    number, name = words[0], words[-1]
    if number.number > _DAYS[name.number - 1]:
        return None
    return mention(words[:1], context, Kind.RELATIVE, InYear(name.number, number.number))


def month(words: Words, context: Context) -> DateMention | None:
    """`mei 2022`, `eind juni`, `last October`, `octobre dernier`, `in oktober vorig jaar`, `March`."""
    name = first(words, "M")
    if name is None:
        return None
    relation = context.relation(words[0].start, words[-1].end)
    if len(words) == 1 and (name.word.check == "figure" or (name.word.check == "neighbour" and relation is None)):
        return None
    if name.word.check == "figure" and first(words, "YD") is None:
        return None
    kind, value = _in_year(words, name.number, None)
    return mention(words, context, kind, value, relation=relation)


def season(words: Words, context: Context) -> DateMention | None:
    """`zomer 2024`, `last spring`, `l'été prochain`."""
    name = first(words, "S")
    if name is None:
        return None
    year = first(words, "Y")
    if year is not None:
        return mention(words, context, Kind.ABSOLUTE, Season(name.number, year=year.number))
    relation = context.relation(words[0].start, words[-1].end)
    if len(words) == 1 and (relation is None or context.word_after(name.end) in context.lexicon.of):
        return None
    pick = pick_of(words)
    of_year = first(words, "A") is not None
    value = Season(name.number, offset=_OFFSET[pick]) if of_year else Season(name.number, pick)
    return mention(words, context, Kind.RELATIVE, value, relation=relation)


def weekday(words: Words, context: Context) -> DateMention | None:
    """`dinsdag`, `mardi dernier`, `vorige week dinsdag`, `in de nacht van maandag op dinsdag`."""
    name = [word for word in words if word.word.code == "W"][-1]
    pick = pick_of(words)
    in_week = first(words, "U")
    if in_week is not None and in_week.word.unit is not Unit.WEEK:
        return None
    value = Weekday(name.number, weeks=_OFFSET[pick]) if in_week is not None else Weekday(name.number, pick)
    return mention(words, context, Kind.DEICTIC, value)


def day_word(words: Words, context: Context) -> DateMention | None:
    """`gisteren`, `tomorrow`."""
    days = words[0].number
    value = Away(Span(abs(days), Unit.DAY), -1 if days < 0 else 1, Precision.DAY)
    return mention(words, context, Kind.DEICTIC, value)


def holiday(words: Words, context: Context) -> DateMention | None:
    """`Christmas 2021`, `oudejaarsavond`."""
    name = first(words, "H")
    if name is None:
        return None
    kind, value = _in_year(words, name.number // 100, name.number % 100)
    return mention(words, context, kind, value)


def period(words: Words, context: Context) -> DateMention | None:
    """`Vorjahr`, `year's end`, `Jahresende 2024`."""
    word = words[0].word
    if len(words) > 1:
        return mention(words, context, Kind.ABSOLUTE, Fixed(PartialDate(words[-1].number)), part=word.part)
    return mention(words, context, Kind.RELATIVE, Calendar(word.unit, word.number), part=word.part)


def year(words: Words, context: Context) -> DateMention | None:
    """`in 2013`, `het jaar 2013`, `2006-2010`, `eind 2017`."""
    figure = words[-1]
    if len(words) == 1 and not figure.certain and not context.is_year(figure.start, figure.end):
        return None
    return mention(words, context, Kind.ABSOLUTE, Fixed(PartialDate(figure.number)))


def unit(words: Words, context: Context) -> DateMention | None:
    """`vorige week`, `next month`, `l'année dernière`, `eind volgend jaar`; many of them are a stretch."""
    name = unit_of(words)
    if name is None:
        return None
    if name.word.plural or name.number != 1:
        return lengths.stretch(words, context)
    modifier = first(words, "PNTG")
    if modifier is None or modifier.word.code == "G" or name.word.unit is Unit.DAY:
        # "That day", "the next day": of the story, not of the article.
        return mention(words, context, Kind.ANAPHORIC, Nothing())
    value = Calendar(name.word.unit, _OFFSET[PICKS[modifier.word.code]])
    return mention(words, context, Kind.RELATIVE, value)


def part_of_this(words: Words, context: Context) -> DateMention | None:
    """`the end of the year`, `eind van de maand`: that of publication."""
    name = unit_of(words)
    if name is None or name.word.plural or name.word.unit is Unit.DAY:
        return None
    if name.word.code == "A" and part_of(words) is Part.BEGIN:
        return mention(words, context, Kind.RELATIVE, InYear(1, pick=Pick.THIS))
    return mention(words, context, Kind.RELATIVE, Calendar(name.word.unit, 0))
