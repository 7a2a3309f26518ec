"""When a change was decided or done (`occurred`), and when it takes effect (`effective`)."""

from collections.abc import Iterable
from dataclasses import dataclass

from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Clause, Reading, Sentence
from worker.extraction.tense import Tense
from worker.extraction.triggers import Trigger
from worker.extraction.when import DateMention, Relation
from worker.extraction.when import Kind as DateKind
from worker.extraction.when import Tense as DateTense
from worker.missions.dates import PartialDate, Precision
from worker.missions.vocabulary import Change

_AHEAD = frozenset({Relation.UNTIL, Relation.BY, Relation.FROM})
_COMPLETION_REACH = 12
"""How many sentences after the change may still say when it is to be complete."""

_PAST_TENSES = frozenset({Tense.PAST, Tense.DONE, Tense.PLUPERFECT})


@dataclass(frozen=True, slots=True)
class Times:
    """The two dates of a change; `dated` tells whether `occurred` stands in the text."""

    occurred: PartialDate
    effective: PartialDate | None
    dated: bool


def times_of(reading: Reading, trigger: Trigger, tense: Tense, change: Change) -> Times:
    """Find both dates: in the trigger's clause, then its sentence, then the sentence that reports the decision."""
    sentence = trigger.clause.sentence
    own = [m for m in sentence.dates if trigger.clause.covers(m.start)]
    rest = [m for m in sentence.dates if m not in own]
    own = [m for m in own if not _conditional(sentence, m) and not _described(trigger, m)]
    rest = [m for m in rest if not _conditional(sentence, m) and not _of_another(trigger, m)]
    occurred = _occurred(reading, own, tense) or _occurred(reading, rest, Tense.PAST)
    if occurred is None and change is Change.STARTED:
        occurred = _since(reading, own)
    if occurred is None:
        for other in _reporting(reading, sentence):
            occurred = _occurred(reading, other.dates, Tense.PAST)
            if occurred is not None and (reading.published.first - occurred.last).days <= _NEWS_DAYS:
                break
            occurred = None
    own = [m for m in own if occurred is None or m.resolve(reading.published, DateTense.PAST) != occurred]
    effective = _effective(reading, own, tense, change)
    if effective is None and change not in _OWN_CLAUSE_ONLY:
        ahead = [m for m in rest if m.relation in _AHEAD or not _aside(sentence, m)]
        effective = _effective(reading, ahead, tense, change)
    if effective is None and change in _LOOKED_FOR_AFTER:
        effective = _completed(reading, sentence, tense, change)
    if effective is not None and effective.precision is Precision.YEAR:
        effective = _finer(reading, sentence, effective)
    if effective is not None and occurred is not None and effective == occurred:
        effective = None
    return Times(occurred or _day_of_news(reading) or reading.published, effective, occurred is not None)


_NEWS_DAYS = 45
"""A date in another sentence that lies further back than this is not that of the news."""


def _day_of_news(reading: Reading) -> PartialDate | None:
    """The day that an article's head tells by *yesterday* or a weekday: that of its news, unless told otherwise."""
    published = reading.published
    if published.precision is not Precision.DAY:
        return None
    for sentence in [other for other in reading.sentences[:_HEAD] if not other.title]:
        for mention in sentence.dates:
            if mention.kind is not DateKind.DEICTIC or mention.relation is not Relation.AT:
                continue
            date = mention.resolve(published, DateTense.PAST)
            if date is not None and 0 <= (published.first - date.last).days <= _WEEK:
                return date
    return None


_HEAD = 4
"""How many sentences are the head of an article."""
_WEEK = 7


def _aside(sentence: Sentence, mention: DateMention) -> bool:
    """Whether a date stands in a clause that dates something else: *an offensive that reached Bangui in January*."""
    return sentence.clause_at(mention.start).introducer in ("relative", "time", "cause", "until")


def _described(trigger: Trigger, mention: DateMention) -> bool:
    """Whether a date belongs to a participle that only describes something: *réduit la force déployée en 1999*."""
    hits = trigger.clause.hits
    for hit in hits:
        behind = trigger.end <= hit.start < mention.start
        if behind and hit.tag.kind is Kind.TRIGGER and hit.tag.form is Form.PARTICIPLE:
            return not any(
                other.tag.kind is Kind.AUXILIARY and trigger.end <= other.start < hit.start for other in hits
            )
    return False


_LOOKED_FOR_AFTER = frozenset(
    {Change.WITHDRAWAL_ANNOUNCED, Change.WITHDRAWAL_STARTED, Change.EXTENDED, Change.RELOCATED, Change.ANNOUNCED}
)


_OWN_CLAUSE_ONLY = frozenset({Change.REINFORCED, Change.REDUCED, Change.STARTED, Change.ENDED})
"""Changes that seldom have a date ahead: one elsewhere in the sentence is that of something else."""


def dated(reading: Reading, trigger: Trigger, tense: Tense) -> bool:
    """Whether the clause of a trigger dates it."""
    clause = trigger.clause
    own = [mention for mention in clause.sentence.dates if clause.covers(mention.start)]
    return _occurred(reading, own, tense) is not None


def lasts_until(trigger: Trigger) -> bool:
    """Whether the clause of a trigger says until when: *will run until March 31*."""
    clause = trigger.clause
    return any(clause.covers(m.start) and m.relation is Relation.UNTIL for m in clause.sentence.dates)


def _still_ahead(reading: Reading, mention: DateMention) -> bool:
    """Whether a plain date lies ahead: *stays next year too*."""
    if mention.relation is not Relation.AT or mention.kind in (DateKind.DURATION, DateKind.ANAPHORIC):
        return False
    date = mention.resolve(reading.published, DateTense.PRESENT)
    return date is not None and date.first > reading.published.last


def bounded(reading: Reading, trigger: Trigger, *, further: bool = False) -> bool:
    """Whether the clause of a trigger says until when or for how long: *gave it two months*.

    With `further`, a duration must be said to come on top: *stays another year*, not *stays two months*.
    """
    clause = trigger.clause
    lasting = not further or clause.has(Kind.FUNCTION, "longer")
    return any(
        clause.covers(mention.start)
        and (
            mention.relation is Relation.UNTIL
            or (further and lasting and _still_ahead(reading, mention))
            or (lasting and (mention.relation is Relation.FOR or mention.kind is DateKind.DURATION))
        )
        for mention in clause.sentence.dates
    )


def _of_another(trigger: Trigger, mention: DateMention) -> bool:
    """Whether a date belongs to what another trigger tells in a clause beside the trigger's own."""
    holder = trigger.clause.sentence.clause_at(mention.start)
    above: Clause | None = trigger.clause
    while above is not None:
        if above is holder:
            return False
        above = above.parent
    return holder.has(Kind.TRIGGER)


def _since(reading: Reading, mentions: Iterable[DateMention]) -> PartialDate | None:
    """The date since which something goes on, which is when it began: *has taken part since 2017*."""
    for mention in mentions:
        if mention.relation is Relation.SINCE:
            date = mention.resolve(reading.published, DateTense.PAST)
            if date is not None and date.first <= reading.published.last:
                return date
    return None


def _conditional(sentence: Sentence, mention: DateMention) -> bool:
    """Whether a date stands in a condition, and so dates nothing."""
    return sentence.clause_at(mention.start).introducer == "condition"


def _finer(reading: Reading, sentence: Sentence, year: PartialDate) -> PartialDate:
    """A year made finer by a deadline in the next sentences that lies in it."""
    for other in reading.sentences[sentence.index : sentence.index + 4]:
        for mention in other.dates:
            date = (
                mention.resolve(reading.published, DateTense.FUTURE) if mention.relation is not Relation.SINCE else None
            )
            if date is not None and date.precision > Precision.YEAR and year.contains(date):
                return date
    return year


def _completed(reading: Reading, sentence: Sentence, tense: Tense, change: Change) -> PartialDate | None:
    """The date of completion that a later sentence gives.

    One that says *completed*, however late; close by a deadline, what must be done by then, or the end of the mandate.
    """
    named = {hit.tag.value for hit in sentence.of(Kind.MISSION)}
    for other in reading.sentences[sentence.index + 1 : sentence.index + 1 + _COMPLETION_REACH]:
        near = other.index <= sentence.index + 2 and other.paragraph <= sentence.paragraph + 1
        foreign = (
            named and other.has(Kind.MISSION) and not named.intersection(h.tag.value for h in other.of(Kind.MISSION))
        )
        if other.has(Kind.ASPECT, "complete"):
            mentions = other.dates
        elif near and not foreign:
            pressing = _pressing(other, change)
            mentions = [mention for mention in other.dates if pressing or mention.relation in _AHEAD]
        else:
            continue
        mentions = [mention for mention in mentions if not _conditional(other, mention)]
        effective = _effective(reading, mentions, tense, change)
        if effective is not None:
            return effective
    return None


def _pressing(sentence: Sentence, change: Change) -> bool:
    """Whether a sentence says what must be done, or that a mandate ends: its plain dates are deadlines."""
    if change is Change.EXTENDED:
        return False
    if change is Change.ANNOUNCED and sentence.has(Kind.TRIGGER, "start", "replace", "arrive"):
        return True
    return sentence.has(Kind.AUXILIARY, "modal") or sentence.has(Kind.TRIGGER, "expire")


def _occurred(reading: Reading, mentions: Iterable[DateMention], tense: Tense) -> PartialDate | None:
    """The date on which it happened: one that does not lie ahead, the finest and nearest of them."""
    published = reading.published
    for mention in mentions:
        if mention.relation is not Relation.AT or mention.kind in (DateKind.DURATION, DateKind.ANAPHORIC):
            continue
        past = tense in _PAST_TENSES or mention.kind is DateKind.DEICTIC
        date = mention.resolve(published, DateTense.PAST if past else DateTense.PRESENT)
        if date is None or date.first > published.last or (_to_come(date, published) and not past):
            continue
        if not past and date.precision < published.precision and date.contains(published):
            continue
        if not past and _is_next(mention, date, published):
            continue
        return _within_reach(date, published)
    return None


def _is_next(mention: DateMention, date: PartialDate, published: PartialDate) -> bool:
    """Whether the present tense means the coming one of a recurring date: *in May it is extended*, said in November."""
    long_gone = (published.first - date.last).days > _NEWS_DAYS
    return long_gone and mention.resolve(published, DateTense.FUTURE) != date


def _within_reach(date: PartialDate, published: PartialDate) -> PartialDate:
    """A year or month that contains the article's date adds nothing to it."""
    if date.precision < published.precision and date.contains(published):
        return published.coarsened(Precision.MONTH)
    return date


def _effective(reading: Reading, mentions: Iterable[DateMention], tense: Tense, change: Change) -> PartialDate | None:
    """The date on which it takes effect: an end, a deadline, a start, or a plain date that lies ahead."""
    published = reading.published
    done = tense in _PAST_TENSES and change in (Change.ENDED, Change.STARTED)
    for mention in mentions:
        if mention.kind in (DateKind.DURATION, DateKind.ANAPHORIC):
            continue
        if mention.relation in _AHEAD or (
            mention.relation is Relation.AT and not done and mention.kind is not DateKind.DEICTIC
        ):
            date = mention.resolve(published, DateTense.FUTURE, deadline=True)
        else:
            continue
        if date is not None and (date.first > published.last or (_to_come(date, published) and not done)):
            return date
    return None


def _to_come(date: PartialDate, published: PartialDate) -> bool:
    """Whether a day lies in the very month in which the article came out on an unknown day.

    What is told of it in the present or the future is still to come.
    """
    return published.day is None and date.precision is Precision.DAY and published.contains(date)


def _reporting(reading: Reading, sentence: Sentence) -> Iterable[Sentence]:
    """The sentences next to one that say who announced it when ("That is what the minister said on Friday")."""
    for index in (sentence.index + 1, sentence.index - 1, sentence.index + 2):
        if 0 <= index < len(reading.sentences):
            other = reading.sentences[index]
            if other.has(Kind.CUE, "say", "announce", "decide", "approve", "order"):
                yield other
