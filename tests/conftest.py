"""Real servers for the tests: each is started when the first test asks for it, and stopped with the session."""

import logging
import os
import re
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from deploy.broker import Cluster
from deploy.image import build
from deploy.image.tools import require_podman
from deploy.local.tools import ROOT, ServerError, require
from deploy.prometheus import Prometheus
from deploy.prometheus import server as prometheus_server
from deploy.registry import SchemaRegistry


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a server, so that ``-m "not broker"`` holds without anybody having to remember the mark."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & {"broker", "cluster3"}:
            item.add_marker(pytest.mark.broker)
        if fixtures & {"schema_registry", "prometheus", "browser"}:
            item.add_marker(pytest.mark.servers)
        if "image" in fixtures:
            item.add_marker(pytest.mark.image)
    _longest_first(items)


def _longest_first(items: list[pytest.Item]) -> None:
    """Begin with the files that kill processes or build images: they take minutes, and the processes that share the
    tests should end together. Sorting is stable, so the order within and among the others stays random.
    """
    slow = {item.path for item in items if item.get_closest_marker("faults") or item.get_closest_marker("image")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def _level_of_the_client() -> Iterator[None]:
    """Give Kafka's client its own level in each test: a command run in one quietens it for the whole process."""
    client = logging.getLogger("kafka")
    level = client.level
    client.setLevel(logging.NOTSET)
    yield
    client.setLevel(level)


@pytest.fixture(scope="session")
def broker() -> Iterator[str]:
    """The bootstrap address of a Kafka broker: that of ``KAFKA_BOOTSTRAP_SERVERS``, or one node of our own."""
    given = os.environ.get("KAFKA_BOOTSTRAP_SERVERS")
    if given:
        yield given
        return
    with Cluster() as cluster:
        yield cluster.bootstrap


@pytest.fixture(scope="module")
def _three_nodes() -> Iterator[Cluster]:
    with Cluster(3) as cluster:
        yield cluster


@pytest.fixture
def cluster3(_three_nodes: Cluster) -> Cluster:
    """Three nodes of our own that a test may kill, freeze and restart; whole again at the start of each test."""
    _three_nodes.heal()
    return _three_nodes


@pytest.fixture(scope="session")
def schema_registry() -> Iterator[str]:
    """The address of an empty schema registry (Confluent's API); its global level is FULL_TRANSITIVE."""
    with SchemaRegistry() as registry:
        yield registry.api


@pytest.fixture
def prometheus() -> Iterator[Callable[..., Prometheus]]:
    """Starts a Prometheus on the given targets (see the class) that runs until the end of the test.

    The test is skipped where there is none and nobody may install it.
    """
    try:
        require(prometheus_server.COMMANDS)
    except ServerError as error:
        pytest.skip(str(error))
    with ExitStack() as stack:
        yield lambda *args, **kwargs: stack.enter_context(Prometheus(*args, **kwargs))


@pytest.fixture(scope="session")
def image() -> str:
    """The container image, built once; the test is skipped where nothing can build it."""
    try:
        require_podman()
    except ServerError as error:
        pytest.skip(str(error))
    # A name that other checkouts on the same machine do not use at the same time.
    return build(f"localhost/mission-worker:test-{zlib.crc32(str(ROOT).encode()):08x}")


@pytest.fixture
def topic_prefix(request: pytest.FixtureRequest) -> str:
    """A prefix for topics, groups and transactional ids that no other test has; begins with the test's name."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[:40]
    return f"{name}-{uuid.uuid4().hex[:8]}."
