"""Text of a fixed width becomes paragraphs again; any other text stays as it is."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import SAMPLES
from worker.articles.decode import decode
from worker.articles.normal import lines
from worker.articles.wrapping import unwrapped


@given(st.sampled_from(SAMPLES), st.integers(60, 90))
def test_what_was_wrapped_comes_back(sample: str, width: int) -> None:
    paragraphs = lines(sample)
    wrapped = [
        line for paragraph in paragraphs for line in textwrap.wrap(paragraph, width, break_on_hyphens=False) or [""]
    ]
    assert unwrapped(wrapped) == paragraphs


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_text_of_an_article_does_not_depend_on_its_wrapping(sample: str) -> None:
    title, _, body = sample.partition("\n\n")
    wrapped = "\r\n\r\n".join(textwrap.fill(paragraph, 72).replace("\n", "\r\n") for paragraph in body.split("\n\n"))
    plain, narrow = (decode(f" date 2022-02 {title}\n\n{text}".encode()) for text in (body, wrapped))
    assert narrow.text == plain.text
    assert narrow.title == title


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(SAMPLES),
        "Mali\nNiger\nTsjaad\nBurkina Faso\nMauritanië",  # a list
        "Frankrijk verlaat Mali\n250 Nederlanders gaan naar de missie in Irak\nDuitsland\nKFOR krijgt er troepen bij",
        "Een zin.\nNog een zin.",
        "",
    ],
)
def test_breaks_that_were_meant_stay(text: str) -> None:
    assert unwrapped(lines(text)) == lines(text)


def test_a_subhead_stays_apart() -> None:
    body = textwrap.wrap("Franse troepen verlaten in de loop van de zomer de bases in het noorden van Mali. " * 3, 60)
    assert unwrapped([*body, "Niger nieuwe thuisbasis", *body])[1] == "Niger nieuwe thuisbasis"


def test_hyphens_at_the_end_of_a_line() -> None:
    wrapped = [
        "Het kabinet haalt de laatste Nederlandse mili-",
        "tairen terug uit Mali, waar zij deel van de VN-",
        "missie waren. De veiligheid in geheel West-",
        "Afrika is sinds de staatsgrepen van 2020 en 2021",
        "weer slechter geworden - dat zegt de minister -",
        "en beter wordt het niet.",
    ]
    (paragraph,) = unwrapped(wrapped)
    assert paragraph == (
        "Het kabinet haalt de laatste Nederlandse militairen terug uit Mali, waar zij deel van de VN-missie waren. "
        "De veiligheid in geheel West-Afrika is sinds de staatsgrepen van 2020 en 2021 weer slechter geworden - dat "
        "zegt de minister - en beter wordt het niet."
    )
