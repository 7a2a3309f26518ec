"""The grammar of date expressions: patterns over the classes of words, the same for every language.

Classes are the letters of `lexicon.Word.code`, with D day, Y year and F a date in figures; signs are those of
`Lexicon.joins`.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from worker.extraction.when import lengths, readings
from worker.extraction.when.chains import Chain
from worker.extraction.when.context import Context
from worker.extraction.when.matched import Words
from worker.extraction.when.mention import DateMention, Kind, Relation
from worker.extraction.when.values import Fixed, InYear, Weekday
from worker.missions.dates import PartialDate

_YEAR: Final = r"(?:,?A?Y|-?[PNT]A|A[PNT])"
_TAIL: Final = rf"(?:{_YEAR}|[PNT](?![UOAC]))"

_RULES: Final[tuple[tuple[str, str, Callable[[Words, Context], DateMention | None]], ...]] = (
    ("full", r"(?:W,?)?F", readings.full),
    ("day", rf"(?:W,?)?DO?M{_TAIL}?", readings.day),
    ("monthday", rf"(?:W,?)?MD{_YEAR}?", readings.day),
    ("dayof", r"D(?=[-&,](?:D[-&,])*DM)", readings.day_of_next),
    ("month", rf"B?-?O?(?:[PNT]AM|[PNT]M|M{_TAIL}?)", readings.month),
    ("season", rf"B?-?(?:[PNT]A&?S|[PNT]S|S{_TAIL}?)", readings.season),
    ("weekday", r"[PNT]U,?W|W,?[PNT]U|WU[PN]|[PNT]W|W[PN](?![UOAC])|WoW|W", readings.weekday),
    ("day_word", r"X", readings.day_word),
    ("holiday", rf"B?H{_YEAR}?", readings.holiday),
    ("period", r"K,?Y?", readings.period),
    ("stretch", r"[PNTRG]C[UOA]|C[PNRG][UOA]|C[UOA][PNRG]|R[UOA]|[UOA]R", lengths.stretch),
    ("year", r"B-?A?Y", readings.year),
    ("unit", r"B?(?:[PNTG][UOA]|[UOA][PNTG])", readings.unit),
    ("count", r"C[UOA]|V", lengths.count),
    ("part", r"B[UOA]", readings.part_of_this),
    ("bare_year", r"A?Y", readings.year),
)
_PATTERN: Final = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _RULES))
_READ: Final = {name: reading for name, _, reading in _RULES}
_MONTH_FIRST: Final = "monthday"
_DAY_OF_NEXT: Final = "dayof"


def read(chain: Chain, context: Context) -> list[DateMention]:
    """The dates of a chain; a range or a list shares what its last date says of the year."""
    read_: list[tuple[DateMention, str]] = []
    at = 0
    code = chain.code
    while match := _PATTERN.search(code, at):
        rule = match.lastgroup or ""
        begin, at = match.span()
        if rule == _MONTH_FIRST and not context.lexicon.month_first:
            # "in juni 20 man": the number is no day.
            rule, at = "month", code.index("M", begin) + 1
            begin = at - 1
        words = [token for token in chain.tokens[begin:at] if token is not None]
        if rule == _DAY_OF_NEXT:
            words.append(next(token for token in chain.tokens[at:] if token is not None and token.word.code == "M"))
        mention = _READ[rule](words, context)
        if mention is not None:
            read_.append((mention, code[at : at + 1]))
    return _joined(read_, context)


def _joined(row: list[tuple[DateMention, str]], context: Context) -> list[DateMention]:
    """Share years from right to left over "and" and "to", and make a stretch of what "to" joins."""
    dates = [mention for mention, _ in row]
    for index in range(len(row) - 2, -1, -1):
        sign = row[index][1]
        if sign not in ("&", ";", "-", ","):
            continue
        left, right = dates[index], dates[index + 1]
        if sign == "-" and context.relation(left.start, left.end) is Relation.AT:
            # "im August bis Ende 2025 verlängert": the first date is that of the decision.
            dates[index + 1] = replace(right, relation=Relation.UNTIL)
            continue
        if sign != ",":
            left = _with_year_of(left, right)
        if sign == "-" and isinstance(left.value, Weekday) and context.is_night(left.start):
            dates[index : index + 2] = [replace(right, start=left.start, relation=Relation.AT)]
            continue
        if sign == "-":
            if left.relation is Relation.AT:
                left = replace(left, relation=Relation.FROM)
            dates[index + 1] = replace(right, relation=Relation.UNTIL)
        elif right.relation is Relation.AT and sign == "&":
            dates[index + 1] = replace(right, relation=left.relation)
        dates[index] = left
    return dates


def _with_year_of(left: DateMention, right: DateMention) -> DateMention:
    """The left date with the year that only the right one names: "October and December 2021"."""
    value = left.value
    if not isinstance(value, InYear) or value.offset is not None:
        return left
    if isinstance(right.value, InYear) and right.value.offset is not None:
        return replace(left, value=replace(value, offset=right.value.offset))
    if isinstance(right.value, Fixed) and right.value.date.month is not None:
        year = right.value.date.year - (
            (value.month, value.day or 0) > (right.value.date.month, right.value.date.day or 31)
        )
        return replace(left, value=Fixed(PartialDate(year, value.month, value.day)), kind=Kind.ABSOLUTE)
    return left
