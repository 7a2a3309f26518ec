"""Readings of lengths of time: durations, and dates that are counted in them."""

from typing import Final

from worker.extraction.when.context import Context
from worker.extraction.when.distances import Afar, Ahead, Away, Nothing
from worker.extraction.when.matched import Words, first, mention, unit_of
from worker.extraction.when.mention import DateMention, Kind, Relation
from worker.extraction.when.spans import Span, Unit
from worker.extraction.when.values import Value
from worker.missions.dates import Precision

_HYPHEN: Final = 45


def _span(words: Words) -> Span:
    """The length that a count and a unit make: two half years are twelve months."""
    whole = first(words, "V")
    if whole is not None:
        return Span(whole.number, whole.word.unit)
    name, number = unit_of(words), first(words, "C")
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
            return mention(words, context, Kind.RELATIVE, Away(span, -1, fine), relation=Relation.AT, span=span)
        case "later" | "earlier":
            afar = Afar(span, 1 if attachment == "later" else -1)
            return mention(words, context, Kind.ANAPHORIC, afar, relation=Relation.AT, span=span)
        case "within":
            value = Away(span, 1, max(fine, Precision.MONTH))
            return mention(words, context, Kind.RELATIVE, value, relation=Relation.BY, span=span)
        case "ahead":
            return mention(words, context, Kind.RELATIVE, Away(span, 1, fine), relation=Relation.AT, span=span)
        case "perhaps_ahead":
            return _duration(words, Relation.AT, Ahead(span, fine))
        case None:
            # "A six-month mandate" is one for six months.
            return _duration(words, Relation.FOR if context.folded[words[-1].start - 1] == _HYPHEN else None)
        case relation:
            return _duration(words, Relation(relation))
