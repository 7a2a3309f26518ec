"""The sentences of each language that must be read, and those that must not (`nl.txt` and its siblings).

A row has the day of publication, what is reported, and the text. One that begins with `?` is known to be misread: its
test is an expected failure, and says so once it passes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

LANGUAGES = ("nl", "fr", "en", "de")


class Row(NamedTuple):
    """One sentence; `line` is its place in the file, `reported` the changes, each as `change subject`."""

    line: int
    published: str
    reported: frozenset[str]
    text: str
    misread: bool


def rows(language: str) -> Iterator[Row]:
    """The rows of a language, in their order. Raises ValueError where one is malformed."""
    lines = (Path(__file__).parent / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        published, reported, text = line.removeprefix("? ").split(" | ", 2)
        told = frozenset() if reported == "-" else frozenset(reported.split(", "))
        yield Row(number, published, told, text.replace("\\n", "\n"), line.startswith("? "))


def cases(language: str) -> list[object]:
    """The rows as parameters of a test: when, what, and the text."""
    known = pytest.mark.xfail(strict=True, reason="known to be misread")
    return [
        pytest.param(row.published, row.reported, row.text, marks=[known] if row.misread else [], id=f"line-{row.line}")
        for row in rows(language)
    ]
