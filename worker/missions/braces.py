"""Brace expansion, as the shell has it, for compact lists of phrases: `U{N,.N.} mission` gives two."""

import re
from itertools import product
from typing import Final

_GROUP: Final = re.compile(r"\{([^{}]*)\}")


def expand(written: str) -> tuple[str, ...]:
    """Every phrase that the notation stands for, in order.

    Braces enclose alternatives parted by commas; an alternative may be empty; braces do not nest. Raises
    ValueError where they do not pair.
    """
    if "{" not in written and "}" not in written:
        return (written,)
    parts = _GROUP.split(written)
    if any("{" in literal or "}" in literal for literal in parts[::2]):
        raise ValueError(f"braces do not pair: {written!r}")
    choices = [part.split(",") if nth % 2 else [part] for nth, part in enumerate(parts)]
    return tuple(map("".join, product(*choices)))
