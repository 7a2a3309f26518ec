"""How well articles are read that neither weights nor lexicons were made from: bars somewhat below today's figures."""

from pathlib import Path

from tests.extraction.reading import extractor
from tests.training.labels import labelled
from tests.training.scores import Scores
from worker.articles.decode import decode

_ARTICLES = sorted((Path(__file__).parents[1] / "corpus" / "held-out").glob("*.jsonl"))


def test_what_is_reported_is_mostly_right_and_most_is_reported() -> None:
    scores = Scores()
    for article in labelled(_ARTICLES):
        scores.add(article, extractor().extract(decode(article.raw().encode())))
    counts = scores.counts
    assert counts["found"] + counts["missed"] > 200
    assert counts["found"] / (counts["found"] + counts["wrong"]) > 0.76
    assert counts["found"] / (counts["found"] + counts["missed"]) > 0.58
    assert counts["clean"] / counts["negatives"] > 0.8
    assert counts["occurred"] / counts["found"] > 0.8
    assert counts["mission"] / counts["found"] > 0.82
