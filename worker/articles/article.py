"""The article that every later room works on, and the one error of this room."""

from dataclasses import dataclass
from enum import StrEnum

from worker.missions.dates import PartialDate


class ArticleFault(StrEnum):
    """Why a raw message is no article: the `reason` of its dead letter."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    JSON_SYNTAX = "json_syntax"
    JSON_SHAPE = "json_shape"
    TOO_DEEP = "too_deep"
    NO_TEXT = "no_text"
    BINARY = "binary"
    UNDATED = "undated"


class ArticleError(ValueError):
    """The bytes of a raw message are no article.

    `fault` says which kind, the message says what is wrong in words that fit a log line: never the text itself.
    """

    def __init__(self, fault: ArticleFault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


class DatedBy:
    """Where an article's date was found: values of `Article.dated_by`."""

    ENVELOPE = "envelope"
    """`published_at` of the JSON envelope."""
    PREFIX = "prefix"
    """The words ` date YYYY-MM` or ` date YYYY-MM-DD` in front of the text."""
    PAGE = "page"
    """The metadata of an HTML page: `article:published_time`, `datePublished`, `<time datetime>`."""
    RECORD = "record"
    """The timestamp of the Kafka record: nothing in the message itself dates the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A decoded article.

    `text` is everything there is to read: the title, where the message has one apart, then a blank line and
    the body; paragraphs are separated by one newline. It is in NFC, without control or zero-width characters,
    without doubled spaces; a no-break space (U+00A0) stands only between digits, where it groups a number.
    `title` is None where the message does not set it apart (`text[:len(title)] == title` otherwise).
    `id` is the envelope's, or a UUIDv5 of the content.
    `published` has the precision that the message gives; `dated_by` says where it came from.
    """

    id: str
    text: str
    published: PartialDate
    dated_by: str
    title: str | None = None
    language: str | None = None
    url: str | None = None
    source: str | None = None
