"""What surrounds a story and is not part of it: lists of other stories, captions, menus, bylines, posts, datelines.

These are the main source of false events, since they name real changes of other days and places.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from worker.extraction.text.calendar import date_in
from worker.extraction.text.data import read
from worker.extraction.text.datelines import dateline
from worker.extraction.text.fold import fold
from worker.extraction.text.language import identify_paragraph
from worker.extraction.text.posts import Post, find_posts
from worker.extraction.text.sentences import Sentence
from worker.missions.dates import PartialDate


class Kind(StrEnum):
    """What a sentence is."""

    STORY = "story"
    TEASER = "teaser"  # another story's title, and the heading of a list of them
    CAPTION = "caption"  # a caption or a credit
    MENU = "menu"  # navigation, buttons, notices
    BYLINE = "byline"
    AGENCY = "agency"  # who supplied the story, and when
    DATELINE = "dateline"
    POST = "post"  # an embedded post of a social network
    FOREIGN = "foreign"  # a paragraph in another language
    REPEAT = "repeat"  # a sentence that has been there before


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is known of an article's furniture.

    `kinds` has one entry a sentence. `masked` are spans inside sentences of the story that are none of it, such as a
    dateline in front of the first. `dated` is the day that a dateline or a line of publication gives, None where
    there is none; `posts` have their own.
    """

    kinds: tuple[Kind, ...]
    masked: tuple[tuple[int, int], ...]
    dated: PartialDate | None
    posts: tuple[Post, ...]

    def published(self, stored: PartialDate) -> PartialDate:
        """The article's date, given the one that it was stored with: what the text itself says is more reliable.

        A day within the stored month or year makes it finer; one of an earlier year replaces it, for articles are
        stored years late. A post may be older than the article that shows it, so it only makes finer.
        """
        if self.dated is not None and (stored.contains(self.dated) or self.dated.year < stored.year):
            return self.dated
        days = [post.date for post in self.posts if post.date is not None and stored.contains(post.date)]
        return max(days, key=lambda day: day.first, default=stored)


@dataclass(frozen=True, slots=True)
class _Words:
    """What one language writes on its furniture, folded."""

    read_also: tuple[bytes, ...]
    captions: tuple[bytes, ...]
    menu: frozenset[bytes]
    notices: tuple[bytes, ...]
    bylines: tuple[bytes, ...]
    byline_words: frozenset[bytes]
    dated: tuple[bytes, ...]
    sources: tuple[bytes, ...]
    inside: tuple[bytes, ...]
    """What begins a sentence that is none of the paragraph in which it stands."""
    stop: frozenset[bytes]
    agencies: frozenset[bytes]


_LINE: Final = 220
_TEASER: Final = 160
_CREDIT: Final = re.compile(
    rb"(?:\(|\s)(?:(?:foto|photo|bild|beeld|image|picture|credit|copyright)s? ?[:/][^)\n]{0,60}"
    rb"|[\w ./]{0,30}(?:getty images|afp photo|ap photo|/afp|/ap|/reuters|/anp|/epa|/dpa|reuters/[\w ]+|imago))\)?\.?$"
)
_BULLETS: Final = b"-*+>|"
_TRIM: Final = b" .:|>-*+\n"
_TITLE_WORDS: Final = re.compile(r"[A-ZÀ-Þ][\w'’.-]*")
_PARTICLES: Final = frozenset(b"de van der den la le von zu en et and und & du".split())
_SPLIT: Final = re.compile(rb"[/,() .]+")


@cache
def _words(language: str) -> _Words:
    data = read(f"text.{language}.toml")["furniture"]

    def phrases(key: str) -> tuple[bytes, ...]:
        return tuple(fold(phrase) for phrase in data[key])

    return _Words(
        read_also=phrases("read_also"),
        captions=phrases("captions"),
        menu=frozenset(fold(item.strip()) for item in data["menu"].split("|")),
        notices=phrases("notices"),
        bylines=tuple(phrase + b" " for phrase in phrases("bylines")),
        byline_words=frozenset(fold(word) for word in data["byline_words"].split()),
        dated=phrases("dated"),
        sources=phrases("sources"),
        inside=(*phrases("read_also"), *phrases("dated"), b"("),
        stop=frozenset(fold(word) for word in read("languages.toml")[language]["stop"].split()),
        agencies=frozenset(fold(name) for name in read("furniture.toml")["agencies"].split()),
    )


def furniture(
    sentences: Sequence[Sentence], text: str, folded: bytes, language: str, published: PartialDate | None = None
) -> Furniture:
    """Tell the story's sentences from its furniture.

    `published` completes a date without a year, such as that of the dateline "NEW YORK, 26 OKT.".
    """
    finder = _Finder(sentences, text, folded, language, published)
    finder.mark_posts()
    finder.mark_lines()
    finder.mark_datelines()
    finder.mark_repeats()
    return Furniture(tuple(finder.kinds), tuple(finder.masked), finder.dated(), tuple(finder.posts))


class _Finder:
    """Marks the sentences of one article."""

    def __init__(
        self, sentences: Sequence[Sentence], text: str, folded: bytes, language: str, published: PartialDate | None
    ) -> None:
        self.sentences = sentences
        self.text = text
        self.folded = folded
        self.language = language
        self.published = published
        self.words = _words(language)
        self.kinds = [Kind.STORY] * len(sentences)
        self.masked: list[tuple[int, int]] = []
        self.posts: list[Post] = []
        self._filed: list[PartialDate] = []
        self._printed: list[PartialDate] = []

    def dated(self) -> PartialDate | None:
        """The day that dates the article: its dateline's, else that of a line of publication."""
        return next(iter([*self._filed, *self._printed]), None)

    def mark_lines(self) -> None:
        """Mark what stands on lines of its own, and titles of other stories inside others."""
        listing = False
        for first, last in self._paragraphs():
            if self.kinds[first] is not Kind.STORY:
                continue
            start, end = self.sentences[first].start, self.sentences[last - 1].end
            line = self.folded[start:end]
            if listing and self._story(line, last - first):
                listing = False
            kind = Kind.TEASER if listing else self._line(line, start, end)
            if kind is Kind.TEASER:
                listing = listing or self._heads(line)
            elif kind is Kind.STORY:
                self._mark_inside(first, last)
                continue
            self.kinds[first:last] = [kind] * (last - first)

    def _paragraphs(self) -> Iterator[tuple[int, int]]:
        """The paragraphs, as sentences from the first to before the last."""
        sentences = self.sentences
        first = 0
        for index in range(1, len(sentences) + 1):
            if index == len(sentences) or sentences[index].paragraph != sentences[first].paragraph:
                yield first, index
                first = index

    @staticmethod
    def _story(line: bytes, sentences: int) -> bool:
        """Whether a line behind a list of other stories belongs to the story again."""
        ends = line.endswith((b".", b'."', b'"'))
        return len(line) > _TEASER or (ends and (sentences > 1 or len(line) > _TEASER // 2))

    @staticmethod
    def _heads(line: bytes) -> bool:
        """Whether a line that begins with *read also* is the heading of a list rather than one title."""
        return line.rstrip().endswith(b":") or line.count(b" ") < 5

    def _line(self, line: bytes, start: int, end: int) -> Kind:
        """The kind of a line of its own."""
        words = self.words
        bare = line.strip(_TRIM)
        if bare in words.menu:
            return Kind.MENU
        plain = line.lstrip(_BULLETS + b" ")
        if plain.startswith(words.read_also) and self._points_elsewhere(plain):
            return Kind.TEASER
        if len(line) > _LINE:
            return Kind.STORY
        if plain.startswith((*words.captions, b"(c)")) or self.text.startswith("©", start):
            return Kind.CAPTION
        if _CREDIT.search(line):
            return Kind.CAPTION
        if self._supplied(line):
            return Kind.AGENCY
        if any(notice in line for notice in words.notices):
            return Kind.MENU
        if plain.startswith(words.bylines) and self._byline(self.text[start:end]):
            return Kind.BYLINE
        return Kind.STORY

    def _points_elsewhere(self, line: bytes) -> bool:
        """Whether a line that begins like *read also* only names another story."""
        heading = next((phrase for phrase in self.words.read_also if line.startswith(phrase)), b"")
        behind = line[len(heading) : len(heading) + 3]
        if behind[:1].isalpha():
            return False
        return behind.lstrip()[:1] in (b":", b"", b"|", b">", b"-") or (len(line) < _TEASER and not line.endswith(b"."))

    def _supplied(self, line: bytes) -> bool:
        """Whether a line says who supplied the story or on which day; the day is kept."""
        words = self.words
        tokens = [token for token in _SPLIT.split(line) if token]
        date = date_in(line, self.published) if any(48 <= code <= 57 for code in line) and len(line) < 100 else None
        named = bool(tokens) and tokens[0] in words.agencies and len(tokens) < 8
        if line.startswith(words.dated) and date is not None:
            self._printed.append(date)
            return True
        if date is not None and date.day is not None and (named or sum(map(bytes.isalpha, tokens)) <= 2):
            self._printed.append(date)
            return True
        credited = line.startswith(words.sources) and len(line) < 120 and not line.endswith(b'."')
        return credited or (named and all(token in words.agencies or not token.isalpha() for token in tokens))

    def _byline(self, line: str) -> bool:
        """Whether a line that begins like a byline goes on like one: names, and the words for who wrote it."""
        if len(line) > 100 or line.endswith((".", "!", "?", ":")):
            return False
        named = False
        for word in line.replace(",", " ").split()[1:]:
            known = fold(word) in self.words.byline_words
            if not known and fold(word) not in _PARTICLES and not _TITLE_WORDS.fullmatch(word):
                return False
            named = named or known or word[0].isupper()
        return named

    def _mark_inside(self, first: int, last: int) -> None:
        """Mark sentences inside a paragraph of the story that are none of it."""
        words = self.words
        for index in range(first, last):
            start, end = self.sentences[index][:2]
            if end - start > _TEASER or not self.folded.startswith(words.inside, start):
                continue
            line = self.folded[start:end]
            if line.startswith(b"(") and end - start < 40 and index == last - 1 and line.endswith((b")", b").")):
                self.kinds[index] = Kind.AGENCY
            elif line.startswith(words.read_also) and b":" in line[:40] and self._points_elsewhere(line):
                self.kinds[index] = Kind.TEASER
            elif line.startswith(words.dated) and self._supplied(line):
                self.kinds[index] = Kind.AGENCY
        if last - first > 1 or self.sentences[first].end - self.sentences[first].start > 60:
            self._mark_foreign(first, last)

    def _mark_foreign(self, first: int, last: int) -> None:
        """Mark a paragraph in another language: one that has hardly any of this language's words of grammar."""
        start, end = self.sentences[first].start, self.sentences[last - 1].end
        sample = self.folded[start : min(end, start + 160)].replace(b"'", b" ").split()
        if len(self.words.stop.intersection(sample)) > 3:
            return
        language = identify_paragraph(self.text[start:end])
        if language is not None and language != self.language:
            self.kinds[first:last] = [Kind.FOREIGN] * (last - first)

    def mark_posts(self) -> None:
        """Mark embedded posts."""
        self.posts = find_posts(self.sentences, self.text, self.folded, self.language)
        for post in self.posts:
            self.kinds[post.first : post.last] = [Kind.POST] * (post.last - post.first)

    def mark_datelines(self) -> None:
        """Find the datelines in front of the first paragraphs."""
        for first, last in self._paragraphs():
            if self.sentences[first].paragraph > 2:
                break
            if self.kinds[first] is not Kind.STORY:
                continue
            start, end = self.sentences[first][:2]
            alone = last - first == 1 and self.text[end - 1] not in '.!?"”»“'
            place = dateline(self.text, start, end, alone=alone)
            if place is None:
                continue
            if place == end:
                self.kinds[first] = Kind.DATELINE
            else:
                self.masked.append((start, place))
            date = date_in(self.folded[start:place], self.published)
            if date is not None:
                self._filed.append(date)

    def mark_repeats(self) -> None:
        """Mark sentences of the story that say again what one has said, word for word."""
        seen: set[bytes] = set()
        for index, kind in enumerate(self.kinds):
            if kind is Kind.STORY:
                start, end = self.sentences[index][:2]
                if end - start >= 40:
                    said = self.folded[start:end].rstrip(b" .")
                    if said in seen:
                        self.kinds[index] = Kind.REPEAT
                    seen.add(said)
