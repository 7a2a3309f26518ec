"""Kafka's jars, fetched from Maven Central once and kept in the project's ignored build folder."""

import hashlib
import sys
import tempfile
from pathlib import Path

from deploy.local.tools import BUILD, ServerError, exclusively, maven

POM = Path(__file__).parent / "pom.xml"
COPY_DEPENDENCIES = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"


def classpath(build: Path = BUILD) -> str:
    """Return Kafka's class path; fetches the jars first where they are missing.

    Raises:
        ServerError: there is no Maven, or it could not fetch.
    """
    # Named by the content of the pom: another version gets a folder of its own.
    folder = build / f"kafka-{hashlib.sha256(POM.read_bytes()).hexdigest()[:12]}"
    if not folder.exists():
        with exclusively(build / "kafka.lock"):  # of two runs that start at once, the second finds it done
            if not folder.exists():
                _fetch(folder)
    return f"{folder}/*"


def _fetch(folder: Path) -> None:
    print("Fetching Apache Kafka from Maven Central (43 MB, once)", file=sys.stderr, flush=True)
    # Into a folder beside it and then renamed: a fetch that is interrupted leaves nothing that looks whole.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="fetch-") as partial:
        jars = Path(partial, "lib")
        maven("-f", str(POM), COPY_DEPENDENCIES, f"-DoutputDirectory={jars}")
        if not any(jars.glob("kafka_*.jar")):
            raise ServerError("Maven fetched no Kafka, and said nothing of it")
        jars.rename(folder)
