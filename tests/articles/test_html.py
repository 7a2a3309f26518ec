"""The story comes out of a page, its furniture does not; what the page says of itself is read."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import NOISE
from worker.articles.html import Page, read_page
from worker.articles.limits import DEFAULT, Limits
from worker.articles.normal import lines
from worker.articles.tags import attributes, tags
from worker.missions.dates import PartialDate

STORY = "Franse troepen verlaten Mali. " * 20


def read(markup: str) -> Page:
    return read_page(markup, DEFAULT)


def text_of(markup: str) -> str:
    return "\n".join(filter(None, lines(read(markup).text)))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One<p>two", "One\ntwo"),
        ("One<br>two<BR/>three<hr>four", "One\ntwo\nthree\nfour"),
        ("sol<b>dat</b>en <i>in</i>\n  Mali", "soldaten in Mali"),
        ("<ul><li>One<li>two</ul>", "One\ntwo"),
        ("<table><tr><td>Troepen<td>4300<tr><td>Mali</table>", "Troepen 4300\nMali"),
        ("<h1>Kop</h1>tekst<h2>Tussenkop</h2>tekst", "Kop\ntekst\nTussenkop\ntekst"),
        ("<pre>One\ntwo</pre>three\nfour", "One\ntwo\nthree four"),
        ("<blockquote>Quote</blockquote>text", "Quote\ntext"),
        ("a < b &lt; c &amp; d&nbsp;e &eacute;tat", "a < b < c & d e état"),
        ("1 <2, x<y", "1 <2, x<y"),
        ("a<!-- no <p> -->b<!-->c<!doctype html>d<?php no ?>e</>f", "abcdef"),
        ("<![CDATA[<p>One</p>]]><p>two", "One\ntwo"),
        ("<script>if (a<b) {'</p>'}</script>x<style>p{}</STYLE >y<script src=z />z", "xyz"),
        ("<script>unclosed <p>no</p>", ""),
        ("<p title='a > b' data-x=\"<p>\">One</p>", "One"),
        ('<a href="x"">One</a> text <a href="y">two</a>', "One text two"),
        ('<p class="x>One</p><p>two</p>', 'One\ntwo'),
        ("<p>One<a name='top'>two three</p>", "Onetwo three"),
        ("<p>One</p >two</P\n>three", "One\ntwo\nthree"),
    ],
)  # fmt: skip
def test_tags_become_lines(markup: str, text: str) -> None:
    assert text_of(markup) == text


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><ul><li>Home<li>Nieuws</ul></nav>",
        "<header><h1>De Krant</h1>Menu</header>",
        "<aside><p>Nederland verlaat Irak</p><div><aside>x</aside>y</div></aside>",
        "<footer>Contact</footer>",
        "<figure><img src=x><figcaption>Soldaten in 2013. Foto: X</figcaption></figure>",
        "<button>Deel dit</button>",
        "<select><option>nl<option>fr</select>",
        "<svg><title>Logo</title><text>Logo</text></svg>",
        "<noscript>Zet JavaScript aan</noscript>",
        "<template><p>Sjabloon</p></template>",
        "<textarea>Reageer</textarea>",
        "<iframe src=x>Niet hier</iframe>",
        "<div class='share-buttons'><div>Deel</div> dit</div>",
        "<div class='x related'><p>Nederland verlaat Irak</p></div>",
        "<section id=comments><p>Eens!</p></section>",
        "<div role='navigation'>Home</div>",
        "<div hidden>Verborgen</div><div style='color:red;display: none'>Verborgen</div>",
        "<span aria-hidden=true>x</span>",
        "<p class='caption'>Soldaten in 2013</p>",
        "<p><a href=/1>Nederland verlaat Irak</a></p>",
        "<p>Lees ook: <a href=/1>Nederland verlaat Irak</a></p>",
        "<ul><li><a href=/1>Nederland verlaat Irak</a> | <a href=/2>Meer</a></ul>",
        "<a href=/1><h3>Nederland verlaat Irak</h3><p>Het kabinet besluit</p></a>",
    ],
)
def test_furniture_is_no_part_of_the_story(furniture: str) -> None:
    page = f"<body>{furniture}<p>{STORY}</p>{furniture}<p>Einde.</p>{furniture}</body>"
    assert text_of(page) == f"{STORY.strip()}\nEinde."


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>Een <a href=/1>link</a> in {STORY}</p>",
        f"<p>{STORY}<a href=/1>Macron zegt dat hij vertrekt.</a></p>",
        f"<div class='story-shared unrelated'>{STORY}</div>",
        f"<article class='comment'>{STORY}</article>",
        f"<article><header><h1>Kop van het stuk</h1><p>{STORY}</p></header></article>",
        f"<p>Een <span class='tooltip'>uitleg</span>woord in {STORY}</p>",
    ],
)
def test_what_only_looks_like_furniture_is_read(markup: str) -> None:
    assert STORY.strip() in text_of(markup)


def test_an_element_within_a_paragraph_leaves_without_breaking_it() -> None:
    assert text_of(f"<p>Een <span class='tooltip'><p>uit</p>leg</span>woord. {STORY}") == f"Een woord. {STORY.strip()}"


def test_an_element_that_never_ends_takes_nothing_with_it() -> None:
    assert text_of(f"<p>Kop</p><nav><ul><li>Home</ul><p>{STORY}</p>") == f"Kop\nHome\n{STORY.strip()}"
    assert text_of(f"<p>Een <span hidden>woord. {STORY}") == f"woord. {STORY.strip()}\nEen"
    assert text_of(f"<nav><p>Home<main><p>{STORY}</main>") == STORY.strip()


def test_a_page_of_furniture_alone_is_read_as_it_is() -> None:
    assert text_of(f"<div class='widget'><p>{STORY}</p></div><p>Contact</p>") == f"{STORY.strip()}\nContact"
    assert text_of("<p><a href=/1>Nederland verlaat Irak</a></p>") == "Nederland verlaat Irak"
    assert text_of("<nav>Nederland verlaat Irak</nav>") == "Nederland verlaat Irak"


def test_the_one_article_of_a_page_is_its_story() -> None:
    teasers = "".join(f"<article><p>Ander nieuws nummer {number}</p></article>" for number in range(5))
    page = f"<p>Welkom</p><main><p>Vandaag</p><article><p>{STORY}</p></article>{teasers}</main><p>Onder</p>"
    assert text_of(page) == STORY.strip()
    stories = f"<article><p>{STORY}</p></article>" * 2
    assert text_of(f"<p>Welkom</p><main>{stories}</main>") == f"{STORY.strip()}\n{STORY.strip()}"
    assert text_of(f"<article>Ander nieuws</article><p>{STORY}</p>") == f"Ander nieuws\n{STORY.strip()}"
    assert text_of(f"<p>Welkom</p><article><p>{STORY}") == STORY.strip()


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>A &amp; B</title>", "A & B"),
        (
            "<title>Troepen weg uit Mali | De Krant</title><meta property=og:site_name content='De Krant'>",
            "Troepen weg uit Mali",
        ),
        ("<title>Mali - een analyse</title>", "Mali - een analyse"),
        ("<title>T</title><meta property='og:title' content='Troepen weg &#8211; Mali'>", "Troepen weg – Mali"),
        (
            "<title>T</title><meta property='og:title' content=O><article><h1>Troepen <b>weg</b></h1></article>",
            "Troepen weg",
        ),
        ("<title>T</title><header><h1>De Krant</h1></header>", "T"),
        ("<title>T</title><h1>Franse troepen verlaten Mali</h1>", "Franse troepen verlaten Mali"),
        ("<svg><title>Logo</title></svg><p>x", None),
    ],
)
def test_the_title(markup: str, title: str | None) -> None:
    assert read(markup).title == title


@pytest.mark.parametrize(
    ("markup", "date"),
    [
        ("<meta property=article:published_time content=2022-02-17T10:00:00Z>", "2022-02-17"),
        ("<meta content='2022-02-17' name='DC.date.issued'/>", "2022-02-17"),
        ("<meta itemprop=datePublished content=2022-02>", "2022-02"),
        ("<span itemprop='datePublished' content='2022-02-17'>gisteren</span>", "2022-02-17"),
        ("<p><time datetime='2022-02-17T10:00'>gisteren</time>", "2022-02-17"),
        ('<script type="application/ld+json">{"datePublished" : "2022-02-17T10:00:00+01:00"}</script>', "2022-02-17"),
        ("<time datetime=2022-02-18></time><meta name=date content=2022-02-17>", "2022-02-17"),
        ("<meta name=date content=2022-02-18><meta property=article:published_time content=2022-02-17>", "2022-02-17"),
        ("<meta name=date content=2022-02-17><meta name=dc.date content=2022-02-18>", "2022-02-17"),
        ("<meta property=article:modified_time content=2022-02-18>", None),
        ("<meta property=article:published_time content=vandaag><time datetime=2022-02-17>", "2022-02-17"),
        ("<footer><time datetime=2022-02-17></footer>", None),
        ('<script>{"datePublished": "2022-02-17"}</script>', None),
    ],
)
def test_the_date(markup: str, date: str | None) -> None:
    assert read(markup).published == (PartialDate.parse(date) if date else None)


def test_language_address_and_site() -> None:
    page = read(
        "<html lang='nl-BE'><link rel=canonical href='https://krant.example/1?a=1&amp;b=2'>"
        "<meta property=og:url content='https://krant.example/2'><meta property='og:site_name' content='De Krant'>"
    )
    assert (page.language, page.url, page.source) == ("nl-BE", "https://krant.example/1?a=1&b=2", "De Krant")


def test_a_page_that_is_nothing_but_text_says_nothing_of_itself() -> None:
    assert read("Mali") == Page(text="Mali")


def test_depth_counts_only_what_must_be_ended() -> None:
    open_ended = "<p>x<li>y<tr><td>z<br><img>" * 1000
    assert "x" in read_page(open_ended, Limits(max_html_depth=2)).text
    assert "x" in read_page("<div><b>x</b></div>" * 1000, Limits(max_html_depth=2)).text
    assert "x" in read_page("<g/><path d=1 />" * 1000 + "x", Limits(max_html_depth=2)).text


def test_tags_are_told_with_the_text_before_them() -> None:
    assert list(tags("a<P CLASS=x>b</p ><!-- c -->d<title>e<f></title>")) == [
        ("a", "p", " CLASS=x", ""),
        ("b", "/p", " ", ""),
        ("", "!", "", ""),
        ("d", "title", "", "e<f>"),
        ("", "/title", "", ""),
        ("", "", "", ""),
    ]


def test_attributes() -> None:
    assert attributes(""" A="1 &amp; 2" b='3' c=4 d E = 5 a=6 /""") == {
        "a": "1 & 2",
        "b": "3",
        "c": "4",
        "d": "",
        "e": "5",
    }
    assert attributes('x="never closed') == {"x": "", "never": "", "closed": ""}


TAGS = ("p", " ", "=", "/", "</", "<a href=x>", "</a>", "<main>", "<h1>")
FRAGMENTS = st.lists(st.sampled_from((*NOISE, *TAGS)), max_size=30).map("".join)


@given(FRAGMENTS)
def test_no_text_is_made_up_and_none_is_lost_from_plain_text(markup: str) -> None:
    page = read(markup)
    assert len(page.text) <= len(markup) * 2  # no reference is shorter than half of what it stands for
    if "<" not in markup and "&" not in markup:
        assert page.text.split() == markup.split()


@given(st.text("ab<>&'\"; ", max_size=40))
def test_text_that_is_escaped_comes_back(text: str) -> None:
    assert read(f"<p>{html.escape(text)}</p>").text.split() == text.split()
