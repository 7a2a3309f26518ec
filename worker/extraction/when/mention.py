"""A date expression found in a text."""

from dataclasses import dataclass
from enum import StrEnum

from worker.extraction.when.distances import Afar
from worker.extraction.when.spans import Span
from worker.extraction.when.values import Season, Tense, Value
from worker.missions.dates import PartialDate, Precision

__all__ = ["DateMention", "Kind", "Part", "Relation", "Tense"]


class Kind(StrEnum):
    """What a date expression rests on.

    `absolute` names its year; `relative` is resolved by the article's date ("in June", "three weeks ago");
    `deictic` is a day told from the day of writing ("yesterday", "on Tuesday"); `duration` is a length of time;
    `anaphoric` counts from another event in the text ("two days later"). The last two resolve to None.
    """

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    DEICTIC = "deictic"
    DURATION = "duration"
    ANAPHORIC = "anaphoric"


class Relation(StrEnum):
    """How the date is attached to what happens, by the words before it.

    `by` is a deadline ("by", "before", "uiterlijk"), `until` the end of a stretch, `from` the beginning of one to
    come, `since` of one past, `for` a length ("for another year"), `after` and `before` exclusive limits; `at`
    everything else.
    """

    AT = "at"
    UNTIL = "until"
    BY = "by"
    FROM = "from"
    SINCE = "since"
    FOR = "for"
    AFTER = "after"
    BEFORE = "before"


class Part(StrEnum):
    """Which part of the month or year is meant."""

    BEGIN = "begin"
    MID = "mid"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date expression: its place in code points, without the preposition, and what it says.

    `span` is the length of a duration, or the distance that the date is counted in. `precision` is the finest that
    `resolve` can give.
    """

    start: int
    end: int
    kind: Kind
    relation: Relation
    value: Value
    part: Part | None = None
    span: Span | None = None

    @property
    def precision(self) -> Precision:
        """How fine the date can become when resolved."""
        return self.value.precision

    def resolve(
        self, published: PartialDate, tense: Tense = Tense.PRESENT, *, deadline: bool | None = None
    ) -> PartialDate | None:
        """The date in an article of the given date; None for durations and anaphoric dates.

        `deadline` tells how to read a part of a year: the end of 2027 as a deadline is 2027-12, as a past occurrence
        2027. By default it is a deadline where it lies ahead of publication. A limit ahead ("until March", "from
        March") is looked for in the future unless the tense is past.
        """
        if tense is Tense.PRESENT and self.relation in (Relation.UNTIL, Relation.BY, Relation.FROM):
            tense = Tense.FUTURE
        date = self.value.resolve(published, tense)
        if date is None or date.precision is not Precision.YEAR or isinstance(self.value, Season):
            return date
        if self.part not in {Part.MID, Part.END}:
            return date
        if deadline is None:
            deadline = date.year > published.year or (date.year == published.year and tense is not Tense.PAST)
        if not deadline:
            return date
        return PartialDate(date.year, 12 if self.part is Part.END else 6)

    def resolve_from(self, event: PartialDate) -> PartialDate | None:
        """The date of "two days later" or "a year earlier", given that of the event that it counts from.

        None for all that is no such distance, and for a vague one ("some weeks later").
        """
        return self.value.from_event(event) if isinstance(self.value, Afar) else None
