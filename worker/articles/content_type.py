"""The `content-type` header of a Kafka record."""

import re
from collections.abc import Sequence
from typing import Final

_CHARSET: Final = re.compile(r";\s{0,16}charset\s{0,16}=\s{0,16}[\"']?([^\s\"';]{1,40})", re.IGNORECASE)
_MAX_LENGTH: Final = 1_024


def content_type(headers: Sequence[tuple[str, bytes | None]]) -> tuple[str | None, str | None]:
    """The media type and the charset of the first `content-type` header, in lower case; None for what is absent."""
    for name, value in headers:
        if value and name.lower() == "content-type":
            written = value[:_MAX_LENGTH].decode("latin-1")
            charset = _CHARSET.search(written)
            return written.partition(";")[0].strip().lower() or None, charset[1].lower() if charset else None
    return None, None
