"""The JSON envelope of an article: its fields, typed, and nothing else of it."""

import re
from typing import Final

import msgspec

from worker.articles.article import ArticleError, ArticleFault
from worker.articles.limits import Limits
from worker.articles.nesting import deeper_than, repeated_key


class Envelope(msgspec.Struct, frozen=True):
    """A raw article as JSON: `text` or `html`, and what is known about it. Other fields are skipped."""

    text: str | None = None
    html: str | None = None
    id: str | int | None = None
    url: str | None = None
    title: str | None = None
    published_at: str | int | float | None = None
    language: str | None = None
    source: str | None = None


_DECODER: Final = msgspec.json.Decoder(Envelope)
_KEYS: Final = re.compile(f'"(?:{"|".join(Envelope.__struct_fields__)})"'.encode())


def open_envelope(value: bytes, limits: Limits) -> Envelope:
    """Decode UTF-8 JSON. Raises ArticleError: `TOO_DEEP`, `JSON_SYNTAX`, `JSON_SHAPE`, `ENCODING` or `TOO_LARGE`."""
    if deeper_than(value, limits.max_json_depth):
        raise ArticleError(ArticleFault.TOO_DEEP, f"the JSON nests deeper than {limits.max_json_depth} levels")
    try:
        envelope = _DECODER.decode(value)
    except msgspec.ValidationError as error:
        raise ArticleError(ArticleFault.JSON_SHAPE, f"the JSON is no article: {error}") from error
    except msgspec.DecodeError as error:
        raise ArticleError(ArticleFault.JSON_SYNTAX, f"no valid JSON: {error}") from error
    except UnicodeDecodeError as error:  # msgspec does not wrap it (its issue 714)
        raise ArticleError(ArticleFault.ENCODING, f"a string in the JSON is no valid UTF-8: {error.reason}") from error
    except RecursionError as error:  # the stack below this call was nearly used up already
        raise ArticleError(ArticleFault.TOO_DEEP, "the JSON nests too deeply to be parsed") from error
    if key := repeated_key(value, _KEYS):
        raise ArticleError(ArticleFault.JSON_SHAPE, f"the JSON has the key {key.decode()} more than once")
    if envelope.text is None and envelope.html is None:
        raise ArticleError(ArticleFault.JSON_SHAPE, "the JSON has neither `text` nor `html`")
    for name in ("id", "url", "title", "language", "source"):
        field = getattr(envelope, name)
        if isinstance(field, str) and len(field) > limits.max_field_chars:
            raise ArticleError(
                ArticleFault.TOO_LARGE, f"`{name}` has {len(field)} characters, more than {limits.max_field_chars}"
            )
    return envelope
