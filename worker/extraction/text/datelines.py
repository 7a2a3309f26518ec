"""Datelines: where, when and by which agency a story was filed, in front of it or as its first sentence.

Its place is no place of the story, and its date dates the article.
"""

import re
from functools import cache
from typing import Final

from worker.extraction.text.data import read

_LONGEST: Final = 110
_NAME: Final = r"[A-ZÀ-Þ][\w'’-]*"
_PARTICLE: Final = r"(?:(?:de|du|des|la|le|am|an der|of|the|van|von|en) )"
_PLACE: Final = rf"(?:St\. )?{_NAME}(?:[ /]{_PARTICLE}?{_NAME}){{0,4}}"
_WHERE: Final = rf"{_PLACE}(?:, {_PLACE})?"
_MONTH: Final = r"[A-Za-zéûä]{3,10}\.?"
_DAY: Final = rf"(?:\d{{1,2}}(?:er|st|nd|rd|th|\.)? {_MONTH}(?:,? \d{{4}})?|{_MONTH} \d{{1,2}}(?:, \d{{4}})?)"
_WHEN: Final = rf",? (?:le |den |am |on )?{_DAY}"
_CORRESPONDENT: Final = r"(?:, (?:de notre|de nos|correspondance|van onze|von unserem|from our|envoyé)[\w é]{0,40})?"
_DASH: Final = r"\.? ?[-–—]{1,3}\s"
_NEXT: Final = r"(?=[\"“„«»'‘(]?\s?[A-ZÀ-Þ0-9])"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A dateline in front of a sentence, and one that is a sentence."""
    names = sorted(map(re.escape, read("furniture.toml")["agencies"].split()), key=len, reverse=True)
    agency = rf"(?i:{'|'.join(names)})"
    known = rf"\((?:[\w .]{{1,20}}[/,] ?)?{agency}(?:[/,-] ?[\w .]{{1,20}})?\)\.?"
    filed = rf"{_WHERE}(?:{_WHEN})?{_CORRESPONDENT}"
    return (
        re.compile(
            rf"(?:{filed} ?{known}(?:{_DASH}|\s[l|]\s|\s)"
            rf"|{filed}(?: ?\([\w/ .&-]{{2,30}}\))?{_DASH}"
            rf"|{known}(?:{_DASH}|\s)|{agency}{_DASH}"
            rf"|[A-ZÀ-Þ][A-ZÀ-Þ'/-]{{2,}}(?: [A-ZÀ-Þ'/-]{{2,}}){{0,3}}\s\s){_NEXT}"
        ),
        re.compile(rf"(?:{_WHERE}{_WHEN}|{_WHERE} ?{known}|[A-ZÀ-Þ][A-ZÀ-Þ'/ -]{{2,30}}|{_PLACE}(?=\.?$)|{known})\.?"),
    )


def dateline(text: str, start: int, end: int, *, alone: bool) -> int | None:
    """The end of the dateline that a sentence begins with, or that it is; None where there is none.

    `alone` says that the sentence is all of its paragraph: a headline begins with a place for reasons of its own.
    """
    before, whole = _patterns()
    match = before.match(text, start, min(end, start + _LONGEST))
    if match and not alone:
        return match.end()
    if not alone and end - start <= _LONGEST // 2:
        words = text.count(" ", start, end) + 1
        match = whole.fullmatch(text, start, end)
        if match and (words <= 3 or any(character.isdigit() for character in match.group())):
            return end
    return None
