"""The story in a page or a fragment of HTML: its paragraphs as lines, and what the page says of itself."""

from dataclasses import dataclass
from typing import Final

from worker.articles import metadata
from worker.articles.article import ArticleError, ArticleFault
from worker.articles.entities import unescape
from worker.articles.furniture import BLOCKS, DROPPED, FRAME, OPEN_ENDED, is_furniture, worth_asking
from worker.articles.limits import Limits
from worker.articles.metadata import Metadata
from worker.articles.paragraphs import Kind, Paragraphs, Span
from worker.articles.tags import attributes, tags
from worker.missions.dates import PartialDate

_MAX_WORDS_OF_A_SITE: Final = 3  # an `h1` outside of the article is often the name of the newspaper
_SPECIAL: Final = metadata.ELEMENTS | DROPPED | frozenset(("a", "article", "h1", "main", "pre", "td", "th"))
_NO_ELEMENT: Final = frozenset(("", "!"))  # what `tags` calls the end and a comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was read in HTML. `text` has one paragraph a line, in no normal form yet; the rest is None where absent."""

    text: str
    title: str | None = None
    published: PartialDate | None = None
    language: str | None = None
    url: str | None = None
    source: str | None = None


def read_page(markup: str, limits: Limits, *, preformatted: bool = False) -> Page:
    """Read HTML in time linear in its length. Raises ArticleError (`TOO_DEEP`).

    `preformatted`: line breaks in the source are line breaks of the text, as in plain text with a few tags in it.
    """
    reader = _Reader(limits, preformatted=preformatted)
    if "<![CDATA[" in markup:
        markup = markup.replace("]]>", "")
    for text, name, written, raw in tags(markup):
        if text:
            reader.text(text)
        if name[:1] == "/":
            reader.end(name[1:])
        elif name not in _NO_ELEMENT:
            reader.begin(name, written, raw)
    return reader.page()


class _Reader:
    """The state between two tags: how deep, inside which dropped element, inside which article."""

    def __init__(self, limits: Limits, *, preformatted: bool) -> None:
        self._limit = limits.max_html_depth
        self._depth = 0
        self._pre = preformatted
        self._always_pre = preformatted
        self._metadata = Metadata()
        self._paragraphs = Paragraphs()
        self._dropped: _Dropped | None = None
        self._open = {"article": 0, "main": 0}
        self._starts = {"article": 0, "main": 0}
        self._spans: dict[str, list[Span]] = {"article": [], "main": []}
        self._heading = 0  # the number of the paragraph that the open `h1` began with
        self._headings: list[tuple[bool, str]] = []  # each `h1`, and whether it is outside of any article

    def text(self, text: str) -> None:
        """Text between two tags."""
        if not self._pre and ("\n" in text or "\r" in text):
            text = text.replace("\n", " ").replace("\r", " ")
        self._paragraphs.add(text)

    def begin(self, name: str, written: str, raw: str) -> None:
        """A start tag."""
        closed = written.endswith("/")
        if name not in OPEN_ENDED and not closed:
            self._depth += 1
            if self._depth > self._limit:
                raise ArticleError(ArticleFault.TOO_DEEP, f"the HTML nests deeper than {self._limit} elements")
        if name in BLOCKS:
            self._paragraphs.end()
        if not written and name not in _SPECIAL and self._dropped is None:
            return  # most tags: nothing below would concern them
        if name in ("td", "th"):
            self._paragraphs.add(" ")
        elif name == "a":
            self._paragraphs.link(begins="href" in written)
        elif name == "h1":
            self._heading = len(self._paragraphs.texts)
        elif name == "pre":
            self._pre = True
        if self._dropped is not None and (name == "main" or (self._dropped.name == "p" and name in BLOCKS)):
            self._end_dropped()  # a dropped element never holds `main`, nor `p` a block: its end tag is missing
        if self._dropped is not None:
            if name == self._dropped.name and not closed:
                self._dropped.same += 1
            return
        if name in metadata.ELEMENTS or "itemprop" in written:
            self._metadata.see(name, written, raw)
        if name in self._open:
            if not self._open[name]:
                self._starts[name] = len(self._paragraphs.texts)
            self._open[name] += 1
        elif not closed and (name == "p" or name not in OPEN_ENDED):
            self._drop(name, written)

    def end(self, name: str) -> None:
        """An end tag."""
        if name not in OPEN_ENDED and self._depth:
            self._depth -= 1
        if name in BLOCKS:
            self._paragraphs.end()
        if name not in _SPECIAL and self._dropped is None:
            return
        if name == "a":
            self._paragraphs.link(begins=False)
        elif name == "h1":
            heading = " ".join(self._paragraphs.texts[self._heading :])
            self._headings.append((not any(self._open.values()), heading))
        elif name == "pre":
            self._pre = self._always_pre
        if self._dropped is not None:
            if name == self._dropped.name:
                self._dropped.same -= 1
                if not self._dropped.same:
                    self._end_dropped()
        elif self._open.get(name):
            self._open[name] -= 1
            if not self._open[name]:
                self._spans[name].append((self._starts[name], len(self._paragraphs.texts)))

    def page(self) -> Page:
        """What was read, at the end of the text."""
        self._paragraphs.end()
        if self._dropped is not None and self._dropped.aside is not None:
            # The dropped element never ended: what looks like its content is the rest of the story.
            self._paragraphs.resume(self._dropped.aside)
            self._paragraphs.end()
        for name, count in self._open.items():
            if count:
                self._spans[name].append((self._starts[name], len(self._paragraphs.texts)))
        found = self._metadata
        title = self._title()
        return Page(
            text=unescape("\n".join(self._paragraphs.story(self._spans["article"], self._spans["main"]))),
            title=unescape(title) if title else None,
            published=found.published,
            language=found.language,
            url=found.url,
            source=found.site,
        )

    def _title(self) -> str | None:
        """The headline: that of the article itself, else what the page calls itself."""
        inside = next((text for outside, text in self._headings if text and not outside), None)
        outside = next((text for _, text in self._headings if len(text.split()) > _MAX_WORDS_OF_A_SITE), None)
        return inside or self._metadata.open_graph_title or outside or self._metadata.bare_title()

    def _drop(self, name: str, written: str) -> None:
        """Begin to drop an element if it is no part of the story."""
        if name in DROPPED:
            if name == "header" and any(self._open.values()):
                return
            kind = Kind.FURNITURE
        elif name not in FRAME and written and worth_asking(written) and is_furniture(attributes(written)):
            kind = Kind.SUSPECT
        else:
            return
        aside = None if name in BLOCKS else self._paragraphs.set_aside()
        self._dropped = _Dropped(name, kind, len(self._paragraphs.texts), aside)

    def _end_dropped(self) -> None:
        dropped = self._dropped
        if dropped is None:
            return
        self._paragraphs.end()
        self._paragraphs.mark(dropped.start, dropped.kind)
        if dropped.aside is not None:
            self._paragraphs.resume(dropped.aside)
        self._dropped = None


@dataclass(slots=True)
class _Dropped:
    """An element whose content is dropped: its name, how many of that name are open in it, where it began."""

    name: str
    kind: Kind
    start: int
    aside: tuple[list[str], list[str], bool] | None
    same: int = 1
