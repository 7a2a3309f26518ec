"""Numbers in digits that no noun counts: "Armenia sent 70, Kyrgyzstan 150".

Whether they count forces is not decided here.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from worker.extraction.figures import cues, words
from worker.extraction.figures.ellipsis import figure_of
from worker.extraction.figures.figure import Figure
from worker.extraction.figures.lexicon import Lexicon
from worker.extraction.figures.nouns import Unit
from worker.extraction.figures.numbers import Number, in_digits

BARE: Final = "bare"
"""The unit of a number without a noun."""

_MOST: Final = 24
"""The most bare numbers of one text that are looked at: more of them are a table."""


def bare(text: str, folded: bytes, lexicon: Lexicon, known: Sequence[Figure]) -> Iterator[Figure]:
    """The numbers that are no part of a known figure, no year, no date and no measure."""
    taken = sorted((figure.start, max(figure.end, figure.unit_end)) for figure in known)
    free = [number for number in in_digits(folded, lexicon) if not _covered(number, taken)]
    for number in [number for number in free if _counts(text, folded, number, lexicon)][:_MOST]:
        ahead = cues.before(folded, number.start, lexicon)
        behind = cues.after(folded, number.end, lexicon)
        excluded = cues.exclusion(ahead, [], behind, lexicon)
        yield figure_of(number, Unit(number.start, number.end, BARE), ahead, behind, excluded)


def _covered(number: Number, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= number.start < end for start, end in taken)


def _counts(text: str, folded: bytes, number: Number, lexicon: Lexicon) -> bool:
    """Whether the words next to a number leave it possible that it counts people."""
    if number.value < 2 or (number.plain and 1900 <= number.value < 2100):
        return False
    before = words.before(folded, number.start, 1).words
    if before and (before[0] in lexicon.months_short or before[0] in lexicon.measures):
        return False
    after = words.after(folded, number.end, 1).words
    if after and (after[0] in lexicon.measures or after[0] in lexicon.years - lexicon.followers):
        return False
    return not text[number.end : number.end + 1].isalpha() and not _ordinal(text, number)


def _ordinal(text: str, number: Number) -> bool:
    """Whether a full stop behind a number makes an ordinal of it: the German *3. Oktober*."""
    rest = text[number.end : number.end + 3]
    return number.value <= 31 and rest.startswith(". ") and rest[2:3].isalpha()
