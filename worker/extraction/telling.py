"""From the reading of a trigger to what is reported of it: dates, destination, reasons and evidence."""

from collections.abc import Sequence

from worker.extraction.hypotheses import Participants
from worker.extraction.lexicon.tags import Kind
from worker.extraction.model import Model
from worker.extraction.occurrence import Times, times_of
from worker.extraction.options import Options
from worker.extraction.reading import Reading
from worker.extraction.reasons import reasons_of
from worker.extraction.relocation import destination
from worker.extraction.triggers import Trigger
from worker.missions.report import Evidence, NearMiss, ReportedChange
from worker.missions.vocabulary import Change, Factuality


def report(
    model: Model, options: Options, change: Change, who: Participants, confidence: float, *, background: bool = False
) -> ReportedChange:
    """A change as it is reported of a trigger's participants."""
    reading, trigger = options.reading, options.trigger
    times = _times(options, change)
    factuality = options.made.committed.factuality
    return ReportedChange(
        mission=who.mission,
        actors=who.actors,
        theatre=_left(options, who) if change is Change.RELOCATED else who.theatre,
        scope=who.scope,
        change=change,
        occurred=times.occurred,
        effective=times.effective,
        relocated_to=destination(reading, trigger, change, who.actors, who.theatre),
        reasons=() if background else reasons_of(model, reading, trigger, change),
        background=background,
        factuality=Factuality.RECALLED if background else factuality,
        confidence=round(confidence, 3),
        evidence=evidence_of(reading, trigger),
    )


def _times(options: Options, change: Change) -> Times:
    if change is options.made.suggested:
        return options.times
    return times_of(options.reading, options.trigger, options.made.tense, change)


def _left(options: Options, who: Participants) -> tuple[str, ...]:
    """The theatre of a move: where the forces were, the base that they leave included, before where they go."""
    reading, trigger = options.reading, options.trigger
    goal = destination(reading, trigger, Change.RELOCATED, who.actors, ())
    stayed = tuple(place for place in who.theatre if place != goal)
    here = {hit.tag.value for hit in trigger.clause.sentence.hits if hit.tag.kind in (Kind.PLACE, Kind.SITE)}
    left = stayed or _others(options.focus.places, here, (*who.actors, goal or ""))
    towards = tuple(place for place in who.theatre if place == goal)
    return (left + towards) or who.theatre


def _others(places: Sequence[str], here: set[str], excluded: Sequence[str]) -> tuple[str, ...]:
    """The first place that the article is about, of the sentence if there is one, which is not excluded."""
    left = [place for place in places if place not in excluded]
    return tuple([place for place in left if place in here][:1] or left[:1])


def near_miss(options: Options, why: str) -> NearMiss:
    """A trigger that is not reported, and why."""
    return NearMiss(change=options.made.suggested, why=why, evidence=evidence_of(options.reading, options.trigger))


def evidence_of(reading: Reading, trigger: Trigger) -> Evidence:
    """The sentence of the trigger, as it stands in the text."""
    sentence = trigger.clause.sentence
    text = reading.text[sentence.start : sentence.end]
    start = sentence.start + len(text) - len(text.lstrip())
    quote = text.strip()
    form = trigger.form or "phrase"
    rule = f"{reading.lexicon.language}.{trigger.frame}.{'split' if trigger.particle else form}"
    return Evidence(quote=quote, start=start, end=start + len(quote), rule=rule)
