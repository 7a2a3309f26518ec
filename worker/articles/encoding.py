"""From bytes to text: byte order marks, declared encodings, and the refusal of what is no text."""

import codecs
from typing import Final

from worker.articles import cp1252
from worker.articles.article import ArticleError, ArticleFault
from worker.articles.charsets import CODECS

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# What a message of another kind begins with. Without a NUL in it, such a message would be blamed on its encoding.
_MAGIC: Final = (
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"Obj\x01", "an Avro container file"),
)
_FIRST_BYTES: Final = frozenset(magic[0] for magic, _ in _MAGIC) | frozenset(bom[0] for bom, _ in _BOMS)


def byte_order_mark(value: bytes) -> tuple[str | None, int]:
    """The codec that a byte order mark announces and the length of the mark; (None, 0) without one."""
    if value[0] in _FIRST_BYTES:
        for bom, codec in _BOMS:
            if value.startswith(bom):
                return codec, len(bom)
    return None, 0


def codec_of(label: str) -> str | None:
    """The Python codec for a declared label; None where the label is unknown."""
    return CODECS.get(label.strip().lower())


def refuse_binary(value: bytes) -> None:
    """Raise ArticleError (`BINARY`) for bytes that no 8-bit encoding of text would hold."""
    if value[0] in _FIRST_BYTES:
        for magic, what in _MAGIC:
            if value.startswith(magic):
                raise ArticleError(ArticleFault.BINARY, f"the message is {what}")
    position = value.find(0)
    if position >= 0:
        raise ArticleError(ArticleFault.BINARY, f"the message has a NUL byte at position {position}")


def to_text(value: bytes, codec: str) -> str:
    """Decode strictly, or raise ArticleError (`ENCODING`): a letter that is lost can turn the sense of a sentence."""
    if codec == "cp1252":
        return cp1252.decode(value)
    try:
        return value.decode(codec)
    except UnicodeDecodeError as error:
        raise ArticleError(
            ArticleFault.ENCODING, f"no valid {codec} at byte {error.start} of {len(value)}: {error.reason}"
        ) from error
