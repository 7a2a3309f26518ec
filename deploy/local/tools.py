"""Java, Maven and Debian packages: found, used, and asked for by name where they are missing."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / ".build"


class ServerError(Exception):
    """A local server cannot run; the message says why and what to do."""


def java() -> str:
    """Return the ``java`` to use: that of ``JAVA_HOME``, else the one on the path.

    Raises:
        ServerError: there is none.
    """
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if found is None:
        raise ServerError("Java 17 or later is needed. On Debian or Ubuntu: apt-get install default-jre-headless")
    return found


def maven(*arguments: str) -> None:
    """Run Maven without a terminal; it checks what it fetches against the repository's checksums.

    Raises:
        ServerError: there is no Maven, or it failed; its words are in the message.
    """
    found = shutil.which("mvn")
    if found is None:
        raise ServerError("Maven is needed. On Debian or Ubuntu: apt-get install maven")
    run([found, "-B", "-q", "-C", *arguments])


def require(commands: dict[str, str], *also: str) -> None:
    """See that commands are there; as root on Debian without systemd, which is a build container, install them.

    Args:
        commands: each command and the Debian package that has it.
        also: packages that these need and do not depend on.

    Raises:
        ServerError: something is missing, and for somebody else to install; says what.
    """
    missing = [package for command, package in commands.items() if shutil.which(command) is None]
    if not missing:
        return
    packages = [*missing, *also]
    # With systemd a package may start services of its own: that is for whoever owns the machine to decide.
    if os.geteuid() != 0 or shutil.which("apt-get") is None or Path("/run/systemd/system").exists():
        raise ServerError(f"{', '.join(missing)}: needed. On Debian or Ubuntu: apt-get install {' '.join(packages)}")
    with exclusively(BUILD / "apt.lock"):
        print(f"Installing {' '.join(packages)}", file=sys.stderr, flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-qq"], environment)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], environment)


@contextmanager
def exclusively(lock: Path) -> Iterator[None]:
    """Hold a lock file while the block runs; the kernel lets go of it if the process is killed."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(command: list[str], environment: dict[str, str] | None = None) -> str:
    """Run a command without a terminal and return its standard output.

    Raises:
        ServerError: it failed; its words are in the message.
    """
    ran = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=environment
    )
    if ran.returncode != 0:
        raise ServerError(f"{' '.join(command)} failed (exit {ran.returncode}):\n{ran.stdout}{ran.stderr}")
    return ran.stdout
