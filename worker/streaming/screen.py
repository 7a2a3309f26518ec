"""A quick look at raw bytes, which spares nearly all irrelevant messages their decoding."""

import re
from collections.abc import Sequence
from typing import Final

from worker.articles.article import ArticleError
from worker.articles.envelope import open_envelope
from worker.articles.limits import Limits
from worker.articles.normal import is_normal

_MAGIC: Final = (b"%PDF-", b"GIF8", b"BZh", b"PK", b"Obj")
# Longer than the word `date`, which alone makes no article.
_WORDS: Final = re.compile(rb"[A-Za-z]{5}")
_PARAGRAPH: Final = re.compile(rb"<p(?:\s[^<>]*)?>[^<>]*[A-Za-z]{5}", re.IGNORECASE)


class Screen:
    """Finds in a message the bytes in which a word of interest would have to stand.

    It makes it safe to let irrelevant messages pass undecoded: one that is no article at all has to become a dead
    letter though it has not one word of interest, and a word of interest must not hide behind an escape. Whenever
    there is doubt of either it finds nothing, which costs a sound message its decoding and nothing else.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def gist(self, value: bytes | None, headers: Sequence[tuple[str, bytes]]) -> bytes | None:
        """UTF-8 text that is relevant if the message is; None where only decoding it can tell."""
        # Bytes are never fewer than characters, so what passes has room within the limits on either.
        if not value or len(value) > min(self._limits.max_bytes, self._limits.max_chars):
            return None
        if headers and any(name.lower() == "content-type" for name, _ in headers):
            return None
        start = value.lstrip()[:5]
        if start[:1] in (b"{", b"["):
            return self._of_envelope(value)
        if not _is_clear(value):
            return None
        if b"<" in value:
            shallow = value.count(b"<") <= self._limits.max_html_depth
            return value if shallow and _PARAGRAPH.search(value) else None
        return value if _WORDS.search(value) and not start.startswith(_MAGIC) else None

    def _of_envelope(self, value: bytes) -> bytes | None:
        try:
            envelope = open_envelope(value, self._limits)
        except ArticleError:
            return None
        text = f"{envelope.title or ''}\n{envelope.text or ''}".encode()
        sound = envelope.text and b"<" not in text and _is_clear(text) and _WORDS.search(text)
        return text if sound else None


def _is_clear(text: bytes) -> bool:
    """Whether the text is UTF-8 in which every letter stands for itself: no entities, nothing to be repaired."""
    if b"&" in text or not is_normal(text):
        return False
    if not text.isascii():
        try:
            text.decode()
        except UnicodeDecodeError:
            return False
    return True
