"""A scanner for the tags of HTML: forgiving as a browser, linear in the length of any input.

No tree is built: HTML5 tree construction is quadratic or worse on crafted input in every library measured, and
`html.parser` hangs on unclosed comments. Each rule below either consumes what it has looked at, or records
that the rest of the text holds no more of what it looked for.
"""

import re
from collections.abc import Iterator
from typing import Final

from worker.articles.entities import unescape

RAW: Final = frozenset(("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"))
"""Elements whose content is text up to their end tag, whatever it looks like."""

# Possessive throughout: a tag that fails to match does so once. A quote opens a value only behind an equals sign.
_TAG: Final = re.compile(r"""<(/?[a-zA-Z][^\s/><]*+)([^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+)[^>=]*+)*+)>""")
_TAG_WITHOUT_QUOTES: Final = re.compile(r"<(/?[a-zA-Z][^\s/><]*+)([^>]*+)>")
_CANDIDATE: Final = re.compile(r"<[a-zA-Z/!?]")
_TAG_BEGINS: Final = re.compile(r"</?[a-zA-Z]")
_ATTRIBUTE: Final = re.compile(r"""([^\s=/>"']++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?+""")
_MAX_ATTRIBUTES: Final = 8_192  # characters; of an element whose values are read

Tag = tuple[str, str, str, str]
"""The text before a tag, its name in lower case (`/` first for an end tag), its attributes as written, and the
content of a `RAW` element. A comment has the name `!`; the text behind the last tag comes with an empty name."""


def tags(markup: str) -> Iterator[Tag]:
    """Each tag of a text with the text in front of it."""
    position = start = 0  # where to look for the next tag; where the text before it begins
    pattern = _TAG
    while (candidate := _CANDIDATE.search(markup, position)) is not None:
        position = candidate.start()
        match = pattern.match(markup, position)
        if match is None and _TAG_BEGINS.match(markup, position):
            if markup.find(">", position) < 0:
                break  # no tag can end any more: the rest is text
            # The values of this tag hide every `>` there is, so a quote is missing. From now on quotes hide none.
            pattern = _TAG_WITHOUT_QUOTES
            match = pattern.match(markup, position)
        if match is not None:
            name, raw = match[1].lower(), ""
            text = markup[start:position]
            position = match.end()
            if name in RAW and not match[2].endswith("/"):
                raw, position = _raw_content(markup, position, name)
            start = position
            yield text, name, match[2], raw
        else:
            yield markup[start:position], "!", "", ""
            start = position = _end_of_declaration(markup, position)
    yield markup[start:], "", "", ""


def attributes(written: str) -> dict[str, str]:
    """The attributes of a tag by their names in lower case; the first of two of the same name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written, 0, _MAX_ATTRIBUTES):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), unescape(value).strip())
    return found


def _end_of_declaration(markup: str, position: int) -> int:
    """Where the text goes on behind a comment, a declaration, an instruction or an end tag without a name."""
    if markup.startswith("<!--", position):
        # `<!-->` is a whole comment; one that never ends takes the rest of the text, as in a browser.
        end = markup.find("-->", position + 2)
        return len(markup) if end < 0 else end + 3
    if markup.startswith("<![CDATA[", position):
        return position + 9
    end = markup.find(">", position)
    return len(markup) if end < 0 else end + 1


def _raw_content(markup: str, position: int, name: str) -> tuple[str, int]:
    """The text up to the end tag of a raw element, and the position of that tag (or of the end)."""
    start = position
    while (position := markup.find("</", position)) >= 0:
        if markup[position + 2 : position + 2 + len(name)].lower() == name:
            return markup[start:position], position
        position += 2
    return markup[start:], len(markup)
