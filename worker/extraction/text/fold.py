"""Folding: lower case, without accents, one byte for every code point.

Byte *i* of the folded text stands for code point *i* of the text, so that a place found in the one is a place
in the other. That rules out Unicode case folding and decomposition, which change lengths; instead the text is
encoded to Latin-1 with an error handler for what lies outside, and translated byte by byte.
"""

import codecs
import unicodedata
from typing import Final

_BEYOND_LATIN_1: Final = {
    "œ": "o", "Œ": "o", "ĳ": "i", "Ĳ": "i", "ẞ": "s", "’": "'", "‘": "'", "‚": "'", "‛": "'", "′": "'", "“": '"', "”": '"',
    "„": '"', "‟": '"', "″": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": ".", "\u2028": "\n", "\u2029": "\n",
    "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i", "ø": "o", "Ø": "o",
}  # fmt: skip


def _beyond_latin_1(error: UnicodeError) -> tuple[bytes, int]:
    """Give one ASCII byte for each code point that Latin-1 lacks (an error handler of `codecs`)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    folded = bytearray()
    for character in error.object[error.start : error.end]:
        known = _BEYOND_LATIN_1.get(character)
        if known is None:
            known = unicodedata.normalize("NFKD", character)[0]
        folded += known.lower().encode("ascii", "replace")[:1] if character.isalnum() or known in "'\"-.\n" else b" "
    return bytes(folded), error.end


codecs.register_error("worker.fold", _beyond_latin_1)


def _table() -> bytes:
    """Translate each Latin-1 byte to its lower-case base letter."""
    table = bytearray(range(256))
    special = {"ß": "s", "æ": "a", "Æ": "a", "ø": "o", "Ø": "o", "ð": "d", "Ð": "d", "þ": "t", "Þ": "t", "«": '"', "»": '"', "´": "'", "\xa0": " ", "\xad": "-"}  # fmt: skip
    for code in range(256):
        character = chr(code)
        base = special.get(character) or unicodedata.normalize("NFKD", character)[0].lower()
        table[code] = ord(base) if ord(base) < 128 else ord(" ")
    return bytes(table)


_TABLE: Final = _table()


def fold(text: str) -> bytes:
    """Fold a text: one ASCII byte for each code point, letters in lower case and without accents.

    Sharp s and the ligatures give their first letter (`straße` → `strase`); phrases are folded in the same way,
    so that both sides agree. Curly quotes and dashes become straight ones, guillemets `"`.
    """
    return text.encode("latin-1", "worker.fold").translate(_TABLE)
