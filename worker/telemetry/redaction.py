"""What must not reach a log: secrets, and the text of articles."""

import re
from collections.abc import Mapping
from typing import Any, Final

from structlog.typing import EventDict, WrappedLogger

from worker.telemetry.fields import ERROR_STACK

MASK: Final = "***"
WITHHELD: Final = "[withheld]"
MAX_LENGTH: Final = 2_000
"""Code points of a text field; only stack traces may be longer."""

_SECRET: Final = re.compile(
    r"passw|secret|token|sasl_plain|authorization|private_key|api_?key|credential", re.IGNORECASE
)
_USERINFO: Final = re.compile(r"(?<=://)[^/\s@]+(?=@)")
# The evidence quote is all that a log may show of an article.
_ARTICLE: Final = frozenset({"text", "body", "html", "raw", "value", "article", "content"})


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask secrets by name, user names and passwords in addresses, and withhold whole texts (a structlog processor)."""
    return {name: WITHHELD if name in _ARTICLE else _clean(name, value) for name, value in event.items()}


def _clean(name: str, value: Any) -> Any:
    if name == "exc_info":
        return value
    if _SECRET.search(name) and value is not None:
        return MASK
    match value:
        case str():
            clean = _USERINFO.sub(MASK, value)
            return clean if name == ERROR_STACK else _shortened(clean)
        case Mapping():
            return {key: _clean(str(key), inner) for key, inner in value.items()}
        case list() | tuple():
            return [_clean(name, inner) for inner in value]
        case _:
            return value


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"
