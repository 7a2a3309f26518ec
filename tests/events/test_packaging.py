import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from worker.events.schemas import load

ROOT = Path(__file__).parents[2]


def test_an_installed_wheel_finds_its_schemas(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "worker", "schemas"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tree / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path, tree], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    target = tmp_path / "installed"
    subprocess.run([*pip, "install", "--no-deps", "--no-compile", "--prefix", target, wheel], check=True)
    (packages,) = target.glob("lib/python*/site-packages")
    code = (
        "import sys, sysconfig, worker; from worker.events import schemas;"
        f"sysconfig.get_path = lambda name: {str(target)!r};"
        "print(schemas.directory()); print(*sorted(schemas.load().names))"
    )
    environment = os.environ | {"PYTHONPATH": str(packages)}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    folder, names = ran.stdout.splitlines()
    assert folder == f"{target}/share/mission-worker/schemas"
    assert names.split() == sorted(load().names)


def test_every_schema_is_among_the_data_of_the_wheel() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["data-files"]
    top = "share/mission-worker/schemas"
    assert sorted(data) == [top, *(f"{top}/{name}" for name in sorted(load().names))]
    assert data[top] == ["schemas/asyncapi.yaml"]  # which refers to them by their place beside it
