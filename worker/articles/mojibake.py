"""Repair of UTF-8 that was once read as windows-1252 (`dÃ©ployÃ©s`, `lâ€™armÃ©e`).

Only where nothing else can be meant: a sequence is repaired when its characters, written in windows-1252, are valid
UTF-8, and when it begins as the accented Latin letters, no-break spaces and curly quotes do. `Ä“` at the end of
a German quotation or `É»` at the end of a French one would be valid too; such sequences are repaired
only in a text that has one of the former. The method is that of ftfy (Speer 2019), for four languages.
"""

import re
from typing import Final

from worker.articles import cp1252

_C1: Final = re.compile("[\x80-\x9f]")
_FROM_C1: Final = {0x80 + index: character for index, character in enumerate(cp1252.CHARACTERS[:0x20])}


def _of(first: int, last: int) -> str:
    """A character class: what the bytes from `first` to `last` are in windows-1252."""
    return "[" + re.escape(cp1252.CHARACTERS[first - 0x80 : last - 0x80 + 1]) + "]"


_CONTINUATION: Final = _of(0x80, 0xBF)
_SEQUENCE: Final = re.compile(
    f"{_of(0xC2, 0xDF)}{_CONTINUATION}|{_of(0xE0, 0xEF)}{_CONTINUATION}{{2}}|{_of(0xF0, 0xF4)}{_CONTINUATION}{{3}}"
)
# Â and Ã with any continuation, â with that of general punctuation (E2 80) and of the euro sign (E2 82).
_EVIDENCE: Final = re.compile(f"[ÂÃ]{_CONTINUATION}|â[€‚]{_CONTINUATION}")
# A no-break space inside a sequence often came through as a plain one: `Ã ` was `à`.
_LOST_SPACE: Final = "Ã "
# The right curly quote ends in a byte that windows-1252 does not define: most programs dropped it.
_LOST_QUOTE: Final = re.compile("â€(?=[\\s.,;:!?)]|$)")


def repaired(text: str) -> str:
    """The text with unmistakable sequences replaced; the same object where there are none.

    Text may have gone through the same wrong conversion more than once; each round at least halves what it repairs.
    """
    text = _without_c1(text)
    while "Ã" in text or "Â" in text or ("â" in text and ("€" in text or "‚" in text)):
        if _EVIDENCE.search(text) is None:
            break
        mended = _LOST_QUOTE.sub("”", _SEQUENCE.sub(_decoded, text).replace(_LOST_SPACE, "à "))
        if mended == text:
            break
        text = _without_c1(mended)
    return text


def _without_c1(text: str) -> str:
    """Take the control characters of ISO-8859-1 for windows-1252 that was read as ISO-8859-1, as browsers do."""
    return text if _C1.search(text) is None else text.translate(_FROM_C1)


def _decoded(match: re.Match[str]) -> str:
    try:
        return cp1252.encode_high(match[0]).decode()
    except UnicodeDecodeError:  # an overlong form or a surrogate: not UTF-8 after all
        return match[0]
