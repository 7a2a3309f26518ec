"""Datelines: where and when a report was written, in front of its first sentence (*KABUL, Jan 1 (Reuters) -*)."""

import re
from typing import Final

_MONTHS: Final = "jan|mars|mai|juin|août|maart|mei|juni|juli"
_AGENCIES: Final = "AFP|AP|ANP|APA|Belga|dpa|Reuters|SDA|ats|KNA|epd|Xinhua"
_PART: Final = rf"(?:[A-ZÀ-Þ][\w.'’-]*|\d{{1,2}}\.?|\d{{4}}|de|d'|la|du|le|den|van|{_MONTHS})"
_DASH: Final = r"(?:-{1,2}|–|—)"
_DATELINE: Final = re.compile(
    rf"\s*{_PART}(?:(?:,\ ?|/|\ ){_PART})*,?\s?"
    rf"(?:\([^()\n]{{2,30}}\)[ .:,]*{_DASH}|\((?:{_AGENCIES})\)|--|[ ]-(?=\ )|–|—|\.-)"
    r"\s*(?=[\"'“„«»A-ZÀ-Þ\d])"
)
_LONGEST: Final = 70


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the report itself begins in the sentence from `start` to `end`: behind its dateline, if it has one."""
    match = _DATELINE.match(text, start, min(end, start + _LONGEST))
    if match is None:
        return start
    place = text[start : match.end()].split(None, 1)[0].strip(",/-–—.")
    return match.end() if len(place) > 1 and (place.isupper() or "(" in match.group()) else start
