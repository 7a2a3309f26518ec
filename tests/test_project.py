"""What holds for the project as a whole: its locks, its targets, its version."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

import worker
from worker.articles.decode import decode
from worker.events import schemas

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.txt", "requirements-dev.txt"]


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def locked(name: str) -> dict[str, str]:
    """Each locked distribution's name and version (the newest, where older Pythons have an older one)."""
    return dict(re.findall(r"^([a-z0-9.-]+)(?:\[[a-z0-9,-]+\])?==([^ ;\\]+)", (ROOT / name).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_line_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    requirements = re.split(r"\n(?=[a-z0-9])", text)
    assert {each.split("==")[0].split("[")[0] for each in requirements} == locked(lock).keys()
    assert len(requirements) > 10
    assert [each for each in requirements if "--hash=sha256:" not in each] == []


def test_the_lock_covers_what_is_declared(pyproject: dict[str, Any]) -> None:
    def names(declared: list[str]) -> set[str]:
        return {re.split(r"[\[<>=~!; ]", each)[0] for each in declared}

    run_time = names(pyproject["project"]["dependencies"])
    assert run_time - locked("requirements.txt").keys() == set()
    assert (run_time | names(pyproject["dependency-groups"]["dev"])) - locked("requirements-dev.txt").keys() == set()


def test_both_locks_agree_on_every_version() -> None:
    run_time, development = (locked(each) for each in LOCKS)
    assert {name: development.get(name) for name in run_time} == run_time


def test_make_alone_prints_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE))
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=20).stdout
    plain = re.sub(r"\x1b\[[0-9;]*m", "", printed)
    assert {line.split()[0] for line in plain.splitlines()} == targets
    assert {"test", "check", "demo", "broker", "image"} <= targets


def test_a_wheel_holds_all_that_the_package_needs(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for folder in ("worker", "schemas"):
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "-w", str(tmp_path), str(source)], check=True, timeout=100)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {str(path.relative_to(ROOT)) for path in (ROOT / "worker").rglob("*") if path.is_file()}
    assert {each for each in wanted if "__pycache__" not in each} - packed == set()
    definitions = {path.relative_to(ROOT / "schemas").as_posix() for path in (ROOT / "schemas").rglob("*.avsc")}
    assert {each for each in definitions if not any(name.endswith(f"schemas/{each}") for name in packed)} == set()


def test_the_event_in_the_readme_has_every_field_and_no_other() -> None:
    (printed,) = re.findall(r"```json\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    value = json.loads(printed)["value"]
    definition = schemas.load().latest(schemas.STATUS_CHANGED).definition
    fields = {field["name"]: field["type"] for field in definition["fields"]}
    assert list(value) == list(fields)
    for name in ("evidence", "source", "observed_at", "versions"):
        assert list(value[name]) == [field["name"] for field in fields[name]["fields"]]
    article = (ROOT / "deploy/demo/articles/01-eutm-mali.json").read_bytes()
    start, end = value["evidence"]["start"], value["evidence"]["end"]
    assert decode(article).text[start:end] == value["evidence"]["quote"]


def test_the_changelog_has_a_place_for_what_comes() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text()
    assert "## [Unreleased]" in changelog
    assert re.fullmatch(r"\d+\.\d+\.\d+", worker.__version__)
