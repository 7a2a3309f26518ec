"""How deep a JSON text nests, and whether an object repeats a key: found without recursion, before a parser sees it."""

import re
from typing import Final

# A string counts as closed by the end of the text, so that each character is looked at once.
_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?|[{}\[\]]', re.DOTALL)
_COLON: Final = re.compile(rb"[ \t\r\n]*+:")
_OPENING: Final = frozenset((b"{", b"["))
_CLOSING: Final = frozenset((b"}", b"]"))


def deeper_than(value: bytes, limit: int) -> bool:
    """Whether objects and arrays nest deeper than `limit`. Linear in the length, for malformed text too."""
    if value.count(b"{") + value.count(b"[") <= limit:
        return False
    depth = 0
    for match in _TOKEN.finditer(value):
        token = match[0]
        if token in _OPENING:
            depth += 1
            if depth > limit:
                return True
        elif token in _CLOSING:
            depth -= 1
    return False


def repeated_key(value: bytes, keys: re.Pattern[bytes]) -> bytes | None:
    """The first key, quoted as `keys` matches it, that the outermost object has twice; None without one.

    RFC 8259 leaves the meaning of such an object open, and programs differ: what one reads the next does not.
    """
    found = keys.findall(value)
    if len(found) == len(set(found)):
        return None
    seen: set[bytes] = set()
    depth = 0
    for match in _TOKEN.finditer(value):
        token = match[0]
        if token in _OPENING:
            depth += 1
        elif token in _CLOSING:
            depth -= 1
        elif depth == 1 and keys.fullmatch(token) and _COLON.match(value, match.end()):
            if token in seen:
                return token
            seen.add(token)
    return None
