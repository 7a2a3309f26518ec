"""Kafka's jars, fetched from Maven Central once and kept in the project's ignored build folder."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / ".build"

COPY_DEPENDENCIES = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"


class BrokerError(Exception):
    """The broker cannot run; the message says why and what to do."""


def java() -> str:
    """Return the ``java`` to use: that of ``JAVA_HOME``, else the one on the path.

    Raises:
        BrokerError: there is none.
    """
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if found is None:
        raise BrokerError("Kafka needs Java 17 or later. On Debian or Ubuntu: apt-get install default-jre-headless")
    return found


def classpath() -> str:
    """Return Kafka's class path; fetches the jars first where they are missing.

    Raises:
        BrokerError: there is no Maven, or it could not fetch.
    """
    pom = HERE / "pom.xml"
    # Named by its content: another version in the pom gets a folder of its own.
    folder = BUILD / f"kafka-{hashlib.sha256(pom.read_bytes()).hexdigest()[:12]}"
    if not folder.exists():
        with exclusively(BUILD / "kafka.lock"):  # of two runs that start at once, the second finds it done
            if not folder.exists():
                _fetch(pom, folder)
    return f"{folder}/*"


@contextmanager
def exclusively(lock: Path) -> Iterator[None]:
    """Hold a lock file while the block runs; the kernel lets go of it if the process is killed."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fetch(pom: Path, folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise BrokerError("Kafka is fetched by Maven. On Debian or Ubuntu: apt-get install maven")
    print("Fetching Apache Kafka from Maven Central (43 MB, once)", file=sys.stderr, flush=True)
    # Into a folder beside it and then renamed: a fetch that is interrupted leaves nothing that looks whole.
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="fetch-") as partial:
        jars = Path(partial, "lib")
        command = [maven, "-B", "-q", "-C", "-f", str(pom), COPY_DEPENDENCIES, f"-DoutputDirectory={jars}"]
        ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if ran.returncode != 0 or not jars.is_dir():
            raise BrokerError(f"Maven could not fetch Apache Kafka (exit {ran.returncode}):\n{ran.stdout}{ran.stderr}")
        jars.rename(folder)
