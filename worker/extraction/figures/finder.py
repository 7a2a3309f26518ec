"""Finding troop figures: from the nouns of forces to the numbers that count them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from worker.extraction.figures.bare import bare
from worker.extraction.figures.ellipsis import elliptic
from worker.extraction.figures.figure import Figure
from worker.extraction.figures.lexicon import load
from worker.extraction.figures.nouns import Reader, Unit, counted, figure, whole
from worker.extraction.figures.numbers import in_digits
from worker.extraction.text.phrases import PhraseBook
from worker.missions.vocabulary import Qualifier

_WHOLE = "force"
_NATIONALS = "nationals"


class FigureFinder:
    """Finds the troop figures of one language (`nl`, `fr`, `en` or `de`).

    `nationals` are the nouns for people of a country ("Nederlanders", "Français"), which count as forces when a
    number stands before them and they have a capital: French "250 Ukrainiens", not "250 ukrainiens".
    """

    def __init__(self, language: str, nationals: Iterable[str] = ()) -> None:
        self._lexicon = load(language)
        kinds: dict[str, list[str]] = {f"^{noun}": [_NATIONALS] for noun in nationals}
        kinds |= {noun: [kind] for noun, kind in self._lexicon.units.items()}
        self._book = PhraseBook(kinds)

    def find(self, text: str, folded: bytes) -> tuple[Figure, ...]:
        """All troop figures of a text, by place, with those that are excluded; `folded` is the folded text."""
        units = self._units(text, folded)
        if not units:
            return ()
        digits = in_digits(folded, self._lexicon)
        ends, begins = {number.end: number for number in digits}, {number.start: number for number in digits}
        reader = Reader(text, folded, self._lexicon, ends, begins)
        figures: list[Figure] = []
        used: set[int] = set()
        for unit in sorted(units, key=lambda unit: unit.kind == _NATIONALS):
            found = None if unit.kind == _WHOLE else counted(reader, unit)
            if found is not None and found.number.end not in used:
                used.add(found.number.end)
                figures += figure(reader, unit, found)
        for unit in units:
            made = whole(reader, unit) if unit.kind == _WHOLE else None
            if made is not None and made.end not in used:
                used.add(made.end)
                figures.append(made)
        figures += elliptic(reader, [unit for unit in units if unit.kind != "people"], figures)
        figures.sort(key=lambda figure: figure.start)
        return tuple(self._shared_ceilings(figures, folded))

    def bare(self, text: str, folded: bytes, known: Sequence[Figure]) -> list[Figure]:
        """The numbers of a text without a noun, which may count forces; `known` are its figures."""
        return list(bare(text, folded, self._lexicon, known)) if known else []

    def _shared_ceilings(self, figures: list[Figure], folded: bytes) -> list[Figure]:
        """Let "up to" hold for all that "and" joins: "up to 7,000 soldiers and 900 police"."""
        for index in range(1, len(figures)):
            left, right = figures[index - 1], figures[index]
            joined = folded[left.unit_end : right.start].strip() in self._lexicon.links
            if joined and left.qualifier is Qualifier.UNDER and right.qualifier is Qualifier.EXACT:
                figures[index] = replace(right, qualifier=Qualifier.UNDER)
        return figures

    def _units(self, text: str, folded: bytes) -> list[Unit]:
        """The nouns of forces, the longest at each place."""
        units: list[Unit] = []
        free = 0
        for start, end, kind in self._book.find(folded, text):
            if start >= free and (kind != _NATIONALS or folded[end : end + 1] != b"-"):
                units.append(Unit(start, end, kind))
                free = end
        return units
