"""podman and what it needs, installed where that is possible, and run with settings that work without systemd."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

# Each command, and the Debian package that has it. crun, podman's default runtime, fails without systemd.
COMMANDS = {"podman": "podman", "buildah": "buildah", "runc": "runc", "mmdebstrap": "mmdebstrap"}
NETWORK = ["netavark", "aardvark-dns"]


class ImageError(Exception):
    """The image cannot be built or run; the message says why and what to do."""


def missing() -> list[str]:
    """Return the Debian packages that are needed and not there."""
    return [package for command, package in COMMANDS.items() if shutil.which(command) is None]


def require() -> None:
    """Install what is missing, as root on a machine with apt-get.

    Raises:
        ImageError: it is for somebody else to install; says what.
    """
    packages = missing()
    if not packages:
        return
    packages += NETWORK
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise ImageError(
            f"podman is needed to build the image. On Debian or Ubuntu: apt-get install {' '.join(packages)}"
        )
    print(f"Installing {' '.join(packages)}", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], environment)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], environment)


def podman(*arguments: str) -> str:
    """Run podman and return what it printed.

    Raises:
        ImageError: it failed; its words are in the message.
    """
    return run(["podman", *arguments], environment())


def environment() -> dict[str, str]:
    """Return the environment in which podman works on this machine."""
    # With systemd the distribution's own settings are the better ones.
    if Path("/run/systemd/system").exists():
        return dict(os.environ)
    return {**os.environ, "CONTAINERS_CONF": str(HERE / "containers.conf")}


def run(command: list[str], environment: dict[str, str]) -> str:
    """Run a command and return its standard output.

    Raises:
        ImageError: it failed; its words are in the message.
    """
    ran = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=environment
    )
    if ran.returncode != 0:
        raise ImageError(f"{' '.join(command)} failed (exit {ran.returncode}):\n{ran.stdout}{ran.stderr}")
    return ran.stdout
