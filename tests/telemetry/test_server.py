import socket
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.parser import text_string_to_metric_families

from worker.telemetry.children import Children
from worker.telemetry.exposition import merge, render
from worker.telemetry.health import Report
from worker.telemetry.server import AddressError, Server

WELL = Report(live=True, ready=True)
STARTING = Report(live=True, ready=False, faults=("no partitions assigned yet",))
DEAD = Report(live=False, ready=False, faults=("the loop has not turned for 61 s",))


def counting(amount: float, path: str = "a") -> bytes:
    registry = CollectorRegistry()
    Counter("articles", "Articles.", ("path",), registry=registry).labels(path).inc(amount)
    Histogram("wait_seconds", "Wait.", registry=registry, buckets=(1, 2)).observe(1.5)
    return render(registry)


def serve(report: Report, metrics: bytes = b"") -> Server:
    return Server("127.0.0.1", 0, metrics=lambda: metrics, health=lambda: report)


def get(server: Server, path: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{server.port}{path}", trust_env=False)


@pytest.mark.parametrize(
    ("report", "live", "ready"),
    [(WELL, 200, 200), (STARTING, 200, 503), (DEAD, 503, 503)],
    ids=["well", "starting", "dead"],
)
def test_probes_say_how_it_stands_and_why(report: Report, live: int, ready: int) -> None:
    with serve(report) as server:
        assert get(server, "/livez").status_code == live
        answer = get(server, "/readyz")
    assert answer.status_code == ready
    assert answer.json() == {"live": report.live, "ready": report.ready, "faults": list(report.faults)}


def test_metrics_are_served_in_the_text_format() -> None:
    with serve(WELL, counting(3)) as server:
        answer = get(server, "/metrics?name=x")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert 'articles_total{path="a"} 3.0\n' in answer.text


def test_anything_else_is_not_found_and_cannot_be_posted() -> None:
    with serve(WELL) as server:
        assert get(server, "/").status_code == 404
        assert httpx.post(f"http://127.0.0.1:{server.port}/metrics", trust_env=False).status_code == 501
        head = httpx.head(f"http://127.0.0.1:{server.port}/readyz", trust_env=False)
        assert (head.status_code, head.content) == (200, b"")


def test_a_taken_port_is_told_by_the_names_of_its_settings() -> None:
    with (
        serve(WELL) as server,
        pytest.raises(AddressError, match=rf"MISSION_WORKER_METRICS_PORT {server.port}: Address"),
    ):
        Server("127.0.0.1", server.port, metrics=bytes, health=lambda: WELL)


def test_a_client_that_says_nothing_does_not_hold_up_others_or_the_end() -> None:
    with serve(WELL) as server, closing(socket.create_connection(("127.0.0.1", server.port))):
        assert get(server, "/livez").status_code == 200
    with pytest.raises(httpx.ConnectError):
        get(server, "/livez")


def test_merged_metrics_are_told_apart_by_process() -> None:
    merged = merge({"extract-0": counting(3), "track-0": counting(4, 'odd "} 7')}).decode()
    families = list(text_string_to_metric_families(merged))
    assert [family.name for family in families] == ["articles", "wait_seconds"]
    values = {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}
    assert values["articles_total", "extract-0", "a"] == 3
    assert values["articles_total", "track-0", 'odd "} 7'] == 4
    assert values["wait_seconds_bucket", "track-0", "2.0"] == 1
    assert values["wait_seconds_count", "extract-0"] == 1
    assert merged.count("# TYPE articles_total counter") == 1


def test_values_are_carried_over_as_they_are() -> None:
    assert merge({"a": b"# HELP x X.\n# TYPE x gauge\nx 1.7976931348623157e+308\nx NaN\n"}) == (
        b'# HELP x X.\n# TYPE x gauge\nx{process="a"} 1.7976931348623157e+308\nx{process="a"} NaN\n'
    )


def test_half_a_page_is_no_obstacle() -> None:
    assert b"articles_total" in merge({"a": counting(3)[:-20], "b": b"\xff\xfe{", "c": b""})


@pytest.fixture
def children() -> Iterator[Children]:
    with closing(Children()) as made:
        yield made


def test_the_supervisor_shows_what_its_processes_show(children: Children) -> None:
    with serve(WELL, counting(1)) as one, serve(STARTING, counting(2)) as two:
        children.ports = {"extract-0": one.port, "track-0": two.port, "track-1": None}
        page = children.metrics({"supervisor": counting(9)}).decode()
        report = children.health()
    for process, amount in (("supervisor", 9), ("extract-0", 1), ("track-0", 2)):
        assert f'articles_total{{process="{process}",path="a"}} {amount}.0' in page
    assert report == Report(
        live=True, ready=False, faults=("track-0: no partitions assigned yet", "track-1: does not answer")
    )


def test_a_process_that_is_gone_is_not_waited_for(children: Children) -> None:
    with serve(WELL) as server:
        port = server.port
    children.ports = {"extract-0": port}
    assert children.metrics({}) == b""
    assert children.health() == Report(live=True, ready=False, faults=("extract-0: does not answer",))


def test_a_dead_process_makes_the_whole_dead(children: Children) -> None:
    with serve(DEAD) as dead, serve(WELL) as well:
        children.ports = {"a": dead.port, "b": well.port}
        assert not children.health().live
