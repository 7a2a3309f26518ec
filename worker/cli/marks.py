"""A text cut where findings begin and end, so that each piece bears the same marks throughout."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from worker.cli.findings import Finding, Kind

_IMPORTANCE = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, the findings whose words it belongs to, and those whose words end with it."""

    text: str
    within: tuple[Finding, ...]
    ending: tuple[Finding, ...]

    @property
    def kind(self) -> Kind | None:
        """The kind that matters most of those that the piece belongs to; None outside of any."""
        return min((finding.kind for finding in self.within), key=_IMPORTANCE.__getitem__, default=None)


def pieces(text: str, found: Sequence[Finding]) -> Iterator[Piece]:
    """Cut the text; the pieces joined are the text. Evidence may overlap and nest as it likes."""
    cuts = sorted({0, len(text), *(place for it in found for place in (it.evidence.start, it.evidence.end))})
    for start, end in pairwise(cuts):
        within = tuple(it for it in found if it.evidence.start <= start and end <= it.evidence.end)
        yield Piece(text[start:end], within, tuple(it for it in within if it.evidence.end == end))
