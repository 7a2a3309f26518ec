"""The demo, as a newcomer runs it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.demo.__main__ import main
from deploy.local.tools import BUILD, ROOT

RUNS = BUILD / "run"
SEED = ROOT.parent / "shared" / "seed"


def demo(*files: Path) -> str:
    """What the demo prints, on one line: its tables break lines where they like."""
    ran = subprocess.run(
        [sys.executable, "-m", "deploy.demo", *map(str, files)],
        cwd=ROOT,
        env={**os.environ, "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return re.sub(r"[\s│]+", " ", ran.stdout)


@pytest.mark.broker
def test_the_samples_show_events_a_late_one_a_repeat_and_a_dead_letter() -> None:
    before = set(RUNS.glob("demo-*"))
    printed = demo()
    assert set(RUNS.glob("demo-*")) - before == set(), "something was left behind"
    assert "eutm-mali suspended" in printed
    assert "minusma/DE withdrawal_announced" in printed
    assert "kfor reinforced" in printed
    assert re.search(r"minusma extended 2022-06-29 .* late ", printed)
    assert "known already" in printed
    assert "reports no change of a mission" in printed
    assert "dead letter, json_syntax" in printed
    assert re.search(r"mission_worker_records_consumed_total \d+ \S*articles\.raw 9 ", printed)
    assert "python -m worker timeline minusma" in printed
    assert f"a page of it all to look at: {BUILD / 'demo.html'}" in printed
    assert "MINUSMA" in (BUILD / "demo.html").read_text()
    assert re.search(r"2022-06-29 » extended \S+ → active until 2023-06-30 · 1 source · late", printed)
    assert re.search(r"2022-11-22 ◁ withdrawal announced .*? → ending by 2024-05 · .*?2 sources", printed)
    assert re.search(r"minusma [█▓·]+ ", printed)
    assert re.search(r"\d+ events and \d+ states are what the observations give", printed)
    assert "everything was processed exactly once" in printed
    assert "the worker ended with 0" in printed


@pytest.mark.broker
@pytest.mark.skipif(not SEED.is_dir(), reason="no seed article beside the project")
def test_an_article_of_ones_own() -> None:
    printed = demo(*SEED.glob("*.txt"))
    assert "barkhane withdrawal_announced" in printed
    assert "everything was processed exactly once" in printed


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-article.txt"]) == 2
    assert "no-such-article.txt" in capsys.readouterr().err
