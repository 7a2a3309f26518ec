"""Hypothesis strategies for articles and raw messages: sample articles, mutated as the world mutates them.

`texts()` gives article texts, `values()` the bytes of raw messages of any shape, `headers()` Kafka headers.
`make fuzz` and the property tests draw from the same ones.
"""

import html
import json
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

_SAMPLES = Path(__file__).with_name("samples")

SAMPLES = tuple(path.read_text("utf-8").strip() for path in sorted(_SAMPLES.glob("*.txt")))
"""Articles in four languages, a headline first, paragraphs set apart by blank lines. Each reports a change of status,
with figures, dates, some history and something that is no change."""

NOISE: tuple[str, ...] = tuple(json.loads((_SAMPLES / "noise.json").read_text("utf-8")))
"""Fragments that some part of the reading treats in a way of its own."""

DATES = (
    "2022-02",
    "2022-02-17",
    "2022",
    "2022-02-17T10:15:00Z",
    "17 Feb 2022",
    "2022-13",
    "2022-02-30",
    "",
    "0001-01-01",
)

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "iso8859-15", "shift_jis")


def texts(max_mutations: int = 6) -> st.SearchStrategy[str]:
    """Article texts: a sample after a few mutations; now and then any text at all."""
    mutated = st.tuples(st.sampled_from(SAMPLES), st.lists(_mutations(), max_size=max_mutations)).map(_mutate)
    return st.one_of(mutated, mutated, mutated, st.text(max_size=400))


def values() -> st.SearchStrategy[bytes]:
    """The bytes of raw messages: a text in some shape and encoding, sometimes damaged; now and then any bytes."""
    shaped = st.one_of(_plain(), _pages(), _envelopes())
    encoded = st.tuples(shaped, st.sampled_from(_ENCODINGS)).map(
        lambda pair: pair[0].encode(pair[1], "xmlcharrefreplace")
    )
    return st.one_of(
        encoded, encoded, st.tuples(encoded, _damage()).map(lambda pair: pair[1](pair[0])), st.binary(max_size=300)
    )


def headers() -> st.SearchStrategy[list[tuple[str, bytes | None]]]:
    """Headers of a Kafka record, those that concern the reading more often than chance would have it."""
    types = (
        "text/plain",
        "text/html; charset=utf-8",
        "application/json",
        "text/plain; charset=ISO-8859-1",
        "; charset=x",
    )
    ours = st.tuples(
        st.sampled_from(("content-type", "Content-Type")),
        st.one_of(st.sampled_from(types).map(str.encode), st.binary(max_size=40), st.none()),
    )
    return st.lists(st.one_of(ours, st.tuples(st.text(max_size=10), st.binary(max_size=10))), max_size=3)


def as_page(text: str, title: str | None = None) -> str:
    """An HTML page of an article, one paragraph a line."""
    paragraphs = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n") if line.strip())
    head = f"<title>{html.escape(title or '')}</title><style>p {{ color: red }}</style>"
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article>{paragraphs}</article><footer>Contact</footer></body></html>"
    )


def _plain() -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(["", *(f" date {date} " for date in DATES)]), texts()).map("".join)


def _pages() -> st.SearchStrategy[str]:
    return st.one_of(texts().map(as_page), texts().map(lambda text: f"<p>{text}</p>"))


def _envelopes() -> st.SearchStrategy[str]:
    scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
    date = st.one_of(st.sampled_from(DATES), scalars)
    fields = st.fixed_dictionaries(
        {},
        optional={
            "text": texts(),
            "html": _pages(),
            "id": scalars,
            "url": scalars,
            "title": st.one_of(texts(1), scalars),
            "published_at": date,
            "language": st.sampled_from(["nl", "nl-BE", "fra", "xx-nonsense", "", None]),
            "source": scalars,
            "extra": st.recursive(scalars, lambda inner: st.lists(inner, max_size=3), max_leaves=8),
        },
    )
    return st.tuples(fields, st.booleans()).map(lambda pair: json.dumps(pair[0], ensure_ascii=pair[1]))


def _mutations() -> st.SearchStrategy[Callable[[str], str]]:
    place = st.floats(0, 1)
    return st.one_of(
        st.tuples(place, st.sampled_from(NOISE)).map(_inserted),
        st.tuples(place, place).map(_removed),
        st.tuples(place, place, st.integers(2, 4)).map(_repeated),
        st.tuples(place, st.sampled_from(SAMPLES)).map(_inserted),
        place.map(lambda at: lambda text: text[: int(at * len(text))]),
        st.sampled_from((str.upper, str.lower, str.title, _unspaced, _misread)),
    )


def _mutate(pair: tuple[str, list[Callable[[str], str]]]) -> str:
    text, mutations = pair
    for mutation in mutations:
        text = mutation(text)
    return text


def _inserted(drawn: tuple[float, str]) -> Callable[[str], str]:
    at, fragment = drawn
    return lambda text: text[: int(at * len(text))] + fragment + text[int(at * len(text)) :]


def _removed(drawn: tuple[float, float]) -> Callable[[str], str]:
    start, end = sorted(drawn)
    return lambda text: text[: int(start * len(text))] + text[int(end * len(text)) :]


def _repeated(drawn: tuple[float, float, int]) -> Callable[[str], str]:
    start, end = sorted(drawn[:2])
    return lambda text: text + text[int(start * len(text)) : int(end * len(text))] * drawn[2]


def _unspaced(text: str) -> str:
    """Sentences run together, as where tags were cut out."""
    return text.replace(". ", ".").replace("\n", "")


def _misread(text: str) -> str:
    """UTF-8 that was read as windows-1252."""
    return text.encode().decode("cp1252", "replace")


def _damage() -> st.SearchStrategy[Callable[[bytes], bytes]]:
    place = st.floats(0, 1)
    return st.one_of(
        place.map(lambda at: lambda value: value[: int(at * len(value))]),
        st.tuples(place, st.binary(min_size=1, max_size=4)).map(
            lambda drawn: (
                lambda value: value[: int(drawn[0] * len(value))] + drawn[1] + value[int(drawn[0] * len(value)) :]
            )
        ),
    )
