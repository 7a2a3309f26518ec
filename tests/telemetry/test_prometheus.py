"""What a real Prometheus makes of the supervisor's page."""

from collections.abc import Callable
from contextlib import closing
from functools import partial

from deploy.prometheus import Prometheus
from tests.telemetry.test_metrics import STAGES, full_registry
from worker.telemetry.children import Children
from worker.telemetry.exposition import render
from worker.telemetry.server import Server


def test_prometheus_tells_the_processes_apart(prometheus: Callable[..., Prometheus]) -> None:
    with closing(Children()) as children:
        servers = {
            f"{stage}-0": Server("127.0.0.1", 0, metrics=partial(render, full_registry(stage)), health=children.health)
            for stage in STAGES
        }
        children.ports = {name: server.port for name, server in servers.items()}
        with Server("127.0.0.1", 0, metrics=lambda: children.metrics({}), health=children.health) as merged:
            server = prometheus([f"127.0.0.1:{merged.port}"])
            found = server.await_samples("sum by (process) (mission_worker_consumer_lag_records)")
            assert {(sample["metric"]["process"], sample["value"][1]) for sample in found} == {
                ("extract-0", "5"),
                ("track-0", "5"),
            }
            info = server.query('mission_worker_build_info{process="track-0"}')
            assert info[0]["metric"]["version"] == "1.0"
            assert len(server.query("up == 1")) == 1
        for each in servers.values():
            each.close()
