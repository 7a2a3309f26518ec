"""Which language a text is in: a vote of stop words, in which the neighbours of our languages stand too.

A long text decides by the share of its words that are stop words of a language, and by the margin over the next
language; a word that several languages have counts for each in part. A headline has few of them, so words
of news and spellings that are typical of a language count as well. Languages that nobody reads here (Danish,
Afrikaans, Catalan …) take part so that they are recognised as foreign, not as the one they resemble.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

from worker.extraction.text.data import read
from worker.extraction.text.fold import fold

READ: Final = ("nl", "fr", "en", "de")
"""The languages that are read."""

_SAMPLE: Final = 1200
"""Characters that vote: enough to be sure, and a bound on the work."""
_LEAD: Final = 300
_SHORT: Final = 30
"""Below this many words, stop words alone do not decide."""
_SHARE: Final = 0.16
"""The least share of stop words in a long text: true articles have 0.25 or more, unknown languages less than 0.1."""
_MARGIN: Final = 1.3
_MIXED: Final = 2.0
"""Below this margin, a text may be of two languages."""
_PARAGRAPH_MARGIN: Final = 2.0
_MARK: Final = 0.4
_ENOUGH: Final = 0.75
_LETTERS: Final = bytes(code if chr(code).isalpha() and code < 128 else 32 for code in range(256))
_ISO_639_2: Final = {
    "nld": "nl", "dut": "nl", "vls": "nl", "fra": "fr", "fre": "fr", "eng": "en", "deu": "de", "ger": "de", "gsw": "de",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Ballot:
    """What each word votes for: groups of languages that share it."""

    languages: tuple[str, ...]
    stop: dict[bytes, tuple[int, ...]]
    telling: dict[bytes, tuple[int, ...]]
    marks: tuple[tuple[str, tuple[int, ...]], ...]


@cache
def _ballot() -> _Ballot:
    data = read("languages.toml")
    languages = tuple(data)

    def inverted(key: str) -> dict[str, tuple[int, ...]]:
        groups: dict[str, list[int]] = {}
        for number, language in enumerate(languages):
            words = data[language][key]
            for word in words.split() if isinstance(words, str) else words:
                group = groups.setdefault(word, [])
                if number not in group:
                    group.append(number)
        return {word: tuple(group) for word, group in groups.items()}

    return _Ballot(
        languages,
        stop=_by_token(inverted("stop")),
        telling=_by_token(inverted("telling")),
        marks=tuple(inverted("marks").items()),
    )


def _by_token(words: dict[str, tuple[int, ...]]) -> dict[bytes, tuple[int, ...]]:
    """Key words by what the text is cut into; words that fold alike vote for all of their languages."""
    tokens: dict[bytes, tuple[int, ...]] = {}
    for word, group in words.items():
        for token in _words(word):
            if len(token) > 1 or token == _words(word)[-1]:
                tokens[token] = tuple(sorted({*tokens.get(token, ()), *group}))
    return tokens


def _words(text: str) -> list[bytes]:
    return fold(text).translate(_LETTERS).split()


def identify(text: str, declared: str | None = None) -> str | None:
    """The language of a text, `nl`, `fr`, `en` or `de`; None for any other, and where the text does not tell.

    `declared` is the language that the article says it has (a BCP 47 tag or ISO 639-2 code): it decides only
    between languages that the text leaves open.
    """
    declared = _normal(declared)
    words = _words(text[:_SAMPLE])
    if len(words) < _SHORT:
        return _short(text, words, declared)
    first, second, margin, share = _vote(words)
    if margin < _MIXED:
        if margin < _MARGIN and declared in (first, second):
            return declared if declared in READ else None
        # Much of it is quoted from elsewhere: the lead is in the article's own language.
        lead, _, lead_margin, lead_share = _vote(_words(text[:_LEAD]))
        if lead_margin >= _MARGIN:
            first, margin, share = lead, lead_margin, min(share, lead_share)
    if first not in READ or share < _SHARE or margin < _MARGIN:
        return None
    return first


def identify_paragraph(text: str) -> str | None:
    """The language of one paragraph, be it one that is read or another known one; None where it does not tell.

    An embedded post in another language shows by this; short lines without grammar never do.
    """
    words = _words(text[: 2 * _LEAD])
    if len(words) < 8:
        return None
    first, _, margin, share = _vote(words)
    return first if margin >= _PARAGRAPH_MARGIN and share >= _SHARE else None


def _vote(words: list[bytes]) -> tuple[str, str, float, float]:
    """The two languages with most votes, the first's votes over the second's, and its share of all words."""
    ballot = _ballot()
    scores = [0.0] * len(ballot.languages)
    hits = [0] * len(ballot.languages)
    groups = Counter(map(ballot.stop.get, words))
    groups.pop(None, None)
    for group, count in groups.items():
        if group is not None:
            weight = count / len(group)
            for number in group:
                scores[number] += weight
                hits[number] += count
    first, second = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:2]
    margin = scores[first] / scores[second] if scores[second] else float(scores[first] > 0) * 99.0
    return ballot.languages[first], ballot.languages[second], margin, hits[first] / max(1, len(words))


def _short(text: str, words: list[bytes], declared: str | None) -> str | None:
    """Decide on a headline: every word and every spelling that points to a language counts."""
    ballot = _ballot()
    scores = [0.0] * len(ballot.languages)
    for word in words:
        for group in (ballot.stop.get(word, ()), ballot.telling.get(word, ())):
            for number in group:
                scores[number] += 1 / len(group)
    lowered = f"{text} ".lower()
    for mark, group in ballot.marks:
        if mark in lowered:
            for number in group:
                scores[number] += _MARK / len(group)
    first, second = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:2]
    if declared in READ and scores[ballot.languages.index(declared)] >= scores[first] / 2:
        return declared
    language = ballot.languages[first]
    sure = scores[first] >= _ENOUGH and scores[first] >= 1.25 * scores[second]
    return language if sure and language in READ else None


def _normal(declared: str | None) -> str | None:
    """The primary language of a tag such as `nl-BE` or `deu`, in two letters where that is known."""
    if not declared:
        return None
    primary = declared.strip().lower().replace("_", "-").partition("-")[0]
    return _ISO_639_2.get(primary, primary)
