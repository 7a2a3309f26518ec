"""What the screen passes undecoded must be something that decoding would not have refused or read otherwise."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.articles.article import ArticleError
from worker.articles.decode import decode
from worker.articles.limits import Limits
from worker.streaming.screen import Screen

LIMITS = Limits(max_bytes=2_000, max_chars=1_500, max_html_depth=20, max_json_depth=8)
SCREEN = Screen(LIMITS)
PLAIN = "De gemeenteraad vergaderde gisteren over het zwembad."

PIECES = st.sampled_from(
    [
        PLAIN,
        "é",
        "\x00",
        "\x1b",
        "<p>",
        "</p>",
        "<div>",
        "<",
        ">",
        "&eacute;",
        "&",
        "{",
        "}",
        '"text":',
        "[",
        "%PDF-",
        "\n",
        "GIF8",
        "BZh",
        "<script>x</script>",
        "<title>a</title>",
        " date 2022-02",
        "﻿",
        " ",
        "\ud7ff",
        "a",
    ]
)


@pytest.mark.parametrize(
    "value",
    [
        PLAIN.encode(),
        f"Één {PLAIN}".encode(),
        f"<html><body><p>{PLAIN}</p></body></html>".encode(),
        json.dumps({"text": PLAIN, "title": "Zwembad", "published_at": "2024-05-01"}).encode(),
    ],
)
def test_ordinary_articles_pass(value: bytes) -> None:
    gist = SCREEN.gist(value, [])
    assert gist is not None
    assert b"gemeenteraad" in gist


def test_an_escaped_letter_of_an_envelope_is_seen() -> None:
    gist = SCREEN.gist(json.dumps({"text": "Opération Barkhane"}).encode(), [])
    assert gist is not None
    assert "Opération".encode() in gist


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"  \n",
        b"\xff\xfe\x00",
        PLAIN.encode("utf-16"),
        f"Één {PLAIN}".encode("latin-1"),
        b'{"text": "cut of',
        b'{"title": "no text"}',
        b"[" * 50 + b"]" * 50,
        b"<div>" * 50 + b"word",
        b"x" * 1_501,
        b"Op&eacute;ration",
        b"%PDF-1.4 text",
        b"<html><script>var text</script></html>",
        b"12345 - 678",
    ],
)
def test_doubtful_messages_do_not(value: bytes | None) -> None:
    assert SCREEN.gist(value, []) is None


def test_a_declared_encoding_is_for_decoding_to_judge() -> None:
    assert SCREEN.gist(PLAIN.encode(), [("Content-Type", b"text/plain; charset=latin-1")]) is None


@given(st.lists(PIECES, max_size=12).map("".join), st.booleans(), st.booleans())
def test_what_passes_can_be_decoded(text: str, enveloped: bool, ascii_only: bool) -> None:
    value = json.dumps({"text": text}, ensure_ascii=ascii_only).encode() if enveloped else text.encode()
    if SCREEN.gist(value, []) is not None:
        article = decode(value, timestamp_ms=1_700_000_000_000, limits=LIMITS)
        assert article.text


@given(st.binary(max_size=200))
def test_whatever_passes_can_be_decoded(value: bytes) -> None:
    try:
        decode(value, timestamp_ms=1_700_000_000_000, limits=LIMITS)
    except ArticleError:
        assert SCREEN.gist(value, []) is None
