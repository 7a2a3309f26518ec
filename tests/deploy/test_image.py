"""The container image: what is in it, what it may do, and that it is the same when it is built again."""

import importlib
import json
import shutil
import subprocess
import time
from collections.abc import Callable

import httpx
import pytest

import worker
from deploy.image import build, podman
from deploy.local.ports import free_ports
from deploy.local.tools import ROOT
from deploy.prometheus import Prometheus
from tests.deploy.waiting import eventually
from worker.events import schemas

pytestmark = pytest.mark.timeout(300)

build_module = importlib.import_module("deploy.image.build")  # the package exports its function under the same name

# As the worker is meant to run anywhere: no privileges, nothing to write on, bounded memory.
CONFINED = [
    "--network", "host", "--read-only", "--read-only-tmpfs=false", "--cap-drop", "all",
    "--security-opt", "no-new-privileges", "--memory", "512m",
]  # fmt: skip


def run(image: str, *arguments: str, python: bool = False) -> str:
    entrypoint = ["--entrypoint", "/opt/venv/bin/python"] if python else []
    return podman("run", "--rm", *CONFINED, *entrypoint, image, *arguments)


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


def test_a_cached_build_names_the_commit_that_was_built(image: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_module, "_revision", lambda: ("0" * 40, "2026-01-01T00:00:00+00:00"))
    another = build("localhost/mission-worker:another")
    try:
        labels = json.loads(podman("image", "inspect", another))[0]["Config"]["Labels"]
        assert labels["org.opencontainers.image.revision"] == "0" * 40
        assert labels["org.opencontainers.image.created"] == "2026-01-01T00:00:00+00:00"
    finally:
        podman("image", "rm", another)


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


def test_it_serves_confined_and_ends_within_ten_seconds_of_sigterm(
    image: str, broker: str, topic_prefix: str, prometheus: Callable[..., Prometheus]
) -> None:
    (port,) = free_ports(1)
    settings = {
        "KAFKA_BOOTSTRAP_SERVERS": broker,
        "MISSION_WORKER_TOPIC_PREFIX": topic_prefix,
        "MISSION_WORKER_TOPIC_ARTICLES_RAW": f"{topic_prefix}articles.raw",
        "MISSION_WORKER_EXTRACT_GROUP": f"{topic_prefix}extract",
        "MISSION_WORKER_TRACK_GROUP": f"{topic_prefix}track",
        "MISSION_WORKER_INSTANCE_ID": f"{topic_prefix}image",
        "MISSION_WORKER_METRICS_HOST": "127.0.0.1",
        "MISSION_WORKER_METRICS_PORT": str(port),
    }
    variables = [f"--env={name}={value}" for name, value in settings.items()]
    assert "Usage" in podman("run", "--rm", *CONFINED, image, "--help")
    podman("run", "--rm", *CONFINED, *variables, image, "topics", "create")
    container = podman("run", "--detach", *CONFINED, *variables, image).strip()
    try:
        base = f"http://127.0.0.1:{port}"
        assert eventually(lambda: answers(f"{base}/readyz"), 60), podman("logs", container)
        samples = f"--volume={ROOT / 'deploy/demo/articles'}:/articles:ro"
        podman("run", "--rm", *CONFINED, *variables, samples, image, "produce", "/articles/09-kfor.html")
        events = 'sum(mission_worker_events_published_total{change="reinforced"}) == 1'
        prometheus([f"127.0.0.1:{port}"]).await_samples(events, 40)
        consume = ("consume", "--from-beginning", "--until-end", "--json")
        printed = podman("run", "--rm", *CONFINED, *variables, image, *consume)
        assert json.loads(printed)["value"]["subject"] == "kfor"
        podman("run", "--rm", *CONFINED, *variables, image, "verify")

        started = time.monotonic()
        podman("kill", "--signal", "TERM", container)
        code = podman("wait", container).strip()
        assert time.monotonic() - started < 10
        assert code == "0", podman("logs", container)
        for line in podman("logs", container).splitlines():
            assert "event" in json.loads(line)
    finally:
        podman("rm", "--force", container)


def answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5).is_success
    except httpx.TransportError:
        return False
