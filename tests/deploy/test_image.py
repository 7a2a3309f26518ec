"""The container image: what is in it, what it may do, and that it is the same when it is built again."""

import json
import shutil
import subprocess

import pytest

import worker
from deploy.image import build, podman
from deploy.local.tools import ROOT
from worker.events import schemas

pytestmark = pytest.mark.timeout(300)

# As the worker is meant to run anywhere: no privileges, nothing to write on, bounded memory.
CONFINED = [
    "--rm", "--network", "host", "--read-only", "--cap-drop", "all", "--security-opt", "no-new-privileges",
    "--memory", "512m",
]  # fmt: skip


def run(image: str, *arguments: str, python: bool = False) -> str:
    entrypoint = ["--entrypoint", "/opt/venv/bin/python"] if python else []
    return podman("run", *CONFINED, *entrypoint, image, *arguments)


def head() -> str:
    """The commit that is checked out, as the image should name it."""
    if shutil.which("git") is None:
        return "unknown"
    ran = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stdout.strip() or "unknown"


def test_it_says_what_it_is(image: str) -> None:
    config = json.loads(podman("image", "inspect", image))[0]["Config"]
    labels = {key.removeprefix("org.opencontainers.image."): value for key, value in config["Labels"].items()}
    assert labels["title"] == "mission-worker"
    assert labels["version"] == worker.__version__
    assert labels["licenses"] == "Apache-2.0"
    assert labels["revision"] == head()
    assert config["User"] == "65532:65532"
    assert config["StopSignal"] == "SIGTERM"
    assert config["Entrypoint"] == ["/opt/venv/bin/python", "-m", "worker"]
    assert list(config["ExposedPorts"]) == ["9464/tcp"]


def test_it_is_small(image: str) -> None:
    assert int(podman("image", "inspect", "--format", "{{.Size}}", image)) < 250_000_000


def test_it_is_confined_and_holds_no_installer(image: str) -> None:
    probe = """
import importlib.util, json, os, pathlib
import worker.events.schemas
written = []
for folder in ("/", "/opt/worker", "/opt/venv", "/home", "/var"):
    try:
        pathlib.Path(folder, "probe").write_text("x")
        written.append(folder)
    except OSError:
        pass
print(json.dumps({
    "user": os.getuid(),
    "written": written,
    "capabilities": int(pathlib.Path("/proc/self/status").read_text().split("CapEff:")[1].split()[0], 16),
    "installers": [name for name in ("pip", "setuptools", "uv") if importlib.util.find_spec(name)],
    "compiled": all(path.with_name("__pycache__").exists() for path in pathlib.Path("/opt/worker").rglob("*.py")),
    "checksum": importlib.util.find_spec("crc32c") is not None,
    "schemas": list(worker.events.schemas.load().names),
}))
"""
    assert json.loads(run(image, "-c", probe, python=True)) == {
        "user": 65532,
        "written": [],
        "capabilities": 0,
        "installers": [],
        "compiled": True,
        "checksum": True,
        "schemas": list(schemas.load().names),
    }


def test_the_same_sources_give_the_same_image(image: str) -> None:
    again = build("localhost/mission-worker:again", cache=False)
    try:
        first, second = (podman("image", "inspect", "--format", "{{.RootFS.Layers}}", each) for each in (image, again))
        assert first == second
    finally:
        podman("image", "rm", again)
