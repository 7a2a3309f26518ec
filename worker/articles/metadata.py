"""What a page says of itself: title, date, language, address, site."""

import re
from typing import Final

from worker.articles.published import read_date
from worker.articles.tags import attributes
from worker.missions.dates import PartialDate

ELEMENTS: Final = frozenset(("html", "link", "meta", "script", "time", "title"))
"""The elements that metadata come from, besides any with an `itemprop`."""

# Better sources have lower ranks. What was modified when is another question.
_DATE_NAMES: Final = {
    "article:published_time": 0,
    "og:article:published_time": 0,
    "og:published_time": 0,
    "datepublished": 1,
    "dc.date.issued": 3,
    "dcterms.issued": 3,
    "dcterms.created": 3,
    "dc.date.created": 3,
    "parsely-pub-date": 3,
    "sailthru.date": 3,
    "publish-date": 3,
    "publishdate": 3,
    "publication_date": 3,
    "pubdate": 3,
    "article.published": 3,
    "date": 4,
    "dc.date": 4,
    "dcterms.date": 4,
}
_RANK_OF_LINKED_DATA: Final = 2
_RANK_OF_TIME: Final = 5
_UNDATED: Final = 9
_LINKED_DATE: Final = re.compile(r'"datePublished"\s*+:\s*+"([^"\\]{4,64})"')
_SEPARATORS: Final = (" | ", " - ", " – ", " — ", " :: ", " · ", " • ")


class Metadata:
    """Collects metadata in the order of the page; the better source wins, of equal ones the first."""

    __slots__ = ("_rank", "language", "open_graph_title", "published", "site", "title", "url")

    def __init__(self) -> None:
        self.title: str | None = None
        self.open_graph_title: str | None = None
        self.published: PartialDate | None = None
        self.language: str | None = None
        self.url: str | None = None
        self.site: str | None = None
        self._rank = _UNDATED

    def see(self, name: str, written: str, raw: str) -> None:
        """Take note of one of the `ELEMENTS`, or of one with an `itemprop`."""
        if name == "title":
            self.title = self.title or raw
            return
        if name == "script":
            if "ld+json" in written and (match := _LINKED_DATE.search(raw)):
                self._date(match[1], _RANK_OF_LINKED_DATA)
            return
        found = attributes(written)
        if name == "html":
            self.language = found.get("lang") or found.get("xml:lang")
        elif name == "link":
            if found.get("rel", "").lower() == "canonical":
                self.url = found.get("href") or self.url
        elif found.get("itemprop", "").lower() == "datepublished":
            self._date(found.get("content") or found.get("datetime", ""), _DATE_NAMES["datepublished"])
        elif name == "time":
            self._date(found.get("datetime", ""), _RANK_OF_TIME)
        elif name == "meta":
            self._meta((found.get("property") or found.get("name", "")).lower(), found.get("content", ""))

    def bare_title(self) -> str | None:
        """The content of `<title>` without the name of the site, where the page gives that name elsewhere."""
        if self.title and self.site:
            for separator in _SEPARATORS:
                head, found, tail = self.title.rpartition(separator)
                if found and tail.strip().casefold() == self.site.casefold():
                    return head
        return self.title

    def _meta(self, name: str, content: str) -> None:
        if name == "og:title":
            self.open_graph_title = self.open_graph_title or content
        elif name == "og:site_name":
            self.site = self.site or content
        elif name == "og:url":
            self.url = self.url or content
        elif name in _DATE_NAMES:
            self._date(content, _DATE_NAMES[name])

    def _date(self, value: str, rank: int) -> None:
        if rank >= self._rank:
            return
        try:
            published = read_date(value)
        except ValueError:  # pages hold many things in these fields; the next best source may do
            return
        if published is not None:
            self.published, self._rank = published, rank
