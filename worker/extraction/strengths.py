"""How many: troop figures with whose they are, where, and when."""

from collections.abc import Iterable, Iterator

from worker.extraction.attribution import Attributed, Attribution, Table
from worker.extraction.figures import Figure
from worker.extraction.lexicon.tags import Kind
from worker.extraction.model import Model, odds_of
from worker.extraction.reading import Clause, Reading, Sentence
from worker.extraction.when import DateMention, Relation
from worker.extraction.when import Kind as DateKind
from worker.extraction.when import Tense as DateTense
from worker.missions.dates import PartialDate
from worker.missions.report import Evidence, Strength


def strengths_of(model: Model, table: Table) -> Iterator[Strength]:
    """The figures of an article that are likely strengths of a likely actor in a likely place, each once."""
    reading = table.reading
    seen = set()
    last: Attributed | None = None
    for sentence in reading.sentences:
        for figure in sentence.counts():
            offered = Attribution(table, sentence, figure, last)
            odds = odds_of(model.weight(offered.kept_signs()))
            kept = odds / (1.0 + odds)
            if kept < model.strength_threshold:
                continue
            actor, chance = _likeliest(model, offered.actors())
            kept *= chance
            if actor is None or kept < model.strength_threshold:
                continue
            place, chance = _likeliest(model, offered.places(actor))
            if place is None or kept * chance < model.strength_threshold:
                continue
            last = Attributed(sentence.index, actor, place)
            key = (actor, place, figure.count)
            if key in seen:
                continue
            seen.add(key)
            yield Strength(
                actor=actor,
                place=place,
                count=figure.count,
                qualifier=figure.qualifier,
                when=_when(reading, sentence, sentence.clause_at(figure.start)),
                evidence=_evidence(reading, sentence, figure),
            )


def _likeliest(model: Model, offered: dict[str, list[str]]) -> tuple[str | None, float]:
    """The likeliest of several, and its probability among them."""
    if not offered:
        return None, 0.0
    odds = {code: odds_of(model.weight(signs)) for code, signs in offered.items()}
    best = max(odds, key=odds.__getitem__)
    return best, odds[best] / sum(odds.values())


def _when(reading: Reading, sentence: Sentence, clause: Clause) -> PartialDate | None:
    """The date that the clause, or one that it hangs on, gives the figure; None for now.

    *Then* means the date of the sentence before.
    """
    holder: Clause | None = clause
    while holder is not None:
        date = _dated(reading, [mention for mention in sentence.dates if holder.covers(mention.start)])
        if date is not None:
            return date
        holder = holder.parent
    if clause.has(Kind.FUNCTION, "then"):
        for earlier in reading.before(sentence, 1):
            return _dated(reading, earlier.dates)
    return None


def _dated(reading: Reading, mentions: Iterable[DateMention]) -> PartialDate | None:
    """The first of some dates that is another than the article's."""
    for mention in mentions:
        if mention.relation is not Relation.AT or mention.kind in (DateKind.DURATION, DateKind.ANAPHORIC):
            continue
        date = mention.resolve(reading.published, DateTense.PRESENT)
        if date is not None and not date.contains(reading.published) and not reading.published.contains(date):
            return date
    return None


def _evidence(reading: Reading, sentence: Sentence, figure: Figure) -> Evidence:
    end = min(figure.end, sentence.end)
    rule = f"{reading.lexicon.language}.figure"
    return Evidence(quote=reading.text[figure.start : end], start=figure.start, end=end, rule=rule)
