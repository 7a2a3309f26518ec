"""Folding: lower case, without accents, one byte for every code point.

Byte *i* of the folded text stands for code point *i* of the text, so that a place found in the one is a place
in the other. That rules out Unicode case folding and decomposition, which change lengths; instead the text is
encoded to Latin-1 with an error handler for what lies outside, and translated byte by byte.
"""

import codecs
import unicodedata
from typing import Final

_BEYOND_LATIN_1: Final = dict(
    zip("œŒĳĲẞłŁđĐıøØ’‘‚‛′“”„‟″–—‐‑−…\u2028\u2029", "ooiislldDioo'''''\"\"\"\"\"-----.\n\n", strict=True)
)
"""What stands for a letter or a mark that has no decomposition to one."""


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
    special = dict(zip("ßæÆøØðÐþÞ«»´\xa0\xad", 'saaooddtt""\' -', strict=True))
    for code in range(256):
        character = chr(code)
        base = special.get(character) or unicodedata.normalize("NFKD", character)[0].lower()
        table[code] = ord(base) if base.isascii() else ord(" ")
    return bytes(table)


_TABLE: Final = _table()


def fold(text: str) -> bytes:
    """Fold a text: one ASCII byte for each code point, letters in lower case and without accents.

    Sharp s and the ligatures give their first letter (`straße` → `strase`); phrases are folded in the same way,
    so that both sides agree. Curly quotes and dashes become straight ones, guillemets `"`.
    """
    return text.encode("latin-1", "worker.fold").translate(_TABLE)
