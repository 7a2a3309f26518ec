"""HTML character references, decoded with a bound on their length."""

import html
import re
from typing import Final

# `html.unescape` turns the digits of a reference into an int, which Python refuses from 4,301 digits on. No code
# point needs more than seven, leading zeros apart.
_OVERLONG: Final = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")
_EXPLICIT: Final = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")


def unescape(markup: str) -> str:
    """Decode the references of HTML as a browser does: those without a semicolon too."""
    if "&" not in markup:
        return markup
    return html.unescape(_OVERLONG.sub("\N{REPLACEMENT CHARACTER}", markup))


def unescape_explicit(text: str) -> str:
    """Decode references that end in a semicolon, in text that should have none.

    Feeds escape twice, and plain text comes out of HTML half converted. Without a semicolon `&` is an ampersand here
    (`R&D`, `AT&T`, the query of an address).
    """
    if "&" not in text or ";" not in text:
        return text
    return _EXPLICIT.sub(lambda match: html.unescape(match[0]), text)
