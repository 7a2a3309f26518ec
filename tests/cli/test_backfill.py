"""`backfill` on the command line: the summary for people and for programs, and what it refuses."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tests.backfill.archives import json_lines
from worker.cli import main


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["backfill", *map(str, arguments)])


def test_a_summary_for_people_and_one_for_programs(tmp_path: Path) -> None:
    lines, out = json_lines(tmp_path / "a.jsonl"), tmp_path / "out.avro"
    with lines.open("ab") as file:
        file.write(b'{"text": 3}\n')
    shown = run(lines, "--out", out, "--processes", 1)
    assert shown.exit_code == 0, shown.output
    first, second, *more = shown.stdout.splitlines()
    assert first.startswith("4 articles in ")
    assert first.endswith(" articles/s")
    assert second == "2 observations of 2 subjects, 2 events"
    rows = [line.split() for line in more]
    assert ["observed", "2"] in rows
    assert ["json_shape", "1"] in rows
    assert ["events:", str(out)] in rows
    again = run(lines, "--out", out, "--json", "--force", "--processes", 1)
    told = json.loads(again.stdout)
    assert (told["articles"], told["observations"], told["events"], told["subjects"]) == (4, 2, 2, 2)
    assert told["dead_letters"] == {"json_shape": 1}
    assert sum(told["outcomes"].values()) == 4
    assert told["articles_per_second"] > 0
    assert told["broken"] == {}
    assert set(told["files"]) == {"events", "status", "dead-letters"}
    assert all(Path(path).exists() for path in told["files"].values())


def test_a_damaged_file_is_named_and_fails_the_command(tmp_path: Path) -> None:
    lines = json_lines(tmp_path / "a.jsonl.gz")
    lines.write_bytes(lines.read_bytes()[:-10])
    shown = run(lines, "--out", tmp_path / "out.avro", "--processes", 1)
    assert shown.exit_code == 1
    assert f"{lines}: it ends too early" in shown.stderr


def test_what_it_refuses_is_one_clear_line(tmp_path: Path) -> None:
    lines, out = json_lines(tmp_path / "a.jsonl"), tmp_path / "out.avro"
    out.write_bytes(b"mine")
    shown = run(lines, "--out", out)
    assert (shown.exit_code, out.read_bytes()) == (1, b"mine")
    assert "is there already: --force writes it anew" in shown.output
    for arguments in ((lines,), (lines, "--out", out, "--to-topics")):
        assert run(*arguments).exit_code == 2
    assert run(tmp_path / "none", "--out", out).exit_code == 2
