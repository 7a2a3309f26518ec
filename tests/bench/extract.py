"""`make bench-extract`: what the reading costs, each figure beside a baseline measured in the same run."""

import re
from typing import Final, NamedTuple

import msgspec
from rich.console import Console
from rich.table import Table

from tests.bench import material
from tests.bench.measure import each, mean, pin, probe, quantile
from worker.articles.article import Article
from worker.articles.decode import decode
from worker.extraction import Extractor

_WORD: Final = re.compile(r"\w+")
_LOAD: Final = "from worker.extraction import Extractor; extractor = Extractor.load()"
_READ: Final = """
from tests.bench import material
from worker.articles.decode import decode
for value in material.relevant():
    extractor.extract(decode(value))
"""


class Row(NamedTuple):
    """One line of the report; figure, target and baseline share a unit. Without a target it is only told."""

    what: str
    unit: str
    figure: float
    target: float | None
    baseline: float
    beside: str


class Bare(msgspec.Struct):
    """What the bare decoder reads: the least that a reader of articles needs."""

    text: str
    title: str | None = None
    published_at: str | None = None


def main() -> None:
    """Measure, and print the report."""
    core = pin()
    extractor = Extractor.load()
    rows = [*_gate(extractor), *_reading(extractor), *_process()]
    console = Console(width=118)
    console.print(
        f"One core (number {core}), processor time, medians of 5 runs. Baselines: msgspec decoding a struct of 3"
    )
    console.print(
        r"fields; the regular expression \w+, which finds the words of a text and no more; a bare interpreter."
    )
    table = Table("", "figure", "target", "baseline", "", "ratio", box=None)
    for column in table.columns[1:4]:
        column.justify = "right"
    for row in rows:
        met = row.target is None or row.figure <= row.target
        table.add_row(
            row.what,
            f"{row.figure:.4g} {row.unit}",
            "" if row.target is None else f"[{'green' if met else 'red'}]≤ {row.target:g}",
            f"{row.baseline:.3g} {row.unit}",
            row.beside,
            f"{row.figure / row.baseline:.3g} ×",
        )
    console.print(table)


def _gate(extractor: Extractor) -> list[Row]:
    """The firehose, as the service takes it in: the gate on raw bytes, and decoding for what passes."""
    hose = material.firehose()
    bare = msgspec.json.Decoder(Bare).decode

    def screen(value: bytes) -> Article | None:
        return decode(value) if extractor.relevant(value) else None

    passed = sum(map(extractor.relevant, hose.irrelevant))
    lost = sum(not extractor.relevant(value) for value in hose.relevant)
    size = sum(map(len, hose.irrelevant)) / len(hose.irrelevant)
    base = 1e6 * mean(bare, hose.irrelevant)
    sifted = f"{passed} of {len(hose.irrelevant)} pass"
    everything = hose.irrelevant + hose.relevant
    return [
        Row(
            f"gate, irrelevant, {size:.0f} bytes ({sifted})",
            "µs",
            1e6 * mean(screen, hose.irrelevant),
            15,
            base,
            "JSON",
        ),
        Row(
            f"gate, firehose, 2 % relevant ({lost} lost)",
            "µs",
            1e6 * mean(screen, everything),
            None,
            1e6 * mean(bare, everything),
            "JSON",
        ),
        Row(
            "decoding, relevant", "µs", 1e6 * mean(decode, hose.relevant), None, 1e6 * mean(bare, hose.relevant), "JSON"
        ),
    ]


def _reading(extractor: Extractor) -> list[Row]:
    """The full reading of relevant articles, at 3 kB and as they are."""
    rows = []
    for name, values, targets in (
        ("3 kB", material.relevant(), (1.0, 5.0)),
        ("as labelled", material.as_labelled(), (None, None)),
    ):
        articles = [decode(value) for value in values]
        base = 1e3 * quantile(each(_WORD.findall, [article.text for article in articles]), 0.5)
        times = each(extractor.extract, articles)
        length = sum(len(article.text) for article in articles) / len(articles)
        of = f"{len(articles)} articles {name}, {length:.0f} characters"
        rows += [
            Row(f"reading, median of {of}", "ms", 1e3 * quantile(times, 0.5), targets[0], base, r"\w+"),
            Row(f"reading, p99 of {of}", "ms", 1e3 * quantile(times, 0.99), targets[1], base, r"\w+"),
        ]
    return rows


def _process() -> list[Row]:
    """Start-up and memory, each in processes of their own."""
    bare_seconds, bare_bytes = probe("import msgspec")
    seconds, _ = probe(_LOAD)
    _, resident = probe(_LOAD + _READ)
    return [
        Row("loading, imports included", "s", seconds, 0.5, bare_seconds, "import msgspec"),
        Row("resident, all of it read", "MB", resident / 1e6, 120, bare_bytes / 1e6, "import msgspec"),
    ]


if __name__ == "__main__":
    main()
