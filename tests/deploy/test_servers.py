"""The schema registry and Prometheus that the tests use are real ones."""

import os
from collections.abc import Callable

import httpx
import prometheus_client
import pytest
from prometheus_client import CollectorRegistry, Counter

from deploy.local import tools
from deploy.local.ports import free_ports
from deploy.local.tools import ServerError
from deploy.prometheus import Prometheus

RECORD = '{"type":"record","name":"Probe","fields":[{"name":"a","type":"string"}]}'
# A field without a default: data of the first version cannot be read by it.
BREAKING = '{"type":"record","name":"Probe","fields":[{"name":"a","type":"string"},{"name":"b","type":"string"}]}'


def test_the_registry_refuses_what_would_break_a_reader(schema_registry: str) -> None:
    versions = f"{schema_registry}/subjects/test-servers-value/versions"
    first = httpx.post(versions, json={"schema": RECORD})
    assert first.json() == httpx.post(versions, json={"schema": RECORD}).json()
    assert httpx.get(f"{schema_registry}/schemas/ids/{first.json()['id']}").json()["schema"] == RECORD
    assert httpx.post(versions, json={"schema": BREAKING}).status_code == 409


def test_prometheus_scrapes_and_answers(prometheus: Callable[..., Prometheus]) -> None:
    registry = CollectorRegistry()
    Counter("probe", "A probe.", registry=registry).inc(3)
    (port,) = free_ports(1)
    server, thread = prometheus_client.start_http_server(port, "127.0.0.1", registry)
    try:
        monitor = prometheus([f"127.0.0.1:{port}"])
        (sample,) = monitor.await_samples("probe_total")
        assert sample["value"][1] == "3"
        assert sample["metric"]["job"] == "mission-worker"
        with pytest.raises(ServerError, match="unclosed left parenthesis"):
            monitor.query("sum(probe_total")
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def test_what_cannot_be_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(ServerError, match=r"apt-get install no-such-package another$"):
        tools.require({"no-such-command": "no-such-package", "sh": "dash"}, "another")
