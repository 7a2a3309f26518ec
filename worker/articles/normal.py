"""One normal form of text, whatever its source: the offsets of all evidence count in it."""

import re
import unicodedata
from typing import Final

from worker.articles.article import ArticleError, ArticleFault
from worker.articles.mojibake import repaired

# What most texts do not have, told by their UTF-8 in a fifth of the time that a regex over the text would take:
# control characters and whatever lies beyond Latin, curly quotes, dashes and the euro sign …
_NEVER: Final = bytes(sorted({*range(0x20), 0x7F, *range(0xC6, 0xE2), *range(0xE3, 0x100)} - {0x0A}))
# … other general punctuation, controls and spaces of Latin-1, `ĳ`, and the beginnings of mojibake. Each pattern begins
# with a byte that most texts hardly have.
_DOUBTFUL: Final = tuple(
    (pattern[:1], re.compile(pattern, re.DOTALL))
    for pattern in (
        b"\xe2(?!\x80[\x90-\xa7\xb0-\xbf]|\x82\xac|\x84\xa2)",
        b"\xc2[\x80-\xa0\xad]",
        b"\xc4[\xb2\xb3]",
        b"\xc3(?:[\x82\x83]|\xa2(?:\xc2|\xe2))",
    )
)

_SPACES: Final = "\t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u200a\u205f\u3000"
_GROUPING: Final = "\u00a0\u2007\u2009\u202f"  # no-break, figure, thin and narrow no-break space
_LINE_ENDS: Final = "\x0b\x0c\r\u2028\u2029"
_INVISIBLE: Final = (  # zero-width and directional characters, the soft hyphen, variation selectors
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_LIGATURES: Final = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\u0133": "ij",
    "\u0132": "IJ",
}

_MAPPING: Final[dict[int, str]] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), ""),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _GROUPING), "\u00a0"),
    **dict.fromkeys(map(ord, (*_LINE_ENDS, "\n")), "\n"),
    **dict.fromkeys(map(ord, _INVISIBLE), ""),
    **{ord(ligature): letters for ligature, letters in _LIGATURES.items()},
}
_CONTROLS: Final = bytes(sorted(set(range(0x20)) - set(b"\t\n\x0b\x0c\r")))
_MAX_CONTROL_SHARE: Final = 0.01
_BARE_NO_BREAK: Final = re.compile("(?<![0-9])\u00a0|\u00a0(?![0-9])")
_RUN_OF_SPACES: Final = re.compile("  +")


def lines(text: str) -> list[str]:
    """The lines of a text in normal form, blank ones included as empty strings.

    The normal form is NFC without control and zero-width characters, without typesetters' ligatures, with spaces
    of one kind and never two in a row; U+00A0 stands where a no-break or thin space stood between two digits.
    UTF-8 that was read as windows-1252 is repaired. Raises ArticleError (`BINARY`) for text with a NUL, or
    of which more than one character in a hundred is a control character. Linear in the length.
    """
    encoded = text.encode()
    if not is_normal(encoded):
        text = _cleaned(text, encoded)
    if "  " in text:
        text = _RUN_OF_SPACES.sub(" ", text)
    return [line.strip(" ") for line in text.split("\n")] if "\n" in text else [text.strip(" ")]


def is_normal(encoded: bytes) -> bool:
    """Whether nothing is to be done to a text in UTF-8 but white space; may doubt one that is normal.

    What passes is in NFC too: it has no combining characters.
    """
    if len(encoded.translate(None, _NEVER)) != len(encoded):
        return False
    if not encoded.isascii():
        for first, pattern in _DOUBTFUL:
            if first in encoded and pattern.search(encoded):
                return False
    return True


def _cleaned(text: str, encoded: bytes) -> str:
    controls = len(encoded) - len(encoded.translate(None, _CONTROLS))
    if controls and (b"\0" in encoded or controls > len(text) * _MAX_CONTROL_SHARE):
        raise ArticleError(ArticleFault.BINARY, f"{controls} of {len(text)} characters are control characters")
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    text = _composed(_composed(text).translate(_MAPPING))
    return _BARE_NO_BREAK.sub(" ", text) if "\u00a0" in text else text


def _composed(text: str) -> str:
    """The text in NFC, repaired."""
    composed = unicodedata.normalize("NFC", text)
    mended = repaired(composed)
    return composed if mended is composed else unicodedata.normalize("NFC", mended)
