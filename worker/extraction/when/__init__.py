"""When: date expressions of news text in four languages, found by place and resolved against the article's date."""

from worker.extraction.when.finder import DateFinder
from worker.extraction.when.mention import DateMention, Kind, Part, Relation, Tense
from worker.extraction.when.spans import Span, Unit, shifted

__all__ = ["DateFinder", "DateMention", "Kind", "Part", "Relation", "Span", "Tense", "Unit", "shifted"]
