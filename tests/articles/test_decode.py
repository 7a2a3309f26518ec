"""Any bytes give an article or one error with its reason; the three shapes of one article give the same text."""

import json
import random
import uuid

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.strategies import SAMPLES, as_page, headers, texts, values
from worker.articles.article import Article, ArticleError, ArticleFault, DatedBy
from worker.articles.decode import decode
from worker.articles.limits import Limits
from worker.missions.dates import PartialDate

FEBRUARY = PartialDate(2022, 2)
NOON = 1_645_095_600_000  # 2022-02-17 11:00 UTC


def fault_of(value: bytes | None, **options: object) -> ArticleFault:
    with pytest.raises(ArticleError) as caught:
        decode(value, timestamp_ms=NOON, **options)  # type: ignore[arg-type]  # each case passes what it needs
    return caught.value.fault


def envelope(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (None, ArticleFault.EMPTY),
        (b"", ArticleFault.EMPTY),
        (b" \n\t ", ArticleFault.EMPTY),
        (b"\xef\xbb\xbf", ArticleFault.EMPTY),
        (b"Mali. " * 850_000, ArticleFault.TOO_LARGE),
        (b'{"text": "' + b"x" * 5_000_000 + b'"}', ArticleFault.TOO_LARGE),
        (b"Mali. " * 50_000, ArticleFault.TOO_LARGE),
        (envelope(text="Mali", id="x" * 3000), ArticleFault.TOO_LARGE),
        ("Frans leger verlaat Mali na coup d'état".encode("latin-1"), ArticleFault.ENCODING),
        (b"caf\xc3", ArticleFault.ENCODING),
        (b"\xff\xfeM\x00a\x00l", ArticleFault.ENCODING),
        (b'{"text": "\xe9tat"}', ArticleFault.ENCODING),
        (b'{"text": "Mali", "id"', ArticleFault.JSON_SYNTAX),
        (b'{"text": "Mali"} {"text": "Mali"}', ArticleFault.JSON_SYNTAX),
        (b'{"text": "\\ud83d"}', ArticleFault.JSON_SYNTAX),
        (b'{"text": 7}', ArticleFault.JSON_SHAPE),
        (b'{"title": "Mali"}', ArticleFault.JSON_SHAPE),
        (b'[{"text": "Mali"}]', ArticleFault.JSON_SHAPE),
        (b'{"text": "Mali", "text": "Niger"}', ArticleFault.JSON_SHAPE),
        (envelope(text="Mali", published_at="yesterday"), ArticleFault.JSON_SHAPE),
        (envelope(text="Mali", published_at="2022-02-30"), ArticleFault.JSON_SHAPE),
        (b'{"text": "Mali", "extra": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", ArticleFault.TOO_DEEP),
        (b"[" * 100_000, ArticleFault.TOO_DEEP),
        (b'{"a":' * 100_000, ArticleFault.TOO_DEEP),
        (b"<div>" * 100_000 + b"Mali", ArticleFault.TOO_DEEP),
        (envelope(html="<b><i>" * 1000 + "Mali"), ArticleFault.TOO_DEEP),
        (b"<html><head><title></title></head><body><script>x()</script></body></html>", ArticleFault.NO_TEXT),
        (envelope(text="", title=None), ArticleFault.NO_TEXT),
        (envelope(text="* * *"), ArticleFault.NO_TEXT),
        (b" date 2022-02 ", ArticleFault.NO_TEXT),
        (b"Mali\x00Niger", ArticleFault.BINARY),
        (b'{"text": "Mali\\u0000Niger"}', ArticleFault.BINARY),
        (b"\x1f\x8b\x08 and so on", ArticleFault.BINARY),
        (b"%PDF-1.7 and so on", ArticleFault.BINARY),
        (b"Mali\x01\x02\x03\x04\x05", ArticleFault.BINARY),
    ],
)
def test_each_fault_has_its_reason(value: bytes | None, fault: ArticleFault) -> None:
    assert fault_of(value) is fault


def test_an_article_that_nothing_dates_is_refused() -> None:
    with pytest.raises(ArticleError) as caught:
        decode(b"French troops leave Mali")
    assert caught.value.fault is ArticleFault.UNDATED
    for none in (-1, 0, 10**18):
        with pytest.raises(ArticleError, match="date"):
            decode(b"French troops leave Mali", timestamp_ms=none)


def test_random_bytes_are_refused_as_what_they_are() -> None:
    generator = random.Random(7)
    for _ in range(50):
        assert fault_of(generator.randbytes(400)) in {ArticleFault.ENCODING, ArticleFault.BINARY}


def test_messages_of_errors_never_quote_the_article() -> None:
    secret = "Ouagadougou"
    for value in (
        secret.encode() + b"\xff",
        b'{"text": "' + secret.encode(),
        envelope(text=[secret]),
        envelope(text=secret, published_at=secret),
        f'{{"text": "{secret}", "id": 1, "id": 2}}'.encode(),
        secret.encode() + b"\0",
    ):
        with pytest.raises(ArticleError) as caught:
            decode(value, timestamp_ms=NOON)
        assert secret not in str(caught.value)
        assert "\n" not in str(caught.value)


def shapes_of(title: str, body: str) -> dict[str, bytes]:
    text = f"{title}\n\n{body}"
    return {
        "plain": f" date 2022-02 {text}".encode(),
        "plain, date on a line": f" date 2022-02\n{text}".encode(),
        "plain, DOS line ends": f" date 2022-02 {text}".replace("\n", "\r\n").encode(),
        "plain, UTF-16": f" date 2022-02 {text}".encode("utf-16"),
        "envelope, text": envelope(title=title, text=body, published_at="2022-02"),
        "envelope, escaped": json.dumps({"title": title, "text": body, "published_at": "2022-02"}).encode(),
        "envelope, html": envelope(html=as_page(body, title), published_at="2022-02"),
        "page": as_page(body, title).replace("<head>", "<head><meta name='date' content='2022-02'>").encode(),
        "page behind a date": f" date 2022-02 {as_page(body, title)}".encode(),
    }


@pytest.mark.parametrize("sample", SAMPLES)
def test_all_shapes_of_an_article_give_the_same_text_title_date_and_id(sample: str) -> None:
    title, _, body = sample.partition("\n\n")
    decoded = {name: decode(value) for name, value in shapes_of(title, body).items()}
    plain = decoded["plain"]
    assert plain.title == title
    assert plain.text.count("\n") == sample.count("\n\n") + 1
    for name, article in decoded.items():
        assert (article.text, article.title, article.published, article.id) == (
            plain.text,
            plain.title,
            FEBRUARY,
            plain.id,
        ), name


def test_where_the_date_came_from_is_said_and_the_envelope_comes_first() -> None:
    page = "<meta property='article:published_time' content='2021-05-04T10:00:00+02:00'><p>French troops leave Mali</p>"
    cases: list[tuple[bytes, PartialDate, str]] = [
        (b"French troops leave Mali", PartialDate(2022, 2, 17), DatedBy.RECORD),
        (b" date 2019-03 French troops leave Mali", PartialDate(2019, 3), DatedBy.PREFIX),
        (b" date 2019-03-31\nFrench troops leave Mali", PartialDate(2019, 3, 31), DatedBy.PREFIX),
        (page.encode(), PartialDate(2021, 5, 4), DatedBy.PAGE),
        (f" date 2019-03 {page}".encode(), PartialDate(2019, 3), DatedBy.PREFIX),
        (envelope(html=page), PartialDate(2021, 5, 4), DatedBy.PAGE),
        (envelope(html=page, published_at="2020"), PartialDate(2020), DatedBy.ENVELOPE),
        (envelope(text=" date 2019-03 Mali", published_at="2020-02"), PartialDate(2020, 2), DatedBy.ENVELOPE),
        (envelope(text="Mali", published_at="0001-01-01T00:00:00Z"), PartialDate(2022, 2, 17), DatedBy.RECORD),
    ]
    for value, published, dated_by in cases:
        article = decode(value, timestamp_ms=NOON)
        assert (article.published, article.dated_by) == (published, dated_by)
        assert "date" not in article.text


def test_the_envelope_tells_what_it_knows() -> None:
    article = decode(
        envelope(
            id=4711,
            url="https://news.example/1",
            title="A title &amp; more",
            text="The body.",
            language="NL-be",
            source=" The Example ",
            published_at="2022-02-17T10:15:00.123+01:00",
            extra={"nested": [1, 2, {"text": "not this one"}]},
        )
    )
    assert article == Article(
        id="4711",
        url="https://news.example/1",
        title="A title & more",
        text="A title & more\n\nThe body.",
        language="nl",
        source="The Example",
        published=PartialDate(2022, 2, 17),
        dated_by=DatedBy.ENVELOPE,
    )


def test_text_is_preferred_to_html_unless_it_is_blank() -> None:
    assert decode(envelope(text="Text", html="<p>Page"), timestamp_ms=NOON).text == "Text"
    assert decode(envelope(text=" \n", html="<p>Page"), timestamp_ms=NOON).text == "Page"


def test_a_title_alone_is_an_article() -> None:
    article = decode(envelope(title="France quits Mali", text=""), timestamp_ms=NOON)
    assert (article.title, article.text) == ("France quits Mali", "France quits Mali")


def test_a_title_that_the_body_repeats_is_read_once() -> None:
    article = decode(envelope(title="France quits Mali", text="MALI\nFrance quits Mali\nThe body."), timestamp_ms=NOON)
    assert article.text == "France quits Mali\n\nMALI\nThe body."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Franse missie in Mali stopt\n\n" + "Een zin van het stuk. " * 5, "Franse missie in Mali stopt"),
        ("Moet de missie in Mali stoppen?\n\n" + "Een zin van het stuk. " * 5, "Moet de missie in Mali stoppen?"),
        ("Franse missie in Mali stopt\n" + "Een zin van het stuk. " * 5, None),  # no blank line
        ("De Franse missie stopt.\n\n" + "Een zin van het stuk. " * 5, None),  # a sentence
        ("Kinshasa, 13 mars 2025 (ACP).-\n\n" + "Une phrase du texte. " * 5, None),  # a dateline
        ("Mali\n\n" + "Een zin van het stuk. " * 5, None),  # a kicker
        ("Frans leger verlaat Mali\n\nEinde bericht", None),  # no body to speak of
    ],
)
def test_plain_text_has_a_title_where_its_form_and_a_blank_line_set_it_apart(text: str, title: str | None) -> None:
    assert decode(text.encode(), timestamp_ms=NOON).title == title


def test_the_id_follows_from_the_content_alone() -> None:
    article = decode(b" date 2022-02 French troops leave Mali")
    assert uuid.UUID(article.id).version == 5
    assert uuid.UUID(article.id).variant == uuid.RFC_4122
    assert decode(b" date 2022-02\n\nFrench  troops leave Mali\r\n").id == article.id
    assert decode(b" date 2022-03 French troops leave Mali").id != article.id
    assert decode(b" date 2022-02 French troops leave Chad").id != article.id
    one, other = (decode(b"French troops leave Mali", timestamp_ms=NOON + day * 86_400_000) for day in (0, 9))
    assert one.id == other.id  # delivered again, nine days later


def test_ids_never_change() -> None:
    # Events that were published name their articles by these.
    assert decode(b" date 2022-02 French troops leave Mali").id == "e09c4d8c-d590-590d-ba61-e8fbc0269367"


def test_headers_name_the_encoding_and_the_shape() -> None:
    text = "L'armée française quitte le Mali après le coup d'État, pour 3 000 €"
    for charset, codec in [("ISO-8859-1", "cp1252"), ("iso-8859-15", "iso8859-15"), ('"utf-16le"', "utf-16-le")]:
        value = text.encode(codec)
        header = f"text/plain; format=flowed; charset={charset}".encode()
        assert decode(value, headers=[("Content-Type", header)], timestamp_ms=NOON).text == text
    json_in_latin_1 = json.dumps({"text": text, "published_at": "2022"}, ensure_ascii=False).encode("cp1252")
    headers = [("content-type", b"application/json; charset=windows-1252")]
    assert decode(json_in_latin_1, headers=headers).text == text
    assert (
        fault_of(b"French troops leave Mali", headers=[("content-type", b"application/json")])
        is ArticleFault.JSON_SYNTAX
    )
    html = [("content-type", b"text/html")]
    assert (
        decode(b"French <i>troops</i>\nleave Mali", headers=html, timestamp_ms=NOON).text == "French troops leave Mali"
    )


def test_text_with_a_few_tags_keeps_its_line_breaks() -> None:
    value = b"French troops <b>leave</b> Mali<br/>They go to Niger\nThe end&nbsp;of it &lt; all"
    article = decode(value, timestamp_ms=NOON)
    assert article.text == "French troops leave Mali\nThey go to Niger\nThe end of it < all"


def test_limits_are_those_that_are_given() -> None:
    assert fault_of(b"French troops leave Mali", limits=Limits(max_bytes=10)) is ArticleFault.TOO_LARGE
    assert fault_of(b"French troops leave Mali", limits=Limits(max_chars=10)) is ArticleFault.TOO_LARGE
    assert fault_of(b"<p><b><i>Mali", limits=Limits(max_html_depth=1)) is ArticleFault.TOO_DEEP
    assert fault_of(b'{"text": "Mali", "x": [[]]}', limits=Limits(max_json_depth=2)) is ArticleFault.TOO_DEEP


@given(values(), headers(), st.one_of(st.none(), st.integers()))
def test_any_value_gives_an_article_in_normal_form_or_one_error(
    value: bytes, given_headers: list[tuple[str, bytes | None]], timestamp: int | None
) -> None:
    try:
        article = decode(value, headers=given_headers, timestamp_ms=timestamp)
    except ArticleError as error:
        assert str(error)
        return
    text = article.text
    assert text.encode().decode() == text
    assert text == text.strip()
    assert not set(text) & set("\0\t\r\x0b\x0c\u00ad\u200b\u2028\ufeff")
    assert "  " not in text
    assert " \n" not in text
    assert "\n " not in text
    assert text.count("\n\n") <= (article.title is not None)
    assert article.title is None or text.startswith(article.title)
    assert article.id


@given(texts())
def test_an_article_decodes_to_itself(text: str) -> None:
    assume(not set("&<") & set(text))  # what is escaped twice, and split by a control character, comes out in two steps
    try:
        once = decode(f" date 2022-02 {text}".encode())
    except ArticleError:
        return
    assume("date" not in once.text)
    body = once.text.removeprefix(once.title or "")
    again = decode(envelope(title=once.title, text=body, published_at="2022-02"))
    assert again.text == once.text
    assert again.id == once.id
