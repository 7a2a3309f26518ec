"""The parser, fetched from npm once by its lock, and kept in the project's ignored build folder."""

import hashlib
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.local.tools import BUILD, ServerError, exclusively, run

_HERE: Final = Path(__file__).parent
_PACKAGE: Final = ("package.json", "package-lock.json")
_SEVERITIES: Final = ("error", "warning", "information", "hint")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What the parser has to say: `severity` is error, warning, information or hint; `path` is dotted."""

    severity: str
    code: str
    path: str
    message: str


def diagnose(document: Path) -> list[Diagnostic]:
    """Everything that the parser finds in an AsyncAPI document and in what it refers to; needs no network once fetched.

    Raises:
        ServerError: there is no Node.js or npm, or one of them failed; its words are in the message.
    """
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            raise ServerError(f"{command} is needed. On Debian or Ubuntu: apt-get install nodejs npm")
    printed = run(["node", str(_HERE / "check.mjs"), str(_modules()), str(document)])
    return [
        Diagnostic(_SEVERITIES[told["severity"]], told["code"], told["path"], told["message"])
        for told in json.loads(printed)
    ]


def _modules(build: Path = BUILD) -> Path:
    """Return the folder of the packages; fetches them first where they are missing."""
    content = b"".join((_HERE / name).read_bytes() for name in _PACKAGE)
    folder = build / f"asyncapi-{hashlib.sha256(content).hexdigest()[:12]}"
    if not folder.exists():
        with exclusively(build / "asyncapi.lock"):
            if not folder.exists():
                _fetch(folder)
    return folder / "node_modules"


def _fetch(folder: Path) -> None:
    print("Fetching the AsyncAPI parser from npm (55 MB, once)", file=sys.stderr, flush=True)
    # Into a folder beside it and then renamed: a fetch that is interrupted leaves nothing that looks whole.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="fetch-") as partial:
        package = Path(partial, "package")
        package.mkdir()
        for name in _PACKAGE:
            shutil.copy(_HERE / name, package)
        run(["npm", "ci", "--prefix", str(package), "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])
        package.rename(folder)
