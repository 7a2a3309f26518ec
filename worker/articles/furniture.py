"""Which parts of a page are its story and which its furniture: by element, and by what its attributes say."""

import re
import tomllib
from importlib.resources import files
from typing import Final

_DATA: Final = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(files(__package__).joinpath("furniture.toml").read_text("utf-8")).items()
}

BLOCKS: Final = _DATA["blocks"]
"""Elements that begin and end a paragraph."""

OPEN_ENDED: Final = _DATA["open_ended"] | _DATA["void"]
"""Elements that need no end tag."""

DROPPED: Final = _DATA["dropped"]
"""Elements whose content is no part of the story."""

FRAME: Final = frozenset(("html", "body", "main", "article", "head", "h1"))
"""Elements that are no furniture, whatever class they bear."""

_MENTIONED: Final = re.compile(r"class|id|role|hidden|display", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s{0,4}:\s{0,4}none", re.IGNORECASE)
_FIRST_WORD: Final = re.compile(r"[a-z]+")


def worth_asking(written: str) -> bool:
    """Whether the attributes, as written, mention any that `is_furniture` looks at."""
    return _MENTIONED.search(written) is not None


def is_furniture(found: dict[str, str]) -> bool:
    """Whether the attributes mark an element as something else than the story."""
    if "hidden" in found or found.get("aria-hidden", "").lower() == "true" or _HIDDEN.search(found.get("style", "")):
        return True
    if found.get("role", "").lower() in _DATA["roles"]:
        return True
    for name in f"{found.get('class', '')} {found.get('id', '')}".lower().split():
        word = _FIRST_WORD.match(name)
        if (word is not None and word[0] in _DATA["words"]) or name in _DATA["names"]:
            return True
    return False
