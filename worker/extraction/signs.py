"""The signs around a trigger: what its clause, what governs it and the rest of its sentence hold.

Signs of classes (`cue<decide`) are shared by all languages, those of words (`en:agreed`) belong to one. A sign says
where it stands: `<` and `>` are before and behind the trigger in its clause, `^` in a clause that it depends on, `~`
elsewhere in its sentence.
"""

from collections.abc import Iterable
from typing import Final

from worker.extraction.candidates import Candidate, counted
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import NAMES, Clause, Reading
from worker.extraction.relocation import heads_for
from worker.extraction.when import DateMention
from worker.extraction.when import Kind as DateKind
from worker.extraction.when import Tense as DateTense

_TELLING: Final = frozenset(
    {Kind.CUE, Kind.FUNCTION, Kind.ASPECT, Kind.AUXILIARY, Kind.PARTY, Kind.OBJECT, Kind.NATURE, Kind.TRIGGER}
)
"""Kinds of phrases whose very words are signs."""

_CLASSES: Final = frozenset({Kind.CUE, Kind.FUNCTION, Kind.ASPECT, Kind.PARTY})
_WORDS: Final = bytes(code if chr(code).isalnum() and code < 128 else 0x20 for code in range(256))
_AGES: Final = ((8, "week"), (45, "month"), (180, "half"))


def signs_around(reading: Reading, made: Candidate) -> list[str]:
    """The signs of the sentence of a candidate, and of its place in the article."""
    trigger = made.trigger
    clause = trigger.clause
    signs = _standing(reading, clause)
    signs += _words(reading, made)
    language = reading.lexicon.language
    folded = reading.folded
    start, end = trigger.start, trigger.end
    named = set()
    for hit in clause.hits:
        if start <= hit.start < end:
            continue
        kind = hit.tag.kind
        side = "<" if hit.start < start else ">"
        if kind in _CLASSES:
            signs.append(f"{kind}{side}{hit.tag.value}")
        elif kind is Kind.AUXILIARY:
            signs.append(f"aux:{hit.tag.value}")
        elif kind in NAMES:
            named.add(f"{kind}{side}")
        if kind in _TELLING:
            signs.append(f"{language}:{folded[hit.start : hit.end].decode()}")
    signs += named
    for hit in clause.sentence.hits:
        if hit.tag.kind in _CLASSES and not clause.covers(hit.start):
            signs.append(f"{hit.tag.kind}~{hit.tag.value}")
    above = clause.parent
    while above is not None:
        for hit in above.hits:
            if hit.tag.kind in _CLASSES:
                signs.append(f"{hit.tag.kind}^{hit.tag.value}")
        above = above.parent
    signs += _times(reading, clause)
    signs += _figures(reading, clause)
    if heads_for(reading, clause) is not None:
        signs.append("heads_for")
    return list(dict.fromkeys(signs))


def _standing(reading: Reading, clause: Clause) -> list[str]:
    """Where in the article the sentence stands, and where in the sentence the clause."""
    sentence = clause.sentence
    rank = reading.rank(sentence)
    signs = [
        f"clause={clause.introducer}",
        f"rank={rank if rank < 3 else '3-5' if rank < 6 else '6+'}",
        f"paragraph={min(sentence.paragraph, 5)}",
    ]
    if rank >= reading.told - 2:
        signs.append("last")
    if clause.coordinate:
        signs.append("coordinate")
    if clause.parent is None:
        signs.append("root")
    if sentence.title:
        signs.append("title")
    if sentence.quoted:
        signs.append("quoted")
    if sentence.verbless:
        signs.append("verbless")
    triggers = len({hit.start for hit in sentence.of(Kind.TRIGGER)})
    signs.append(f"triggers={min(triggers, 4)}")
    if any(clause.covers(figure.start) for figure in sentence.figures):
        signs.append("figure")
    elif sentence.figures:
        signs.append("figure~")
    if counted(reading, clause):
        signs.append("digits")
    return signs


def _words(reading: Reading, made: Candidate) -> list[str]:
    """The words of the trigger and of its object, and those next to the trigger."""
    language, folded, trigger = reading.lexicon.language, reading.folded, made.trigger
    particle = f"|{trigger.particle.tag.value}" if trigger.particle else ""
    signs = [f"{language}:{folded[trigger.start : trigger.end].decode()}{particle}={trigger.frame}"]
    if trigger.particle:
        signs.append("split")
    if made.thing is not None and made.thing.start != trigger.start:
        signs.append(f"{language}:({folded[made.thing.start : made.thing.end].decode()})")
    return signs + words_around(reading, trigger.start, trigger.end)


def words_around(reading: Reading, start: int, end: int) -> list[str]:
    """The two words before a span, and the two behind it."""
    language = reading.lexicon.language
    signs = []
    before = reading.words_before(start, 2)
    if before:
        signs.append(f"{language}:{before[0].decode()} _")
    if len(before) > 1:
        signs.append(f"{language}:{before[1].decode()} {before[0].decode()} _")
    behind = reading.folded[end : end + 40].translate(_WORDS).split()[:2]
    if behind:
        signs.append(f"{language}:_ {behind[0].decode()}")
    if len(behind) > 1:
        signs.append(f"{language}:_ {behind[0].decode()} {behind[1].decode()}")
    return signs


def _figures(reading: Reading, clause: Clause) -> list[str]:
    """Whether the figures of a clause go up or down, and the word that stands before the second."""
    figures = [figure for figure in clause.sentence.counts() if clause.covers(figure.start)]
    if len(figures) < 2 or figures[0].count == figures[1].count:
        return []
    way = "up" if figures[0].count < figures[1].count else "down"
    before = reading.words_before(figures[1].start, 1)
    return [f"figures={way}", *(f"{reading.lexicon.language}:{word.decode()} #{way}" for word in before)]


def _times(reading: Reading, clause: Clause) -> list[str]:
    """How the dates of the clause, and those of the rest of the sentence, lie to the article's own."""
    dates = clause.sentence.dates
    own = [mention for mention in dates if clause.covers(mention.start)]
    signs = [f"date={when}" for when in ages(reading, own)] or ["date=none"]
    if len(own) < len(dates):
        signs += [f"date~{when}" for when in ages(reading, (m for m in dates if m not in own))]
    return signs


def ages(reading: Reading, mentions: Iterable[DateMention]) -> list[str]:
    """How dates lie to the article's own, each with what attaches it: `at.week`, `until.ahead`."""
    published = reading.published
    ages = []
    for mention in mentions:
        if mention.kind in (DateKind.DURATION, DateKind.ANAPHORIC):
            ages.append(f"{mention.relation}.{mention.kind}")
            continue
        date = mention.resolve(published, DateTense.PRESENT)
        if date is None:
            continue
        if date.first > published.last:
            age = "ahead"
        elif date.last >= published.first:
            age = "now"
        else:
            days = (published.first - date.last).days
            age = next((name for limit, name in _AGES if days <= limit), "old")
        ages.append(f"{mention.relation}.{age}")
    return ages
