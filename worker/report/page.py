"""The page as one file of HTML: style, script and data in it, and a policy that lets it fetch nothing."""

import base64
import datetime as dt
import hashlib
import html
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from importlib.resources import files
from string import Template
from typing import Any, Final

import orjson

from worker.missions.dates import PartialDate
from worker.report.model import Row
from worker.report.names import places

_SCRIPTS: Final = (
    "time.js",
    "data.js",
    "filters.js",
    "chart.js",
    "keyboard.js",
    "zoom.js",
    "details.js",
    "print.js",
    "main.js",
)
_NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'"
# Within a script element the HTML parser reads on for tags of its own; JSON can do without these characters.
_ESCAPES: Final = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"), (b"\xe2\x80\xa8", b"\\u2028"))


def page(rows: Sequence[Row], *, title: str, today: dt.date) -> str:
    """The page. `today` is where bars end that still last."""
    style = _read("page.css")
    script = "'use strict';\n(() => {\n" + "\n".join(map(_read, _SCRIPTS)) + "\n})();\n"
    return Template(_read("page.html")).substitute(
        title=html.escape(title),
        policy=f"{_NOTHING}; style-src {_hash(style)}; script-src {_hash(script)}",
        style=style,
        script=script,
        data=_data(rows, today),
    )


def _data(rows: Sequence[Row], today: dt.date) -> str:
    used = {code for row in rows for mark in row.marks for code in (*mark.actors, *mark.theatre, mark.relocated_to)}
    used |= {code for row in rows for mark in row.marks for it in mark.troops for code in (it.actor, it.place)}
    names = {code: name for code, name in places().items() if code in used}
    encoded = orjson.dumps({"today": today, "names": names, "rows": [_plain(row) for row in rows]})
    for character, escape in _ESCAPES:
        encoded = encoded.replace(character, escape)
    return encoded.decode()


def _plain(value: Any) -> Any:
    """A value as JSON; of a record what is empty, false or unknown is left out, as the page takes it for so."""
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        told = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: _plain(each) for name, each in told if each is not None and each is not False and each != ()}
    return value


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """The source expression of Content Security Policy that allows exactly this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
