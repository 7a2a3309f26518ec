"""Laying out an article for the rules: sentences and clauses, with the phrases, dates and figures found in each."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from sys import maxsize
from typing import Final, TypeVar

from worker.articles.article import Article
from worker.extraction.figures import Figure
from worker.extraction.lexicon.load import Lexicon
from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind, Tag
from worker.extraction.reading import NAMES, Clause, Reading, Sentence, TagHit, within
from worker.extraction.text.clauses import Clause as Part
from worker.extraction.text.clauses import split_clauses
from worker.extraction.text.fold import fold
from worker.extraction.text.furniture import Kind as Matter
from worker.extraction.text.furniture import furniture
from worker.extraction.text.sentences import Sentence as Span
from worker.extraction.text.sentences import split
from worker.extraction.triggers import particle_of
from worker.extraction.when import DateMention

_Placed = TypeVar("_Placed", DateMention, Figure)


def laid_out(article: Article, lexicon: Lexicon) -> Reading:
    """Lay out an article."""
    text = article.text
    folded = fold(text)
    hits = _at_home(_unmasked(lexicon.book.find(folded, text)), lexicon.homes)
    title_end = len(article.title) if article.title else 0
    dates = lexicon.dates.find(text, folded)
    figures = lexicon.figures.find(text, folded)
    numbers = lexicon.figures.bare(text, folded, figures)
    spans = split(text, folded, lexicon.language)
    doubtful = {hit.start for hit in hits if hit.tag.form is Form.PARTICIPLE}  # the German *stationiert*
    verbs = [
        hit.start
        for hit in hits
        if hit.tag.form in _FINITE and hit.start not in doubtful and folded[hit.start - 4 : hit.start] != b" zu "
    ]
    whole = [(hit.start, hit.end) for hit in hits if hit.tag.kind in NAMES and b" " in folded[hit.start : hit.end]]
    around = furniture(spans, text, folded, lexicon.language, article.published)
    story = [
        span for span, kind in zip(spans, around.kinds, strict=True) if kind is Matter.STORY or span.end <= title_end
    ]
    hits = [hit for hit in hits if hit.tag.kind not in NAMES or not _within_any(hit, around.masked)]
    published = around.published(article.published)
    hits = _in_office(hits, published.year)
    reading = Reading(text=text, folded=folded, published=published, lexicon=lexicon, hits=hits)
    telling = _telling(story, hits, figures)
    finite: list[bool] = []
    cut = iter(split_clauses(telling, text, folded, lexicon.language, verbs=verbs, whole=whole, finite=finite))
    verbal = iter(finite)
    told, read = set(telling), set(story)
    for number, span in enumerate(spans):
        parts = next(cut) if span in told else [Part(span.start, span.end)]
        sentence = Sentence(
            start=span.start,
            end=span.end,
            index=number,
            paragraph=span.paragraph,
            title=span.end <= title_end or (not number and _headline(folded, span.start, span.end)),
            quoted=span.quoted,
            verbless=span in told and not next(verbal),
        )
        if span in read:
            sentence.hits = _whole(within(hits, span.start, span.end))
            sentence.dates = list(_beginning(dates, span))
            sentence.figures = list(_beginning(figures, span))
            sentence.numbers = list(_beginning(numbers, span))
        sentence.clauses = _clauses(sentence, parts)
        _drop_halves(reading, sentence)
        reading.sentences.append(sentence)
    return reading


def _beginning(found: Sequence[_Placed], span: Span) -> Sequence[_Placed]:
    """What begins in a sentence, of dates or figures in the order of the text."""
    return found[bisect_left(found, span.start, key=_start) : bisect_left(found, span.end, key=_start)]


def _start(found: DateMention | Figure) -> int:
    return found.start


def _within_any(hit: TagHit, masked: Sequence[tuple[int, int]]) -> bool:
    """Whether a hit lies in one of the few masked spans."""
    return any(start <= hit.start and hit.end <= end for start, end in masked)


_SPLIT: Final = (Kind.CUE, Kind.ASPECT)


def _drop_halves(reading: Reading, sentence: Sentence) -> None:
    """Drop cues that are half of a split verb whose particle is missing: *maken* is no *bekendmaken*."""
    halves = [
        hit
        for clause in sentence.clauses
        for hit in clause.hits
        if hit.tag.particle and hit.tag.kind in _SPLIT and particle_of(reading, clause, hit) is None
    ]
    if halves:
        for clause in sentence.clauses:
            clause.hits = [hit for hit in clause.hits if hit not in halves]
        sentence.hits = [hit for hit in sentence.hits if hit not in halves]


def _at_home(hits: list[TagHit], homes: Sequence[str]) -> list[TagHit]:
    """The hits, with *the government* and the like given to that of the possible countries which the text names most.

    A Belgian paper writes of its own cabinet in the same words as a Dutch one.
    """
    if len(homes) < 2:
        return hits
    named = Counter(hit.tag.value for hit in hits if hit.tag.kind in NAMES and hit.tag.value in homes)
    home = max(homes, key=lambda code: named[code])
    if home == homes[0]:
        return hits
    return [
        hit._replace(tag=hit.tag._replace(value=home))
        if hit.tag.kind is Kind.HOME and hit.tag.value == homes[0]
        else hit
        for hit in hits
    ]


def _in_office(hits: list[TagHit], year: int) -> list[TagHit]:
    """The hits, with the names of persons taken for their country or organisation while they are in office."""
    if all(hit.tag.kind is not Kind.LEADER for hit in hits):
        return hits
    found = []
    for hit in hits:
        if hit.tag.kind is Kind.LEADER:
            code, first, last = hit.tag.value.split()
            if not int(first) <= year <= int(last):
                continue
            found.append(hit._replace(tag=Tag(Kind.BODY, code)))
        else:
            found.append(hit)
    return found


def _telling(spans: Sequence[Span], hits: Sequence[TagHit], figures: Sequence[Figure]) -> list[Span]:
    """The sentences that have a trigger or a figure: only in these do clauses matter."""
    marked = sorted([hit.start for hit in hits if hit.tag.kind is Kind.TRIGGER] + [figure.start for figure in figures])
    return [span for span in spans if bisect_left(marked, span.start) < bisect_left(marked, span.end)]


_FINITE: Final = frozenset({Form.PRESENT, Form.PAST, Form.IMPERFECT, Form.FUTURE, Form.CONDITIONAL, Form.SUBJUNCTIVE})


def _clauses(sentence: Sentence, parts: Sequence[Part]) -> list[Clause]:
    """The clauses of a sentence, what is taken up again behind an insertion put together."""
    made: list[Clause] = []
    for part in parts:
        if part.continues is not None:
            clause = made[part.continues]
            clause.spans.append((part.start, part.end))
        else:
            clause = Clause([(part.start, part.end)], sentence, part.introducer, part.coordinate)
        made.append(clause)
        clause.hits = clause.hits + within(sentence.hits, part.start, part.end)
    for part, clause in zip(parts, made, strict=True):
        if part.continues is None and part.parent is not None and made[part.parent] is not clause:
            clause.parent = made[part.parent]
    return list(dict.fromkeys(made))


def _whole(hits: list[TagHit]) -> list[TagHit]:
    """The hits without the verbs whose particle, or rest of an expression (*donne* … *feu vert*), is lacking."""
    particles = {hit.tag.value for hit in hits if hit.tag.kind is Kind.PARTICLE}
    return [hit for hit in hits if not hit.tag.particle or hit.tag.particle in particles]


def _unmasked(hits: list[TagHit]) -> list[TagHit]:
    """The hits, of names that overlap only the longest: *Gulf of Guinea* and not *the Gulf*.

    Names within a mission's name stay, for they tell its theatre; masks and all that lies in them go. An auxiliary
    within a longer one goes too: the French *est* in *s'est*, or in *l'est*, where it is none.
    """
    names = [hit for hit in hits if hit.tag.kind in _EXCLUSIVE]
    kept = _disjoint(sorted({(hit.start, hit.end) for hit in names}, key=lambda span: (span[0] - span[1], span[0])))
    masks = sorted({(hit.start, hit.end) for hit in names if hit.tag.kind is Kind.MASK} & kept)
    auxiliaries = [(hit.start, hit.end) for hit in hits if hit.tag.kind is Kind.AUXILIARY]
    return [
        hit
        for hit in hits
        if (hit.tag.kind not in _EXCLUSIVE or ((hit.start, hit.end) in kept and hit.tag.kind is not Kind.MASK))
        and (hit.tag.kind in _GROUNDS or not (masks and _inside(hit.start, masks)))
        and not (hit.tag.kind is Kind.AUXILIARY and _in_longer(hit, auxiliaries))
    ]


def _disjoint(spans: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """The spans that overlap none before them in the order given."""
    kept: list[tuple[int, int]] = []
    for span in spans:
        index = bisect_left(kept, span)
        if (index == len(kept) or span[1] <= kept[index][0]) and (not index or kept[index - 1][1] <= span[0]):
            kept.insert(index, span)
    return set(kept)


def _inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of some disjoint spans, which are in order."""
    index = bisect_right(spans, (place, maxsize))
    return bool(index) and place < spans[index - 1][1]


def _in_longer(hit: TagHit, spans: Sequence[tuple[int, int]]) -> bool:
    return any(
        start <= hit.start and hit.end <= end and hit.end - hit.start < end - start
        for start, end in spans[
            max(0, bisect_left(spans, (hit.start - _LONGEST, 0))) : bisect_right(spans, (hit.end, 0))
        ]
    )


_GROUNDS: Final = frozenset({Kind.REASON, Kind.GROUND, Kind.LINK})
"""Kinds of phrases that masks do not hide."""

_LONGEST: Final = 30
"""More than the length of any auxiliary, in characters."""


_EXCLUSIVE = (NAMES | {Kind.MASK}) - {Kind.MISSION, Kind.BODY}


def _headline(folded: bytes, start: int, end: int) -> bool:
    """Whether the first sentence of a text that has no title apart is one: no full stop, and a blank line behind."""
    line = folded[start:end].rstrip()
    return not line.endswith((b".", b"!", b'"')) and folded[end:].lstrip(b" ").startswith(b"\n")
