"""AsyncAPI's own parser accepts the document, and would not accept a broken one."""

import json
import shutil
from pathlib import Path

import pytest

from deploy.asyncapi import Diagnostic, diagnose
from deploy.local.tools import ROOT, ServerError

DOCUMENT = ROOT / "schemas" / "asyncapi.yaml"
PACKAGE = ROOT / "deploy" / "asyncapi"


@pytest.fixture(scope="module", autouse=True)
def parser() -> None:
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("Node.js with npm runs AsyncAPI's parser. On Debian or Ubuntu: apt-get install nodejs npm")


def errors(document: Path) -> list[Diagnostic]:
    return [each for each in diagnose(document) if each.severity == "error"]


def test_the_document_is_valid_and_draws_no_remark() -> None:
    assert diagnose(DOCUMENT) == []


BREAKS = {
    "a schema that is not there": ("./mission-status/1.avsc", "./mission-status/99.avsc", "1.avsc|99.avsc"),
    "a message that is not there": ("messages/deadLetter", "messages/noLetter", "noLetter"),
    "an action that is none": ("action: receive", "action: recieve", "action|receive"),
    "a policy that Kafka does not have": ("[compact]", "[shrink]", "compact"),
}


@pytest.mark.parametrize(("old", "new", "told"), BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_document_is_an_error(tmp_path: Path, old: str, new: str, told: str) -> None:
    broken = copied(tmp_path)
    text = broken.read_text()
    assert old in text
    broken.write_text(text.replace(old, new))
    assert any(word in f"{each.message} {each.path}" for each in errors(broken) for word in told.split("|"))


def test_the_packages_are_pinned_by_their_content_and_by_no_address() -> None:
    text = (PACKAGE / "package-lock.json").read_text()
    assert "://" not in text
    packages = json.loads(text)["packages"]
    declared = json.loads((PACKAGE / "package.json").read_text())["dependencies"]
    assert packages.pop("")["dependencies"] == declared
    assert [name for name, each in packages.items() if not each["integrity"].startswith("sha512-")] == []
    assert {f"node_modules/{name}" for name in declared} <= packages.keys()
    assert all(packages[f"node_modules/{name}"]["version"] == version for name, version in declared.items())


def test_without_node_it_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ServerError, match="apt-get install nodejs npm"):
        diagnose(DOCUMENT)


def copied(folder: Path) -> Path:
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    return folder / "schemas" / "asyncapi.yaml"
