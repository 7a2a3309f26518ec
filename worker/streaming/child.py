"""A worker process: `python -m worker.streaming.child STAGE INDEX DESCRIPTOR`, started by the supervisor alone."""

import faulthandler
import os
import signal
import sys
import threading
from types import FrameType

import structlog
from kafka.errors import KafkaError
from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector

import worker
from worker.settings import Settings, SettingsError
from worker.streaming import client, topics
from worker.streaming.attendant import Telemetry
from worker.streaming.codecs import codec
from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError, FaultError, classify
from worker.streaming.report import Report, Reporter
from worker.streaming.service import Service
from worker.streaming.track_stage import TrackStage
from worker.streaming.watchdog import Watchdog
from worker.streaming.wiring import TRACK, assemble
from worker.telemetry import logs
from worker.telemetry.exposition import render
from worker.telemetry.health import Health
from worker.telemetry.metrics import Metrics, Stage, StateMetrics
from worker.telemetry.server import Server

_log = structlog.get_logger(__name__)


class Stopping:
    """Whether SIGTERM or SIGINT came; may be asked from any thread."""

    def __init__(self) -> None:
        self._asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._signalled)

    def __call__(self) -> bool:
        """Whether to stop."""
        return self._asked

    def _signalled(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True


def main(arguments: list[str]) -> Exit:
    """Run one member of one stage until told to stop, and say how it went."""
    stage, index, descriptor = arguments[0], int(arguments[1]), int(arguments[2])
    faulthandler.enable()  # a silent process is sent SIGABRT, and shows where it hangs
    stopping = Stopping()
    threading.Thread(target=_end_with_supervisor, name="supervisor", daemon=True).start()
    try:
        settings = Settings.load()
        member = settings.process.member(stage, int(index))
        logs.configure(settings.logs, service="mission-worker", version=worker.__version__, process=member)
        client.require_native_crc()
        return _serve(stage, settings, member, descriptor, stopping)
    except SettingsError as error:
        _log.critical("settings.wrong", faults=error.faults)
        return Exit.CONFIG
    except FatalError as error:
        _log.critical("worker.failed", error=str(error), exit_code=error.exit.value)
        return error.exit
    except FaultError as error:
        _log.error("cluster.unavailable", error=str(error))
        return Exit.UNAVAILABLE


def _serve(stage: str, settings: Settings, member: str, descriptor: int, stopping: Stopping) -> Exit:
    kind: Stage = "track" if stage == TRACK else "extract"
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    metrics = Metrics(registry, stage=kind, topics=settings.topics)
    limit = settings.process.stall_limit_seconds
    health, watchdog = Health(limit), Watchdog(limit)
    watchdog.start()
    with Server("127.0.0.1", 0, metrics=lambda: render(registry), health=health.report) as server:
        telemetry = Telemetry(metrics, health)
        reporter = Reporter(descriptor, lambda: Report(port=server.port, commits=telemetry.commits))
        reporter.start()
        _preflight(settings)
        assembly = assemble(stage, settings, member, codec(settings, metrics.registry_requests.inc), watchdog)
        receipts = assembly.receipts
        versions = receipts.versions
        metrics.describe(settings, version=worker.__version__, rules=versions.code, register=versions.register)
        if isinstance(assembly.stage, TrackStage):
            telemetry.show(assembly.stage, StateMetrics(registry))
        ended = Service(
            kafka=settings.kafka,
            stage=assembly.stage,
            topic=receipts.source,
            group=receipts.group,
            member=member,
            receipts=receipts,
            watchdog=watchdog,
            attendant=telemetry,
        ).run(stopping)
        reporter.stop()
    watchdog.stop()
    return ended


def _preflight(settings: Settings) -> None:
    """Look at the topics before anything is read. Raises FatalError for what would be found out only later."""
    try:
        problems = topics.check(settings.kafka, settings.topics)
    except KafkaError as error:
        raise classify(error) from error
    for warning in problems.warnings:
        _log.warning("topics.doubtful", message=warning)
    if problems.faults:
        raise FatalError(Exit.CONFIG, "; ".join(problems.faults))


def _end_with_supervisor() -> None:
    """End the process when its standard input ends: the supervisor holds the other end, and is gone."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(Exit.ORPHANED)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    # No interpreter shutdown: a thread that hangs in the client must not hold up the end.
    os._exit(code)
