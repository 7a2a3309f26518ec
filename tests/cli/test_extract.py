"""`extract`: files, folders and standard input; tables, JSON and JSON lines."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

import worker
from tests.cli.conftest import ARTICLE, FakeReader

Run = Callable[..., Result]


def test_a_table_for_people(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE)
    shown = run("extract", str(file))
    assert shown.exit_code == 0
    lines = shown.output.splitlines()
    assert lines[0] == "France quits Mali"
    assert lines[1] == f"{file} · 2022-02-17, as its first words say · en"
    assert lines[2].split() == ["change", "mission", "actors", "theatre", "occurred", "details", "words"]
    for part in (
        "withdrawal_announced",
        "barkhane",
        "effective 2022-06; to NE; because of coup",
        "“France will withdraw",
    ):
        assert part in lines[3]
    assert lines[5].split() == ["FR", "ML", "2400", "exact", "–"]
    assert "\x1b" not in shown.output


def test_what_reports_nothing_says_so(run: Run) -> None:
    assert "Not read: irrelevant." in run("extract", stdin="Nothing to see here.").output


def test_all_files_of_folders_are_read_in_order_but_hidden_ones(run: Run, reader: FakeReader, tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", ".git/x.txt", "c.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"Article {name}")
    run("extract", str(tmp_path))
    assert [article.text for article in reader.read] == [
        f"Article {name}" for name in ("a.txt", "c.txt", "b/1.txt", "b/2.txt")
    ]


def test_a_file_dates_an_article_that_has_no_date(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Nothing to see here.")
    os.utime(file, (1_645_095_600, 1_645_095_600))
    assert "2022-02-17, the date of its file" in run("extract", str(file)).output


def test_json_holds_everything(run: Run, tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(ARTICLE)
    (tmp_path / "2.txt").write_bytes(b"\xff")
    shown = run("extract", "--json", str(tmp_path))
    assert shown.exit_code == 1
    first, second = json.loads(shown.stdout)
    assert first["article"]["title"] == "France quits Mali"
    assert first["extraction"]["changes"][0]["evidence"]["rule"] == "en.withdraw.active"
    assert first["extraction"]["near_misses"][0]["why"] == "denied"
    assert second["error"]["reason"] == "encoding"


def test_an_article_that_cannot_be_decoded_is_told_and_the_others_are_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes(b"a\0b")
    (tmp_path / "2.txt").write_text(ARTICLE)
    shown = run("extract", str(tmp_path))
    assert shown.exit_code == 1
    assert "1.txt: not read, binary: the message has a NUL byte" in shown.output
    assert "withdrawal_announced" in shown.output


def test_a_path_that_does_not_exist_is_a_clear_error(run: Run) -> None:
    shown = run("extract", "/no/such/file")
    assert shown.exit_code == 2
    assert "/no/such/file" in shown.output


def jsonl(run: Run, *lines: object) -> list[dict[str, object]]:
    fed = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    shown = run("extract", "--jsonl", stdin=fed)
    assert shown.exit_code == 0
    return [json.loads(line) for line in shown.stdout.splitlines()]


def test_json_lines_have_exactly_the_agreed_form(run: Run) -> None:
    assert jsonl(run, {"id": "en-1", "raw": ARTICLE}) == [
        {
            "id": "en-1",
            "changes": [
                {
                    "mission": "barkhane",
                    "actors": ["FR"],
                    "theatre": ["ML"],
                    "scope": "mission",
                    "change": "withdrawal_announced",
                    "occurred": "2022-02-17",
                    "effective": "2022-06",
                    "relocated_to": "NE",
                    "reasons": ["coup"],
                    "background": False,
                }
            ],
            "strengths": [{"actor": "FR", "place": "ML", "count": 2400}],
        }
    ]


def test_json_lines_answer_every_line_in_order_whatever_is_wrong_with_it(run: Run) -> None:
    answers = jsonl(
        run,
        {"id": 1, "raw": " date 2022-02 \0"},
        {"id": [2], "raw": "Undated"},
        "",
        {"id": 3, "raw": " date 2022-02 Kaboom"},
        "not json",
        {"id": 4},
        {"id": None, "raw": " date 2022-02 Fine", "more": 1},
    )
    assert [answer["id"] for answer in answers] == [1, [2], 3, None, None, None]
    errors = [answer.get("error") for answer in answers]
    assert [error and error["reason"] for error in errors] == [  # type: ignore[index]  # any JSON
        *("binary", "undated", "extractor_error", "line", "line", None)
    ]
    assert errors[2] == {"reason": "extractor_error", "message": "RuntimeError: broken rule"}
    assert "line 5" in str(errors[3])
    assert all(answer["changes"] == answer["strengths"] == [] for answer in answers)


def test_json_lines_come_from_files_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps({"id": 1, "raw": ARTICLE}) + "\n")
    assert json.loads(run("extract", "--jsonl", str(file)).stdout)["changes"]


def test_the_real_reader_reads_from_a_pipe_and_answers_line_by_line() -> None:
    raw = " date 2022-02 Frankrijk trekt al zijn 2.400 militairen terug uit Mali, heeft de regering besloten."
    with subprocess.Popen(
        [sys.executable, "-m", "worker", "extract", "--jsonl"],
        cwd=Path(worker.__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(json.dumps({"id": number, "raw": raw}).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert answer["id"] == number
            assert answer["changes"][0]["change"] == "withdrawal_announced"
        process.stdin.close()
        assert process.wait(timeout=20) == 0
