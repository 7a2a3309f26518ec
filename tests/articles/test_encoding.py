"""Bytes become text by byte order marks and declarations, strictly; what is no text is told apart."""

import codecs

import pytest

from worker.articles import cp1252
from worker.articles.article import ArticleError, ArticleFault
from worker.articles.charsets import CODECS, declared_in_html
from worker.articles.content_type import content_type
from worker.articles.decode import decode
from worker.articles.encoding import byte_order_mark, codec_of, refuse_binary, to_text

NOON = 1_645_095_600_000


def test_every_label_leads_to_a_codec_of_text() -> None:
    for label, codec in CODECS.items():
        assert label == label.lower()
        assert isinstance("Mali".encode(codec), bytes)
        assert codecs.lookup(codec).name


@pytest.mark.parametrize("label", ["zip", "unicode_escape", "punycode", "idna", "undefined", "rot13", "utf-7", "x", ""])
def test_codecs_that_are_no_encodings_of_text_cannot_be_asked_for(label: str) -> None:
    assert codec_of(label) is None


def test_labels_are_read_as_browsers_read_them() -> None:
    assert codec_of(" ISO-8859-1 ") == "cp1252"
    assert codec_of("UTF8") == "utf-8"


def test_byte_order_marks() -> None:
    assert byte_order_mark(b"\xef\xbb\xbfMali") == ("utf-8", 3)
    assert byte_order_mark("Mali".encode("utf-16-le")) == (None, 0)
    assert byte_order_mark(codecs.BOM_UTF16_BE + b"\0M") == ("utf-16-be", 2)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_wins_over_the_header(codec: str) -> None:
    header = [("content-type", b"text/plain; charset=koi8-r")]
    text = "L’État malien « reporte » les élections"
    assert decode(text.encode(codec), headers=header, timestamp_ms=NOON).text == text


def test_windows_1252_gives_every_byte_a_meaning() -> None:
    every = bytes(range(0x80, 0x100))
    assert cp1252.decode(every) == cp1252.CHARACTERS
    assert cp1252.encode_high(cp1252.CHARACTERS) == every
    assert cp1252.decode(b"l\x92\xc9tat \x81") == "l’État \x81"
    with pytest.raises(KeyError):
        cp1252.encode_high("a")


def test_other_encodings_are_strict() -> None:
    with pytest.raises(ArticleError) as caught:
        to_text(b"\x93\xfa\x81", "cp932")
    assert caught.value.fault is ArticleFault.ENCODING
    assert "byte 2 of 3" in str(caught.value)


@pytest.mark.parametrize(
    ("value", "words"),
    [(b"PK\x03\x04", "ZIP"), (b"\x28\xb5\x2f\xfd", "Zstandard"), (b"Obj\x01", "Avro"), (b"a\0", "position 1")],
)
def test_what_is_no_text_is_named(value: bytes, words: str) -> None:
    with pytest.raises(ArticleError, match=words) as caught:
        refuse_binary(value)
    assert caught.value.fault is ArticleFault.BINARY


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1252">',
        "<META CHARSET=latin1>",
        '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">',
    ],
)
def test_a_page_that_is_no_utf_8_is_read_as_it_declares(meta: str) -> None:
    value = f"<html><head>{meta}</head><p>L'armée quitte le Mali".encode("cp1252")
    assert decode(value, timestamp_ms=NOON).text == "L'armée quitte le Mali"


def test_a_page_that_was_converted_keeps_its_old_declaration() -> None:
    value = '<meta charset="windows-1252"><p>L’armée quitte le Mali'.encode()
    assert decode(value, timestamp_ms=NOON).text == "L’armée quitte le Mali"


@pytest.mark.parametrize("label", ["utf-8", "utf-16", "x-unknown"])
def test_a_page_whose_declaration_does_not_help_is_refused(label: str) -> None:
    value = f'<meta charset="{label}"><p>'.encode() + b"L'arm\xe9e"
    with pytest.raises(ArticleError) as caught:
        decode(value, timestamp_ms=NOON)
    assert caught.value.fault is ArticleFault.ENCODING


def test_an_unknown_charset_in_the_header_leaves_utf_8() -> None:
    header = [("content-type", b"text/plain; charset=x-unknown")]
    assert decode("État".encode(), headers=header, timestamp_ms=NOON).text == "État"


def test_the_declaration_must_stand_at_the_top() -> None:
    assert declared_in_html(b" " * 5000 + b"<meta charset=latin1>") is None


def test_the_content_type_header() -> None:
    assert content_type([]) == (None, None)
    assert content_type([("content-type", None), ("CONTENT-TYPE", b'Text/HTML ; Charset="UTF-8"')]) == (
        "text/html",
        "utf-8",
    )
    assert content_type([("content-type", b";;charset=")]) == (None, None)
    assert content_type([("content-length", b"12")]) == (None, None)
