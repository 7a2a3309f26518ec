"""How much of a raw message is read before it is refused."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one raw message; what exceeds one is refused, never cut."""

    max_bytes: int = 1 << 20
    """Size of the value in bytes. The default is that of Kafka's own `max.message.bytes`, 1 MiB."""

    max_chars: int = 250_000
    """Length of the decoded text in code points. The longest newspaper articles have a fifth of it."""

    max_json_depth: int = 64
    """Nesting of JSON objects and arrays. Parsers recurse: from about 1,000 on they fail, or worse."""

    max_html_depth: int = 512
    """Nesting of HTML elements; browsers stop at the same depth."""

    max_field_chars: int = 2_048
    """Length of each short field in code points: id, URL, title, language, source."""


DEFAULT: Final = Limits()
