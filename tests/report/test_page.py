"""What the page is made of: rows of timelines or of events alone, data that stays data, a policy against fetching."""

import base64
import hashlib
import json
import re
from pathlib import Path

from click.testing import CliRunner

from tests.backfill.archives import json_lines
from tests.report.stories import HOSTILE, TODAY, fold, story, tell
from worker.cli import main
from worker.missions.register import Register
from worker.missions.vocabulary import Change, Status
from worker.report import from_events, from_timelines
from worker.report.names import Missions
from worker.report.page import page


def data_of(text: str) -> dict[str, list[dict[str, object]]]:
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    data: dict[str, list[dict[str, object]]] = json.loads(found)
    return data


def test_the_same_rows_give_the_same_page() -> None:
    assert page(story(), title="T", today=TODAY) == page(story(), title="T", today=TODAY)


def test_no_word_of_an_article_ends_the_data() -> None:
    text = page(story(), title="<T>", today=TODAY)
    assert "<title>&lt;T&gt;</title>" in text
    assert text.count("</script>") == 2
    quotes = json.dumps(data_of(text), ensure_ascii=False)
    assert json.dumps(HOSTILE, ensure_ascii=False)[1:-1] in quotes


def test_the_policy_allows_exactly_the_style_and_the_script_of_the_page() -> None:
    text = page(story(), title="T", today=TODAY)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    allowed = {
        kind: "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"
        for kind, content in (("style-src", style), ("script-src", script))
    }
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'", **allowed}
    assert "url(" not in style
    assert "fetch(" not in script


def test_rows_of_timelines_have_every_source_and_rows_of_events_the_first() -> None:
    timelines, events = fold(tell())
    missions = Missions(Register.load())
    full = {row.subject: row for row in from_timelines.rows(timelines, events, missions)}
    brief = {row.subject: row for row in from_events.rows(events, missions)}
    assert full.keys() == brief.keys() == {"minusma", "minusma/DE", "FR@TD"}
    for subject, row in full.items():
        other = brief[subject]
        assert (row.name, row.group, row.kind, row.bars, row.status) == (
            other.name, other.group, other.kind, other.bars, other.status,
        )  # fmt: skip
        assert [mark.change for mark in row.marks] == [mark.change for mark in other.marks]
        assert [mark.late for mark in row.marks] == [mark.late for mark in other.marks]
    ended = next(mark for mark in full["minusma"].marks if mark.change is Change.ENDED)
    assert {quote.text for quote in ended.quotes} == {"The last have left.", "It is over."}
    assert ended.sources == 2
    (reduced,) = (mark for mark in full["minusma"].marks if mark.change is Change.REDUCED)
    assert reduced.late
    assert (full["minusma/DE"].name, full["minusma/DE"].status) == ("Germany", Status.ENDING)
    assert full["FR@TD"].name == "France in Chad"


def test_the_command_makes_a_page_of_a_backfilled_file(tmp_path: Path) -> None:
    events, out = tmp_path / "events.avro", tmp_path / "page.html"
    run = CliRunner().invoke
    lines = json_lines(tmp_path / "a.jsonl")
    assert run(main, ["backfill", str(lines), "--out", str(events), "--processes", "1"]).exit_code == 0
    shown = run(main, ["report", str(events), "--out", str(out), "--on", "2024-06-01"])
    assert (shown.exit_code, shown.output) == (0, f"2 subjects with 2 changes: {out}\n")
    rows = data_of(out.read_text())["rows"]
    assert [row["subject"] for row in rows] == ["minusma", "minusma/DE"]
    with_states = out.read_text()
    (tmp_path / "events.status.avro").unlink()
    assert run(main, ["report", str(events), "--out", str(out), "--on", "2024-06-01"]).exit_code == 0
    assert [row["subject"] for row in data_of(out.read_text())["rows"]] == ["minusma", "minusma/DE"]
    assert len(out.read_text()) <= len(with_states)


def test_a_file_of_something_else_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.avro").write_bytes(b"rubbish")
    shown = CliRunner().invoke(main, ["report", str(tmp_path / "a.avro"), "--out", str(tmp_path / "page.html")])
    assert shown.exit_code != 0
    assert "is no file of events" in shown.output
    assert not (tmp_path / "page.html").exists()
