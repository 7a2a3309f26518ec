"""Finding many phrases in one pass: whole words, every kind of phrase in its longest form.

One Aho-Corasick automaton holds all phrases of a language. It reports every overlapping hit, because
leftmost-longest search would lose a whole word inside a longer phrase that fails the word boundary.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Generic, NamedTuple, TypeVar

import ahocorasick_rs

from worker.extraction.text.fold import fold

Tag = TypeVar("Tag")

_WORD: Final = bytes(1 if chr(code).isalnum() else 0 for code in range(128)) + bytes(128)


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
        patterns: dict[bytes, list[tuple[bool, bool, str, Tag]]] = {}
        for phrase, tags in phrases.items():
            if phrase[0] in "=^":
                exact = phrase[1:] if phrase[0] == "=" else phrase[1].upper()
                patterns.setdefault(fold(phrase[1:]), []).extend((False, False, exact, tag) for tag in tags)
                continue
            open_left, open_right = phrase.startswith("*"), phrase.endswith("*")
            folded = fold(phrase.strip("*"))
            if not folded.strip():
                raise ValueError(f"an empty phrase: {phrase!r}")
            patterns.setdefault(folded, []).extend((open_left, open_right, "", tag) for tag in tags)
        self._entries = [tuple(entry) for entry in patterns.values()]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(list(patterns))

    def find(self, folded: bytes, text: str = "") -> list[Hit[Tag]]:
        """All hits in a folded text, by start, then longest first.

        `text` is the text before folding; without it, no phrase whose letter case counts is found.
        """
        size = len(folded)
        hits: list[Hit[Tag]] = []
        entries = self._entries
        word = _WORD
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            left = start == 0 or not word[folded[start - 1]] or not word[folded[start]]
            right = end == size or not word[folded[end]] or not word[folded[end - 1]]
            for open_left, open_right, exact, tag in entries[index]:
                if (left or open_left) and (right or open_right) and (not exact or text.startswith(exact, start)):
                    first, last = start, end
                    while not left and first and word[folded[first - 1]]:
                        first -= 1
                    while not right and last < size and word[folded[last]]:
                        last += 1
                    hits.append(Hit(first, last, tag))
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits
