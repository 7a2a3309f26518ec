"""`explain`: evidence marked in the text, the grounds of each claim, the reason of each near miss."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import ARTICLE, FakeReader
from tests.extraction.reading import extractor
from tests.training.labels import labelled
from worker.articles.decode import decode
from worker.cli.explain_page import page
from worker.cli.findings import Finding, Kind, explained, findings
from worker.cli.marks import pieces
from worker.cli.reading import Reading
from worker.missions.report import Evidence, Extraction
from worker.missions.vocabulary import Factuality

Run = Callable[..., Result]

REPORTED = {Factuality.ASSERTED, Factuality.DECIDED, Factuality.RECALLED}
VOID = {"meta", "link", "br", "img", "hr"}


class Checked(HTMLParser):
    """Collects the elements and the text of a page, and insists that every element is ended in its place."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def reading(value: str = ARTICLE, extraction: Extraction | None = None) -> Reading:
    article = decode(value.encode(), timestamp_ms=1_645_095_600_000)
    return Reading(article, extraction or FakeReader().extract(article))


def test_on_the_screen_the_words_are_marked_and_each_finding_has_its_grounds(run: Run) -> None:
    shown = run("explain", stdin=ARTICLE).output
    assert "its 2,400 troops[T1] from Mali[C1] by June" in shown
    assert "It will not leave Niger[N1], the minister" in shown
    assert "C1  withdrawal_announced: barkhane, FR in ML, on 2022-02-17, effective 2022-06, going on in NE" in shown
    assert "because of coup; decided; confidence 0.90; read by en.withdraw.active" in shown
    assert "N1  ended: the text denies it\n      denied; read by en.leave.active" in shown
    assert "\x1b" not in shown


def test_json_has_places_that_point_into_the_text(run: Run) -> None:
    shown = json.loads(run("explain", "--json", stdin=ARTICLE).stdout)
    text = shown["article"]["text"]
    found = shown["extraction"]
    for each in found["changes"] + found["strengths"] + found["near_misses"]:
        evidence = each["evidence"]
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_the_page_is_well_formed_and_asks_for_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE)
    markup = run("explain", "--html", str(file)).stdout
    checked = Checked(markup)
    assert {tag for tag, _, _ in checked.attributes} & {"script", "img", "iframe", "link", "object"} == set()
    assert not re.search(r"url\(|@import|https?://", markup)
    ids = [value for _, name, value in checked.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    links = {value.removeprefix("#") for tag, name, value in checked.attributes if (tag, name) == ("a", "href")}
    assert links == set(ids) == {"C1", "at-C1", "T1", "at-T1", "N1", "at-N1"}
    assert "from Mali" in markup
    assert "the text denies it" in checked.text


def test_nothing_of_an_article_is_taken_for_markup() -> None:
    value = json.dumps(
        {
            "title": "<script>alert(1)</script>",
            "text": 'France quits Mali & "more" <3. $findings </article> France will withdraw all its 2,400 troops '
            "from Mali. It will not leave Niger.",
            "url": "javascript:alert(1)",
            "source": "<b>X</b>",
            "published_at": "2022",
        }
    )
    of = reading(value)
    markup = page(of, findings(of.extraction))
    checked = Checked(markup)
    assert ("a", "href", "javascript:alert(1)") not in checked.attributes
    assert "<b>" not in markup
    assert "<script" not in markup
    assert "<3. $findings" in checked.text


def test_the_address_of_the_web_is_a_link() -> None:
    value = json.dumps({"text": "Mali", "published_at": "2022", "url": "https://news.example/?a=1&b=2"})
    checked = Checked(page(reading(value), []))
    assert ("a", "href", "https://news.example/?a=1&b=2") in checked.attributes


@pytest.mark.parametrize(
    ("extraction", "words"), [(Extraction(), "Nothing in it"), (Extraction(skipped="x_y"), "x y.")]
)
def test_an_article_without_findings_says_so(extraction: Extraction, words: str) -> None:
    assert words in page(reading(extraction=extraction), [])


def test_an_article_that_cannot_be_decoded_is_a_clear_error(run: Run) -> None:
    shown = run("explain", stdin=b"\xff\xff")
    assert shown.exit_code == 1
    assert shown.output.startswith("Error: - cannot be read, encoding: ")


def test_every_factuality_that_is_not_reported_has_its_words() -> None:
    for factuality in set(Factuality) - REPORTED:
        assert explained("near_misses", factuality.value) != factuality.value


def spans(text: str) -> st.SearchStrategy[list[Finding]]:
    place = st.integers(0, len(text))
    span = st.tuples(place, place, st.sampled_from(Kind)).filter(lambda drawn: drawn[0] < drawn[1])
    return st.lists(span, max_size=6).map(
        lambda drawn: [
            Finding(f"X{number}", kind, "", "", Evidence(text[start:end], start, end, "rule"))
            for number, (start, end, kind) in enumerate(drawn)
        ]
    )


@given(st.text(min_size=1, max_size=30).flatmap(lambda text: st.tuples(st.just(text), spans(text))))
def test_pieces_make_up_the_text_and_every_finding_ends_once(drawn: tuple[str, list[Finding]]) -> None:
    text, found = drawn
    cut = list(pieces(text, found))
    assert "".join(piece.text for piece in cut) == text
    assert sorted(it.label for piece in cut for it in piece.ending) == sorted(it.label for it in found)
    for it in found:
        assert "".join(piece.text for piece in cut if it in piece.within) == it.evidence.quote


@given(st.sampled_from([ARTICLE]).flatmap(lambda text: spans(decode(text.encode()).text)))
def test_a_page_is_well_formed_however_evidence_overlaps(found: list[Finding]) -> None:
    checked = Checked(page(reading(), found))
    words = re.sub(r"X\d", "", checked.text)
    assert "It will not leave Niger, the minister said." in words


def test_every_near_miss_of_the_corpus_is_explained_in_words() -> None:
    corpus = Path(__file__).parents[1] / "corpus"
    codes = {
        str(miss.why)
        for article in labelled(sorted(corpus.glob("*.jsonl")) + sorted(corpus.glob("held-out/*.jsonl")))
        for miss in extractor().extract(decode(article.raw().encode())).near_misses
    }
    assert len(codes) > 15
    assert [code for code in sorted(codes) if explained("near_misses", code) == code.replace("_", " ")] == []
