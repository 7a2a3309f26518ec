"""Finding many phrases in one pass: whole words, every kind of phrase in its longest form.

One Aho-Corasick automaton holds all phrases of a language. It reports every overlapping hit, because
leftmost-longest search would lose a whole word inside a longer phrase that fails the word boundary. The boundaries
are part of the patterns: in the text searched every mark is a space, and a phrase begins and ends with one.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Generic, NamedTuple, TypeVar

import ahocorasick_rs

from worker.extraction.text.fold import fold

Tag = TypeVar("Tag")

_WORDS: Final = bytes(code if chr(code).isalnum() and code < 128 else 0x20 for code in range(256))
"""Translates folded text to its words: everything but letters and figures becomes a space."""


class Hit(NamedTuple, Generic[Tag]):
    """A phrase found: `start` and `end` are offsets in code points, `tag` is what the phrase book says of it."""

    start: int
    end: int
    tag: Tag


class PhraseBook(Generic[Tag]):
    """An automaton over phrases, each with one or more tags.

    A phrase that begins or ends with `*` may go on within the word on that side (`*missie`), and its hit is the
    whole word; any other must stand between word boundaries. A phrase that begins with `=` counts only in the
    very case in which it is written (`=MIF`), one that begins with `^` only where its first letter is a capital.
    """

    def __init__(self, phrases: Mapping[str, Iterable[Tag]]) -> None:
        patterns: dict[bytes, list[tuple[str, Tag]]] = {}
        for phrase, tags in phrases.items():
            exact, written = "", phrase
            if phrase[0] in "=^":
                written = phrase[1:]
                exact = written if phrase[0] == "=" else written[0].upper()
            words = fold(written.strip("*")).translate(_WORDS)
            if not words.strip():
                raise ValueError(f"an empty phrase: {phrase!r}")
            left = b"" if written.startswith("*") else b" "
            right = b"" if written.endswith("*") else b" "
            patterns.setdefault(left + words + right, []).extend((exact, tag) for tag in tags)
        self._entries = [
            (pattern[0] == 0x20, pattern[-1] == 0x20, tuple(entries)) for pattern, entries in patterns.items()
        ]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(list(patterns))

    def find(self, folded: bytes, text: str = "") -> list[Hit[Tag]]:
        """All hits in a folded text, by start, then longest first.

        `text` is the text before folding; without it, no phrase whose letter case counts is found.
        """
        words = b" " + folded.translate(_WORDS) + b" "
        hits: list[Hit[Tag]] = []
        entries = self._entries
        for index, start, end in self._automaton.find_matches_as_indexes(words, overlapping=True):
            closed_left, closed_right, tags = entries[index]
            # the padded text is one space ahead of the text; a boundary is part of the match, not of the hit
            first = start if closed_left else words.rfind(b" ", 0, start + 1)
            last = end - 2 if closed_right else words.find(b" ", end - 1) - 1
            for exact, tag in tags:
                if not exact or text.startswith(exact, first):
                    hits.append(Hit(first, last, tag))
        hits.sort(key=_in_order)
        return hits


def _in_order(hit: Hit[Tag]) -> tuple[int, int]:
    return hit[0], -hit[1]
