"""Figures without a noun of their own: "2,400 of them", "1.200 au Tchad", "from 375 to 290"."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import Final

from worker.extraction.figures import cues
from worker.extraction.figures.figure import Figure
from worker.extraction.figures.nouns import Reader, Unit
from worker.extraction.figures.numbers import Number, words_ending
from worker.extraction.figures.words import clause_after, spans
from worker.missions.vocabulary import Qualifier

_REACH: Final = 260
"""How far the noun may stand before its figure, in code points."""
_AHEAD: Final = 70
"""How far after it."""
_WORD: Final = 16
"""The longest word before a year, in letters."""
_SHARED: Final = frozenset({"casualties", "captives", "trainees", "civilians"})
"""What excludes a figure and those that take their noun from it: of twelve wounded, three \"of them\"."""
_WORDS: Final = bytes.maketrans(b',.;:()"', b" " * 7)
_LIST: Final = 130
"""How far from the last figure a list of them may go on, within the sentence."""


class _Known:
    """The figures known so far, by place, so that a long list of them costs no more than its length."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures = sorted(figures, key=_start)
        self.excluded = {
            figure.unit_start: (figure.excluded, figure.cue)
            for figure in figures
            if figure.excluded in _SHARED and figure.cue is not None
        }

    def add(self, figure: Figure) -> None:
        """Take in one more figure."""
        insort(self.figures, figure, key=_start)

    def before(self, place: int) -> Figure | None:
        """The last figure that begins before a place."""
        index = bisect_left(self.figures, place, key=_start)
        return self.figures[index - 1] if index else None

    def covers(self, number: Number) -> bool:
        """Whether a number is part of a known figure."""
        last = self.before(number.end)
        return last is not None and number.start < last.end


def _start(figure: Figure) -> int:
    return figure.start


def elliptic(reader: Reader, units: Sequence[Unit], figures: Sequence[Figure]) -> list[Figure]:
    """The figures that take their noun from elsewhere, where the words around them leave no doubt."""
    starts = [unit.start for unit in units]
    known = _Known(figures)
    added: list[Figure] = []
    pending = [*reader.digits.values(), *_spelled(reader, figures, known)]
    while pending:
        found: list[Figure] = []
        for number in sorted(pending):
            if _is_counted_otherwise(reader, number) or known.covers(number):
                continue
            unit = _antecedent(number, units, starts)
            made = None if unit is None else _read(reader, number, unit, known)
            if made is not None:
                found.append(made)
                known.add(made)
        added += found
        pending = _spelled(reader, found, known)
    return added


def _is_counted_otherwise(reader: Reader, number: Number) -> bool:
    """Whether the words next to a number show at once that it is a year or counts something else."""
    lexicon, folded = reader.lexicon, reader.folded
    following = clause_after(folded, number.end).lstrip().partition(b" ")[0]
    if following and following not in lexicon.followers and following not in lexicon.partitive_after.firsts:
        return True
    if not number.plain or not 1900 <= number.value < 2100:
        return False
    return folded[max(0, number.start - _WORD) : number.start].rstrip().rpartition(b" ")[2] in lexicon.years


def _spelled(reader: Reader, figures: Sequence[Figure], known: _Known) -> list[Number]:
    """The numbers in words that follow figures and that no noun counts."""
    numbers: dict[int, Number] = {}
    seen = 0
    for figure in sorted(figures, key=lambda figure: figure.end):
        at = max(seen, figure.end if figure.elliptic else max(figure.end, figure.unit_end))
        seen = max(figure.end, figure.unit_end) + _LIST
        stretch = reader.folded[at:seen].partition(b"\n")[0].translate(_WORDS)
        if reader.lexicon.atoms.isdisjoint(stretch.split()):
            continue
        for span in spans(stretch, at):
            if span.word in reader.lexicon.atoms:
                number = words_ending(reader.text, reader.folded, span.end, reader.lexicon)
                if number is not None and not known.covers(number):
                    numbers[number.start] = number
    return list(numbers.values())


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


def _read(reader: Reader, number: Number, unit: Unit, known: _Known) -> Figure | None:
    lexicon, folded = reader.lexicon, reader.folded
    ahead = cues.before(folded, number.start, lexicon)
    behind = cues.after(folded, number.end, lexicon)
    if not _counts(reader, number, unit, ahead, behind, known):
        return None
    excluded = cues.exclusion(ahead, [], behind, lexicon) or known.excluded.get(unit.start)
    return figure_of(number, unit, ahead, behind, excluded)


def figure_of(
    number: Number, unit: Unit, ahead: cues.Before, behind: cues.After, excluded: cues.Exclusion | None
) -> Figure:
    """A number without a noun of its own as a figure of a unit that stands elsewhere."""
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


def _counts(reader: Reader, number: Number, unit: Unit, ahead: cues.Before, behind: cues.After, known: _Known) -> bool:
    """Whether a number without a noun counts forces."""
    lexicon, folded = reader.lexicon, reader.folded
    if behind.partitive:
        return unit.kind != "force"
    following = behind.row.words[0] if behind.row.words else None
    if following is not None and following not in lexicon.followers:
        return False
    if number.plain and 1900 <= number.value < 2100 and ahead.qualifier in {None, Qualifier.OVER}:
        return False
    if ahead.partitive:
        return True
    if _is_label(reader, number, ahead):
        return False
    last = known.before(number.start)
    in_list = last is not None and number.start <= last.end + _LIST and b". " not in folded[last.end : number.start]
    located = following in lexicon.locative
    if located and in_list:
        return True
    if number.value < 10:
        return False
    heads_clause = in_list and not ahead.next and following is not None
    said = heads_clause or lexicon.cues.at(ahead.all.words, ahead.understood) is not None
    return ahead.qualifier is not None or ahead.extra or located or said


def _is_label(reader: Reader, number: Number, ahead: cues.Before) -> bool:
    """Whether a number belongs to a name or a date: "Air Base 101", "Aug. 12"."""
    folded, at = reader.folded, number.start
    if folded[at - 2 : at] == b". ":
        return folded[max(0, at - 8) : at - 2].rpartition(b" ")[2] in reader.lexicon.months_short
    if ahead.understood or not ahead.next or reader.lexicon.capital_nouns:
        return False
    name = ahead.all.span(0).start
    return reader.text[name].isupper() and name >= 2 and folded[name - 2] != 46
