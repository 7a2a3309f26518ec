"""The root command: help for newcomers, commands loaded when used, faults in one line."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import worker
from worker.cli import main
from worker.cli.catalogue import SECTIONS, SUMMARIES

PACKAGE = Path(worker.__file__).parent


def test_help_lists_every_command_with_its_summary() -> None:
    shown = CliRunner().invoke(main, ["--help"])
    assert shown.exit_code == 0
    for name, summary in SUMMARIES.items():
        assert name in shown.output
        assert summary.split(":")[0].split(",")[0][:40] in " ".join(shown.output.split())
    for section in SECTIONS:
        assert f"{section}:" in shown.output


def test_no_command_at_all_shows_the_help() -> None:
    assert "Usage:" in CliRunner().invoke(main, []).output


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_command_has_help_of_its_own(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    assert "Usage:" in shown.output
    assert "-h, --help" in shown.output


def test_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"mission-worker {worker.__version__}\n"


def test_a_command_that_does_not_exist_is_answered_with_the_nearest() -> None:
    shown = CliRunner().invoke(main, ["extrakt"])
    assert shown.exit_code == 2
    assert "Did you mean extract?" in shown.output
    assert "There are: " in CliRunner().invoke(main, ["zzz"]).output


def test_what_the_system_refuses_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise PermissionError(13, "Permission denied", "/secret")

    monkeypatch.setattr(type(main), "get_command", lambda *_: click.Command("extract", callback=refuse))
    shown = CliRunner().invoke(main, ["extract"])
    assert (shown.exit_code, shown.output) == (1, "Error: /secret: Permission denied\n")


def test_help_and_version_load_no_command() -> None:
    probe = (
        "import sys; from worker.cli import main; main(['--help'], standalone_mode=False);"
        "sys.exit(any(name in sys.modules for name in ('kafka', 'rich', 'worker.extraction', 'pydantic')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=PACKAGE.parent, capture_output=True, check=False, timeout=30
    )
    assert done.returncode == 0, done.stderr.decode()


def test_the_module_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "worker", "--version"],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert done.stdout == f"mission-worker {worker.__version__}\n"
