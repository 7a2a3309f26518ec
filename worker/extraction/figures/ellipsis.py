"""Figures without a noun of their own: "2,400 of them", "1.200 au Tchad", "from 375 to 290"."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from worker.extraction.figures import cues
from worker.extraction.figures.figure import Figure
from worker.extraction.figures.nouns import Reader, Unit
from worker.extraction.figures.numbers import Number, words_ending
from worker.extraction.figures.words import Span, rightwards
from worker.missions.vocabulary import Qualifier

_REACH: Final = 260
"""How far the noun may stand before its figure, in code points."""
_AHEAD: Final = 70
"""How far after it."""
_LIST: Final = 130
"""How far from the last figure a list of them may go on, within the sentence."""


def elliptic(reader: Reader, units: Sequence[Unit], figures: Sequence[Figure]) -> list[Figure]:
    """The figures that take their noun from elsewhere, where the words around them leave no doubt."""
    taken = [(figure.start, figure.end) for figure in figures]
    found: list[Figure] = []
    starts = [unit.start for unit in units]
    for number in _candidates(reader, figures, taken):
        unit = _antecedent(number, units, starts)
        if unit is None:
            continue
        made = _read(reader, number, unit, [*figures, *found])
        if made is not None:
            found.append(made)
    return found


def _candidates(reader: Reader, figures: Sequence[Figure], taken: list[tuple[int, int]]) -> Iterator[Number]:
    """Numbers in digits that no noun counts, and number words in the sentences of figures."""
    seen = {start for start, _ in taken}
    numbers = [number for number in reader.digits.values() if not _inside(number, taken)]
    for figure in figures:
        for span in rightwards_in_sentence(reader.folded, figure.unit_end if not figure.elliptic else figure.end):
            if span.word in reader.lexicon.atoms and not _inside(Number(span.start, span.end, 0), taken):
                number = words_ending(reader.text, reader.folded, span.end, reader.lexicon)
                if number is not None and number.start not in seen:
                    seen.add(number.start)
                    numbers.append(number)
    numbers.sort(key=lambda number: number.start)
    return iter(numbers)


def rightwards_in_sentence(folded: bytes, at: int) -> Iterator[Span]:
    """The words after a place, commas passed over, up to the end of the sentence or of a list's reach."""
    end = at + _LIST
    stretch = folded[at:end]
    stop = min((place for place in (stretch.find(b". "), stretch.find(b"\n")) if place >= 0), default=len(stretch))
    place = 0
    for piece in stretch[:stop].split(b" "):
        word = piece.strip(b',.;:()"')
        if word:
            start = at + place + piece.find(word)
            yield Span(start, start + len(word), word)
        place += len(piece) + 1


def _inside(number: Number, taken: list[tuple[int, int]]) -> bool:
    return any(number.start < end and start < number.end for start, end in taken)


def _antecedent(number: Number, units: Sequence[Unit], starts: list[int]) -> Unit | None:
    """The nearest noun before the number, people before the name of their whole; else the nearest after."""
    index = bisect_left(starts, number.start)
    near = [unit for unit in units[max(0, index - 8) : index] if number.start - unit.end <= _REACH]
    people = [unit for unit in near if unit.kind != "force"]
    if near:
        return (people or near)[-1]
    if index < len(units) and units[index].start - number.end <= _AHEAD:
        return units[index]
    return None


def _read(reader: Reader, number: Number, unit: Unit, figures: Sequence[Figure]) -> Figure | None:
    lexicon, folded = reader.lexicon, reader.folded
    ahead = cues.before(folded, number.start, lexicon)
    behind = cues.after(folded, number.end, lexicon)
    if not _counts(reader, number, ahead, behind, figures):
        return None
    excluded = cues.exclusion(folded, ahead.rest, [], number.end, lexicon)
    return Figure(
        start=number.start,
        end=number.end,
        count=number.value,
        qualifier=ahead.qualifier or behind.qualifier or (Qualifier.ABOUT if number.rough else Qualifier.EXACT),
        unit=unit.kind,
        unit_start=unit.start,
        unit_end=unit.end,
        elliptic=True,
        partitive=ahead.partitive or behind.partitive,
        extra=ahead.extra or behind.extra,
        per=behind.per,
        excluded=excluded[0] if excluded else "rate" if behind.per else None,
        cue=excluded[1] if excluded else None,
    )


def _counts(reader: Reader, number: Number, ahead: cues.Before, behind: cues.After, figures: Sequence[Figure]) -> bool:
    """Whether a number without a noun counts forces."""
    lexicon = reader.lexicon
    if behind.partitive:
        return True
    following = next(rightwards(reader.folded, number.end), None)
    if following is not None and following.word not in lexicon.followers:
        return False
    if number.plain and 1900 <= number.value < 2100 and ahead.qualifier in {None, Qualifier.OVER}:
        return False
    in_list = any(
        figure.end <= number.start <= figure.end + _LIST and b". " not in reader.folded[figure.end : number.start]
        for figure in figures
    )
    if ahead.partitive:
        return True
    located = following is not None and following.word in lexicon.locative
    if located and in_list:
        return True
    if number.value < 10:
        return False
    phrases = [tuple(span.word for span in reversed(ahead.rest[:size])) for size in (1, 2, 3)]
    return ahead.qualifier is not None or ahead.extra or located or any(phrase in lexicon.cues for phrase in phrases)
