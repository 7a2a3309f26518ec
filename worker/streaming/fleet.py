"""`run`: the supervisor, and the one port on which its processes' metrics and health are served together."""

from collections import Counter
from collections.abc import Sequence

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector

from worker.settings import Settings
from worker.streaming.exits import Exit
from worker.streaming.supervisor import Supervisor
from worker.telemetry.children import Children
from worker.telemetry.exposition import render
from worker.telemetry.metrics import Stage, SupervisorMetrics
from worker.telemetry.server import Server


def run(settings: Settings, stages: Sequence[Stage]) -> Exit:
    """Run worker processes of these stages until told to stop. Raises AddressError when the port is taken."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    metrics, children = SupervisorMetrics(registry, tuple(stages)), Children()

    def changed() -> None:
        children.ports = {it.name: None if it.report is None else it.report.port for it in supervisor.children}
        running = Counter(child.stage for child in supervisor.children if child.running)
        for stage in stages:
            metrics.running[stage].set(running[stage])

    def restarted(name: str, meaning: str) -> None:
        for stage in stages:
            if stage == name:
                metrics.restarts[stage].inc(meaning)

    supervisor = Supervisor(settings.process, stages, changed=changed, restarted=restarted)
    for stage in stages:
        metrics.wanted[stage].set(settings.process.processes)
    changed()
    host, port = settings.metrics.host, settings.metrics.port
    own = f"{settings.process.instance_id}-supervisor"
    with Server(host, port, metrics=lambda: children.metrics({own: render(registry)}), health=children.health):
        try:
            return supervisor.run()
        finally:
            children.close()
