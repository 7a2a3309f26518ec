"""The example consumers read what the worker writes, from a real broker, with nothing of the worker."""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from deploy.local.tools import BUILD, ROOT, exclusively, java, maven, run
from tests.events import records
from tests.integration.support import create_topics, kafka_settings
from tests.streaming.records import record
from worker.events.codec import Codec
from worker.events.schemas import load
from worker.missions.event import StatusChanged
from worker.missions.vocabulary import Status
from worker.settings import Kafka
from worker.streaming import client
from worker.streaming.publisher import Publisher
from worker.streaming.stage import Output

EXAMPLES = ROOT / "deploy" / "examples"
PYTHON = EXAMPLES / "python" / "consume.py"
POM = EXAMPLES / "java" / "pom.xml"
SOURCE = EXAMPLES / "java" / "src" / "main" / "java" / "example" / "Consume.java"
SCHEMAS = ROOT / "schemas"

EVENT = records.status_changed()
EVENTS = [
    replace(EVENT, id="11111111-1111-5111-8111-111111111111", sequence=1, previous_status=None),
    replace(EVENT, id="22222222-2222-5222-8222-222222222222", sequence=2, late=True, corrects=EVENT.id),
    replace(
        EVENT,
        id="33333333-3333-5333-8333-333333333333",
        sequence=3,
        status=Status.ENDED,
        contradicts=True,
        evidence=replace(EVENT.evidence, quote="fin  de\n l’opération à Kidal\u00a0– „Schluss“"),
    ),
]
LINES = [
    '2022-02-17 barkhane #1 withdrawal_announced: - -> ending "Frankrijk verlaat Mali – “onmogelijk”"',
    (
        "2022-02-17 barkhane #2 withdrawal_announced: active -> ending [late] "
        '[corrects 0d8d9b4c-4c4c-5d0e-8c39-5c64e8a5b3a1] "Frankrijk verlaat Mali – “onmogelijk”"'
    ),
    (
        "2022-02-17 barkhane #3 withdrawal_announced: active -> ended [contradicts] "
        '"fin de l’opération à Kidal – „Schluss“"'
    ),
]


@dataclass(frozen=True, slots=True)
class Example:
    """How one of the examples is run."""

    command: tuple[str, ...]

    def run(self, bootstrap: str, topic: str, group: str) -> subprocess.CompletedProcess[str]:
        """Read the topic to its end, in a bare environment: nothing may depend on the locale or on this checkout."""
        options = ["--bootstrap", bootstrap, "--topic", topic, "--group", group, "--schemas", str(SCHEMAS)]
        return subprocess.run(
            [*self.command, *options, "--until-end"],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
            cwd="/",
            env={"PATH": os.environ["PATH"]},
        )


@pytest.fixture(scope="module")
def compiled() -> Path:
    """The folder of the compiled example in Java, and of the jars that it needs."""
    if shutil.which("javac") is None:
        pytest.skip("A compiler is needed. On Debian or Ubuntu: apt-get install default-jdk-headless")
    content = POM.read_bytes() + SOURCE.read_bytes()
    folder = BUILD / f"example-java-{hashlib.sha256(content).hexdigest()[:12]}"
    with exclusively(BUILD / "example-java.lock"):
        if not folder.exists():
            with tempfile.TemporaryDirectory(dir=BUILD, prefix="compile-") as partial:
                built = Path(partial, "built")
                copy = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
                maven("-f", str(POM), copy, f"-DoutputDirectory={built / 'lib'}")
                flags = ["-Xlint:all", "-Werror", "--release", "17", "-encoding", "UTF-8"]
                run(["javac", *flags, "-cp", f"{built / 'lib'}/*", "-d", str(built / "classes"), str(SOURCE)])
                built.rename(folder)
    return folder


@pytest.fixture(params=["python", "java"])
def example(request: pytest.FixtureRequest) -> Example:
    if request.param == "python":
        # Isolated: neither the folder that it lies in nor that of the test is searched for modules.
        return Example((sys.executable, "-I", str(PYTHON)))
    folder: Path = request.getfixturevalue("compiled")
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
    return Example((java(), *quick, "-cp", f"{folder}/classes:{folder}/lib/*", "example.Consume"))


@pytest.fixture
def topic(broker: str, topic_prefix: str) -> str:
    name = f"{topic_prefix}missions.status-changed"
    create_topics(kafka_settings(broker), [name])
    return name


def outputs(topic: str, events: Sequence[StatusChanged]) -> list[Output]:
    """The events as the worker writes them."""
    publisher = Publisher("track", Codec(), load())
    return [publisher.event(topic, event, record(b"", partition=1)) for event in events]


def write(kafka: Kafka, written: Sequence[Output], *, commit: bool = True) -> None:
    """Write records in a transaction, as the worker does; or do, and abort it."""
    producer = client.producer(kafka, transactional_id=f"{written[0].topic}-producer")
    try:
        producer.init_transactions()
        producer.begin_transaction()
        for each in written:
            producer.send(
                each.topic, value=each.value, key=each.key, headers=list(each.headers), partition=each.partition
            )
        producer.flush(timeout=20)
        if commit:
            producer.commit_transaction()
        else:
            producer.abort_transaction()
    finally:
        producer.close(timeout=5)


def test_each_event_is_a_line_once(broker: str, topic: str, example: Example) -> None:
    kafka = kafka_settings(broker)
    write(kafka, outputs(topic, EVENTS[:2]))
    write(kafka, outputs(topic, [replace(EVENT, subject="aborted")]), commit=False)
    write(kafka, outputs(topic, [EVENTS[1], EVENTS[2]]))  # the second event again, as after a failure
    ran = example.run(broker, topic, f"{topic}-group")
    assert (ran.returncode, ran.stdout.splitlines()) == (0, LINES), ran.stderr
    # What was printed is committed: the group goes on after it.
    write(kafka, outputs(topic, [replace(EVENTS[0], id="44444444-4444-5444-8444-444444444444", sequence=4)]))
    ran = example.run(broker, topic, f"{topic}-group")
    assert (ran.returncode, ran.stdout.splitlines()) == (0, [LINES[0].replace("#1", "#4")]), ran.stderr


UNREADABLE: dict[str, Any] = {
    "framed for a registry": lambda value: b"\0\0\0\0\1" + value[10:],
    "of an unknown schema": lambda value: value[:2] + b"\1" * 8 + value[10:],
    "cut off": lambda value: value[: len(value) // 2],
}


@pytest.mark.parametrize("spoil", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_stops_it_and_is_read_again(broker: str, topic: str, example: Example, spoil: Any) -> None:
    kafka = kafka_settings(broker)
    (good, bad) = outputs(topic, EVENTS[:2])
    write(kafka, [good])
    write(kafka, [bad._replace(value=spoil(bad.value))])
    for _ in range(2):
        ran = example.run(broker, topic, f"{topic}-group")
        assert ran.returncode == 1
        assert f"{topic}-1@2: " in ran.stderr
        assert "Traceback" not in ran.stderr
        assert "\tat " not in ran.stderr


def test_the_python_example_stands_alone() -> None:
    tree = ast.parse(PYTHON.read_text())
    modules = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert modules - sys.stdlib_module_names == {"fastavro", "kafka"}


def test_the_java_example_has_the_clients_of_the_broker() -> None:
    def version(pom: Path, artifact: str) -> str:
        (found,) = re.findall(rf"<artifactId>{re.escape(artifact)}</artifactId>\s*<version>(.+?)<", pom.read_text())
        return str(found)

    broker = ROOT / "deploy" / "broker" / "pom.xml"
    assert version(POM, "kafka-clients") == version(broker, "kafka_2.13")
    assert version(POM, "slf4j-simple") == version(broker, "slf4j-simple")
