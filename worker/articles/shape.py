"""Which of the three shapes a raw message has: a JSON object, HTML or plain text."""

import re
from enum import StrEnum
from typing import Final


class Shape(StrEnum):
    """The shape of a raw message."""

    JSON = "json"
    HTML = "html"
    TEXT = "text"


# An article may begin with a brace, a bracket or a quotation mark: only what JSON must have behind it tells.
_JSON: Final = re.compile(r"\s{0,1000}(?:\{\s{0,1000}[\"}]|\[\s{0,1000}(?:\{\s{0,1000}[\"}]|(?:\[\s{0,1000}){2}))")
_HTML: Final = re.compile(
    r"\s{0,1000}<(?:!--|!doctype\b|\?xml\b|!\[CDATA\[|[a-z][a-z0-9]{0,20}(?:[\s/][^<]{0,2000})?>)", re.IGNORECASE
)
# Tags in a text that has none of its own reason for `<`: what feeds leave in when they take a page for text.
_MARKUP: Final = re.compile(
    r"</(?:p|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|u|sup|sub|font|small|figure|table|td)\s{0,10}>|<(?:br|hr)\s{0,10}/?>|<p>",
    re.IGNORECASE,
)
HEAD: Final = 4096
"""How many characters (bytes) the sniffing looks at."""


def shape_of(head: str, media_type: str | None) -> Shape:
    """The shape of a message by the media type of its `content-type` header and by its first characters.

    `text/plain` and unknown types decide nothing: producers set them by default, whatever they send.
    """
    if media_type is not None:
        if media_type == "application/json" or media_type.endswith("+json"):
            return Shape.JSON
        if media_type in ("text/html", "application/xhtml+xml"):
            return Shape.HTML
    if _JSON.match(head):
        return Shape.JSON
    return Shape.HTML if _HTML.match(head) else Shape.TEXT


def has_markup(text: str) -> bool:
    """Whether a text that passes for plain has tags in it."""
    return "<" in text and ">" in text and _MARKUP.search(text) is not None
