"""The language that a message declares, as an ISO 639-1 code."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_TAG: Final = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8}){0,8}", re.IGNORECASE)
# ISO 639-2 and -3 codes of languages that have a two-letter one, as far as news feeds use them.
_SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "afr": "af", "ara": "ar", "cat": "ca", "ces": "cs", "cze": "cs", "dan": "da", "deu": "de", "dut": "nl",
        "ell": "el", "eng": "en", "est": "et", "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "hun": "hu",
        "ita": "it", "lav": "lv", "lit": "lt", "nld": "nl", "nor": "no", "pol": "pl", "por": "pt", "ron": "ro",
        "rum": "ro", "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr", "ukr": "uk",
    }
)  # fmt: skip


def iso_639_1(tag: str | None) -> str | None:
    """The primary language of a BCP 47 tag (`nl-BE` → `nl`, `deu` → `de`); None for what is no such tag."""
    match = _TAG.fullmatch(tag.strip()) if tag else None
    if match is None:
        return None
    primary = match[1].lower()
    return primary if len(primary) == 2 else _SHORT.get(primary)
