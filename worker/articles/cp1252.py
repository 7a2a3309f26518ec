"""windows-1252 as the WHATWG Encoding Standard defines it: every byte means something.

Python's own codec leaves five bytes (81, 8D, 8F, 90, 9D) undefined; the standard, and every browser, reads them as the
control characters of the same number.
"""

from typing import Final

CHARACTERS: Final = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100))
"""What the bytes 80–FF stand for, in order."""

_BYTES: Final = {character: 0x80 + index for index, character in enumerate(CHARACTERS)}


def decode(value: bytes) -> str:
    """Decode; never fails."""
    try:
        return value.decode("cp1252")
    except UnicodeDecodeError:
        return value.decode("latin-1").translate(_FROM_LATIN_1)


def encode_high(text: str) -> bytes:
    """Encode characters of the bytes 80–FF only. Raises KeyError for any other."""
    return bytes([_BYTES[character] for character in text])


_FROM_LATIN_1: Final = {0x80 + index: character for index, character in enumerate(CHARACTERS)}
