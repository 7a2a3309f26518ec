"""Input made to be slow takes time in proportion to its length, up to tens of megabytes."""

import re
import time
from collections.abc import Callable

import pytest

from worker.articles.article import ArticleError
from worker.articles.decode import decode
from worker.articles.limits import Limits

UNLIMITED = Limits(max_bytes=1 << 30, max_chars=1 << 30, max_html_depth=1 << 30, max_json_depth=1 << 30)
SHALLOW = Limits(max_bytes=1 << 30, max_chars=1 << 30)

SMALL, FACTOR = 30_000, 8
# Linear is 8, quadratic is 64. What lies between leaves room for a noisy machine.
MOST = 28

HTML = {
    "comments": "<!--",
    "comment ends": "<!-- -->",
    "declarations": "<!",
    "instructions": "<?x",
    "end tags": "</",
    "CDATA": "<![CDATA[",
    "less than": "<",
    "tags never ended": "<a ",
    "names": "<abc",
    "nested": "<div>x",
    "misnested": "<b 1><i 2>x</b>",
    "closed": "</div>",
    "quotes": '<a title="',
    "single quotes": "<a title='",
    "alternating quotes": "<a b=\"<a c='",
    "greater than in quotes": '<a b=">" ',
    "equals": "<a =",
    "equals and quotes": '<a ="="',
    "scripts": "<script>",
    "script ends": "<script></",
    "titles": "<title>x</title>",
    "raw": "<textarea></text",
    "dropped": "<nav>x",
    "dropped by class": "<div class=related>x",
    "inline dropped": "<span hidden>x",
    "articles": "<article>x</article>",
    "nested articles": "<article><main>x",
    "headings": "<h1>x",
    "links": "<a href=x>y</a>",
    "metadata": "<meta name=date content=2022>",
    "linked data": '<script type="ld+json">"datePublished"   :',
    "references": "&#",
    "references by name": "&amp",
    "long reference": "&#1111111111111111",
    "paragraphs": "<p>x",
    "blank paragraphs": "<p> \n ",
    "preformatted": "<pre>\n",
}
LONG = {  # one tag, comment or reference of the full length
    "name": ("<p>x</p><", "a"),
    "attribute": ("<meta ", "a"),
    "attribute without value": ("<meta ", "a "),
    "blanks in attributes": ("<meta a", " "),
    "quoted attribute": ('<meta a="', "b"),
    "digits": ("<p>&#", "1"),
    "hexadecimal": ("<p>&#x", "f"),
    "class": ("<div class='", "a "),
}
JSON = {
    "arrays": '{"text": "Mali", "x": ' + "[" * 50 + "]" * 50 + ", ",
    "objects": '{"a":',
    "braces in strings": '{"a": "{[",',
    "escaped quotes": '{"a": "\\"',
    "keys": '{"text": "x", "text": ',
}
TEXT = {
    "blanks": " ",
    "lines": "\n",
    "returns": "\r",
    "no-break spaces": "1\u00a0",
    "zero width": "a\u200b",
    "combining": "a\u0301\u0300",
    "mojibake": "Ã©",
    "mojibake of mojibake": "ÃƒÂƒ",
    "mojibake begun": "Ã",
    "quotes lost": "â€ ",
    "controls": "a" * 200 + "\x07",
    "dates": " date 2022-02",
    "references": "&amp;",
    "double references": "&amp;amp;",
    "tags": "a</p>",
    "braces": "{ ",
    "ligatures": "\ufb03",
    "wrapped": "troepen verlaten Mali in de zomer van dit jaar\n",
    "wrapped words": "x" * 50 + "\n",
}


def decoding(value: bytes, limits: Limits = UNLIMITED) -> Callable[[], None]:
    def run() -> None:
        try:
            decode(value, timestamp_ms=1, limits=limits)
        except ArticleError:
            return

    return run


def seconds(run: Callable[[], None]) -> float:
    """Processor time: other processes do not count. The best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        run()
        best = min(best, time.process_time() - began)
    return best


def assert_linear(value_of: Callable[[int], bytes]) -> None:
    for _ in range(3):
        small = seconds(decoding(value_of(SMALL)))
        large = seconds(decoding(value_of(SMALL * FACTOR)))
        if large < max(MOST * small, 0.02):
            return
    pytest.fail(f"{SMALL} bytes took {small:.4f} s, {FACTOR} times as many {large:.4f} s")


@pytest.mark.parametrize("unit", HTML.values(), ids=HTML.keys())
@pytest.mark.parametrize("end", ["", '-->">'])
def test_repeated_html_is_linear(unit: str, end: str) -> None:
    assert_linear(lambda size: ("<p>Mali</p>" + unit * (size // len(unit)) + end).encode())


@pytest.mark.parametrize("parts", LONG.values(), ids=LONG.keys())
def test_long_html_is_linear(parts: tuple[str, str]) -> None:
    head, unit = parts
    assert_linear(lambda size: (head + unit * (size // len(unit)) + ">x").encode())
    assert_linear(lambda size: (head + unit * (size // len(unit))).encode())


@pytest.mark.parametrize("unit", JSON.values(), ids=JSON.keys())
def test_repeated_json_is_linear(unit: str) -> None:
    assert_linear(lambda size: (unit * (size // len(unit))).encode())


@pytest.mark.parametrize("unit", TEXT.values(), ids=TEXT.keys())
def test_repeated_text_is_linear(unit: str) -> None:
    assert_linear(lambda size: ("Mali " + unit * (size // len(unit))).encode())


@pytest.mark.parametrize("unit", ["<!--", "<div>", '<a title="', "[", '{"a":', "&#1", "<p>x</p>"])
def test_twenty_megabytes_are_refused_unread(unit: str) -> None:
    value = unit.encode() * (20_000_000 // len(unit))
    with pytest.raises(ArticleError, match=re.escape(f"{len(value)} bytes")):
        decode(value, timestamp_ms=1)


def test_ten_megabytes_of_nested_elements_are_refused_at_the_limit() -> None:
    value = b"<div>" * 2_000_000
    with pytest.raises(ArticleError, match="512"):
        decode(value, timestamp_ms=1, limits=SHALLOW)
