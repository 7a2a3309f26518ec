"""The readings of one trigger: each change that its frame can mean, with each hypothesis of who changes where."""

from typing import Final, NamedTuple

from worker.extraction.approval import approval_ahead
from worker.extraction.background import long_ago, recalled
from worker.extraction.binding import Focus
from worker.extraction.candidates import Candidate, candidate_of
from worker.extraction.frames import OPTIONS, SUCCEEDED_BY
from worker.extraction.hypotheses import Hypothesis, Participants, hypotheses
from worker.extraction.lexicon.load import ORGANISATIONS
from worker.extraction.lexicon.tags import Kind
from worker.extraction.occurrence import Times, dated, times_of
from worker.extraction.reading import Reading
from worker.extraction.reference import Referents
from worker.extraction.relocation import destination
from worker.extraction.signs import signs_around
from worker.extraction.triggers import Trigger, find
from worker.extraction.wars import belligerent
from worker.missions.vocabulary import Change, Scope

_CROSSED: Final = (
    *("frame=", "tense=", "fact=", "object=", "function", "aspect", "date=", "no:", "title", "recalled", "digits"),
    *(
        "role=",
        "reversed",
        "figure",
        "heads_for",
        "verbless",
        "who:age=",
        "who:end=",
        "who:running",
        "who:not_running",
        "who:mission=",
    ),
)
"""What the signs begin with whose weight may differ from change to change."""

_SUMMED: Final = (
    "mission=",
    "actor=",
    "place=",
    "led=",
    "focus=",
    "running",
    "not_running",
    "age=",
    "end=",
    "lead=",
    "nearest=",
    "theatre=",
)
"""What the signs of participants begin with that say something of the trigger as well: that there are such at all."""

_CROSSED_WHO: Final = ("age=", "end=", "running", "not_running", "scope=", "mission=", "actor:", "kind=")
"""The same of the signs of participants."""

_BEGINNING: Final = frozenset({Change.ANNOUNCED, Change.STARTED})
_NEW_DAYS: Final = 366
"""A mission that began longer ago than this is not what begins: forces join it, or a part of it begins."""


class Signs(NamedTuple):
    """Signs that count by themselves, and those that count together with a change."""

    alone: list[str]
    crossed: list[str]

    def of(self, change: Change) -> list[str]:
        """All of them by their full names."""
        return [*self.alone, *(f"{change}:{sign}" for sign in self.crossed)]


class Options:
    """The readings of one trigger, in the parts that their weights are added from."""

    def __init__(self, reading: Reading, referents: Referents, focus: Focus, trigger: Trigger, role: str = "") -> None:
        self.reading = reading
        self.referents = referents
        self.focus = focus
        self.made: Candidate = candidate_of(reading, trigger)
        self.trigger = self.made.trigger
        self.times: Times = times_of(reading, self.trigger, self.made.tense, self.made.suggested)
        signs = self.made.signs
        self._role = role
        self._suggested = self.made.suggested
        if role:
            signs.append(f"role={role}")
        if role == "new":
            self._suggested = SUCCEEDED_BY.get(self.made.suggested, Change.STARTED)
        self.old = long_ago(reading, self.times) and dated(reading, self.trigger, self.made.tense)
        signs.append("recalled" if recalled(reading, self.trigger, self.made.tense, self.times) else "fresh")
        signs.append("dated" if self.times.dated else "undated")
        signs += signs_around(reading, self.made)
        self.signs = list(dict.fromkeys(["any", *signs]))
        self._crossed = [sign for sign in self.signs if sign.startswith(_CROSSED)]
        self._who: list[Hypothesis] | None = None
        self._around: list[str] | None = None
        self._approval: bool | None = None

    def changes(self) -> list[Change]:
        """The changes that the trigger can mean, the one that its tense suggests first."""
        changes = (self.made.suggested, *OPTIONS.get(self.trigger.frame, ()))
        if self._role == "new":
            changes = tuple(SUCCEEDED_BY[change] for change in changes if change in SUCCEEDED_BY)
        return list(dict.fromkeys(changes))

    def change_signs(self, change: Change) -> Signs:
        """The signs of a change, whoever takes part."""
        how = "suggested" if change is self._suggested else "other"
        return Signs([str(change), how], [how, *self._crossed])

    def hypotheses(self) -> list[Hypothesis]:
        """Who may change where; they are looked for when first asked for, which most triggers are not worth."""
        if self._who is None:
            day = self.times.occurred if self.old else self.reading.published
            self._who = hypotheses(self.reading, self.referents, self.focus, self.made, day)
        return self._who

    def around_signs(self) -> list[str]:
        """What the hypotheses together say of the trigger: that a mission, an actor or a place is named near it."""
        if self._around is None:
            found = {f"who:{sign}" for it in self.hypotheses() for sign in it.signs if sign.startswith(_SUMMED)}
            self._around = sorted(found)
        return self._around

    def around_crossed(self) -> list[str]:
        """Those of them that count together with a change."""
        return [sign for sign in self.around_signs() if sign.startswith(_CROSSED)]

    def who_signs(self, change: Change, hypothesis: Hypothesis) -> Signs:
        """The signs of a change together with its participants, apart from those of the participants themselves."""
        who, signs = hypothesis
        alone: list[str] = []
        crossed = [sign for sign in signs if sign.startswith(_CROSSED_WHO)]
        if self._approval is None:
            self._approval = approval_ahead(self.reading, self.trigger)
        if self._approval:
            owner = "organisation" if ORGANISATIONS.intersection(who.actors) else "state"
            alone.append("approval_ahead")
            crossed.append(f"approval_ahead.{owner}")
        if who.mission is None:
            if belligerent(who.actors, who.theatre, self.reading.published.year):
                alone.append("no:belligerent")
        elif change in _BEGINNING and who.scope is Scope.MISSION:
            began = self.referents.by_slug[who.mission].start.last
            if (self.times.occurred.first - began).days > _NEW_DAYS:
                alone.append("no:existing")
        if change is Change.RELOCATED and self._within_country(who):
            alone.append("no:same_country")
        return Signs(alone, crossed)

    def _within_country(self, who: Participants) -> bool:
        """Whether forces move within the country that they are in."""
        goal = destination(self.reading, self.trigger, Change.RELOCATED, who.actors, ())
        clause = self.trigger.clause
        places = {hit.tag.value for hit in clause.hits if hit.tag.kind in (Kind.PLACE, Kind.SITE)}
        return who.theatre == (goal,) and places <= {goal, *who.actors}


ROLES: Final = {"replace": ("old", "new"), "yield": ("old", "new")}
"""Frames that report two changes: the end of what is replaced, and the start of what replaces it."""


def readings(reading: Reading, referents: Referents, focus: Focus) -> list[Options]:
    """The readings of all triggers of an article."""
    return [
        options
        for sentence in reading.sentences
        for trigger in find(reading, sentence)
        for options in options_of(reading, referents, focus, trigger)
    ]


def options_of(reading: Reading, referents: Referents, focus: Focus, trigger: Trigger) -> list[Options]:
    """The readings of one trigger; two sets of them where it reports two changes."""
    roles = ROLES.get(trigger.frame, ("",))
    return [Options(reading, referents, focus, trigger, role) for role in roles]
