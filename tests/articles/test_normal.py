"""One normal form of text, and the repair of mojibake."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import SAMPLES, texts
from worker.articles import cp1252
from worker.articles.article import ArticleError, ArticleFault
from worker.articles.entities import unescape, unescape_explicit
from worker.articles.mojibake import repaired
from worker.articles.normal import lines


def latin_1(value: bytes) -> str:
    return value.decode("latin-1")


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("a\r\nb\rc\u2028d\x0ce", ["a", "b", "c", "d", "e"]),
        ("a\n\n b \n", ["a", "", "b", ""]),
        ("a\t b  c\u3000d", ["a b c d"]),
        (
            "Quelque 5\u202f100 soldats, 2\u00a0400 à Gao, 1\u2009000",
            ["Quelque 5\u00a0100 soldats, 2\u00a0400 à Gao, 1\u00a0000"],
        ),
        (
            "«\u00a0Nous partons\u202f», dit M.\u00a0Dupont le 3\u00a0mars",
            ["« Nous partons », dit M. Dupont le 3 mars"],
        ),
        ("mili\u00adtai\u200bren\ufeff \u202aMali\u202c", ["militairen Mali"]),
        ("e\u0301tat \u212b", ["état Å"]),
        ("of\ufb01ciers, \ufb00, \u0133s", ["officiers, ff, ijs"]),
        ("l\x92arm\u00e9e \x93part\x94\x85", ["l’armée “part”…"]),
        ("Mali\x07", ["Mali"]),
    ],
)
def test_the_normal_form(text: str, normal: list[str]) -> None:
    padding = " x" * 100  # a stray control character is removed only from a text of some length
    assert lines(text + "\n" + padding)[:-1] == normal


def test_text_that_is_normal_already_is_left_alone() -> None:
    text = "L’été — « œuvre » 'à' “Łódź” €5 ™ ½ ß"
    assert lines(text) == [text]


@pytest.mark.parametrize("text", ["a\0b", "a" * 100 + "\0", "\x01\x02\x03"])
def test_control_characters_in_numbers_make_no_text(text: str) -> None:
    with pytest.raises(ArticleError) as caught:
        lines(text)
    assert caught.value.fault is ArticleFault.BINARY


@given(st.one_of(texts(), st.text()))
def test_the_normal_form_is_its_own(text: str) -> None:
    try:
        once = lines(text)
    except ArticleError:
        return
    assert lines("\n".join(once)) == once
    for line in once:
        assert unicodedata.is_normalized("NFC", line)
        assert line == line.strip(" ")
        assert all(unicodedata.category(character) not in {"Cc", "Zl", "Zp"} for character in line)


@given(st.sampled_from(SAMPLES), st.lists(st.sampled_from((cp1252.decode, latin_1)), min_size=1, max_size=4))
def test_what_was_misread_even_several_times_comes_back(text: str, readings: list[Callable[[bytes], str]]) -> None:
    damaged = text
    for misread in readings:
        damaged = misread(damaged.encode())
    assert "\n".join(lines(damaged)) == "\n".join(lines(text))


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("dÃ©ployÃ©s Ã Gao", "déployés à Gao"),
        ("lâ€™armÃ©e â€œpartâ€ â€“ dit-il", "l’armée “part” – dit-il"),
        ("50 000 â‚¬", "50 000 €"),
        ("Â«Â Nous partonsÂ Â»", "« Nous partons »"),
        ("FranÃ§aise, GÃ¶teborg, Å“uvre", "Française, Göteborg, œuvre"),
        ("ÃƒÂ©tat", "état"),
        ("L'âge, ÂGE, CHÂTEAU, à 10 €", "L'âge, ÂGE, CHÂTEAU, à 10 €"),
        ("die Note „Ä“ und «CAFÉ»", "die Note „Ä“ und «CAFÉ»"),
        ("São Tomé, SÃO TOMÉ", "São Tomé, SÃO TOMÉ"),
    ],
)
def test_mojibake_is_repaired_only_where_nothing_else_can_be_meant(damaged: str, sound: str) -> None:
    assert repaired(damaged.replace("Â ", "Â\u00a0")).replace("\u00a0", " ") == sound


@given(st.text(alphabet="ÃÂâ€™©\x80\x9d \u00a0Äœ“abc"))
def test_the_repair_ends_and_never_grows(text: str) -> None:
    mended = repaired(text)
    assert len(mended) <= len(text)
    assert repaired(mended) == mended


def test_character_references() -> None:
    assert unescape("&eacute;tat &amp &#8220;x&#x201D; &copy 2022") == "état & “x” © 2022"
    assert unescape("&#" + "1" * 5000 + ";") == "\ufffd"
    assert unescape("&#x" + "f" * 5000 + ";") == "\ufffd"
    assert unescape_explicit("R&D, AT&T &amp; &#8217;s, ?a=1&copy=2; &nope;") == "R&D, AT&T & ’s, ?a=1&copy=2; &nope;"
