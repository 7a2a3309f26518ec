"""A reader that finds what it is told to find, so that the commands are tested apart from the reading."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from click.testing import CliRunner, Result

from worker.articles.article import Article
from worker.cli import main
from worker.missions.dates import PartialDate
from worker.missions.report import Evidence, Extraction, NearMiss, ReportedChange, Strength
from worker.missions.vocabulary import Change, Factuality, Qualifier, Reason, Scope

ARTICLE = (
    " date 2022-02-17 France quits Mali\n\n"
    "France will withdraw all its 2,400 troops from Mali by June, after two coups. "
    "It will not leave Niger, the minister said.\nThe United Nations stays."
)


def evidence(article: Article, quote: str, rule: str) -> Evidence:
    start = article.text.index(quote)
    return Evidence(quote, start, start + len(quote), rule)


@dataclass
class FakeReader:
    """Finds one change, one figure and one near miss in `ARTICLE`, nothing elsewhere; breaks on the word Kaboom."""

    read: list[Article] = field(default_factory=list)

    def extract(self, article: Article) -> Extraction:
        self.read.append(article)
        if "Kaboom" in article.text:
            raise RuntimeError("broken rule")
        if "France quits Mali" not in article.text:
            return Extraction(skipped="irrelevant")
        return Extraction(
            language="en",
            changes=(
                ReportedChange(
                    mission="barkhane",
                    actors=("FR",),
                    theatre=("ML",),
                    scope=Scope.MISSION,
                    change=Change.WITHDRAWAL_ANNOUNCED,
                    occurred=PartialDate(2022, 2, 17),
                    effective=PartialDate(2022, 6),
                    relocated_to="NE",
                    reasons=(Reason.COUP,),
                    factuality=Factuality.DECIDED,
                    confidence=0.9,
                    evidence=evidence(
                        article, "France will withdraw all its 2,400 troops from Mali", "en.withdraw.active"
                    ),
                ),
            ),
            strengths=(
                Strength(
                    actor="FR",
                    place="ML",
                    count=2400,
                    qualifier=Qualifier.EXACT,
                    when=None,
                    evidence=evidence(article, "2,400 troops", "en.figure"),
                ),
            ),
            near_misses=(
                NearMiss(
                    change=Change.ENDED,
                    why="denied",
                    evidence=evidence(article, "will not leave Niger", "en.leave.active"),
                ),
            ),
        )


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> FakeReader:
    """The fake reader, in the place of the real one."""
    fake = FakeReader()
    for module in ("worker.cli.extract", "worker.cli.explain"):
        monkeypatch.setattr(f"{module}.load_reader", lambda: fake)
    return fake


@pytest.fixture
def run(reader: FakeReader) -> Callable[..., Result]:
    """Run the command line with the fake reader."""

    def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, arguments, input=stdin)

    return invoke
