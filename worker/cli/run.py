"""`run`: the service."""

import logging
import sys

import click
import structlog

import worker
from worker.cli.environment import RefusedError, load_settings
from worker.telemetry import logs
from worker.telemetry.metrics import Stage
from worker.telemetry.server import AddressError

_BOTH: tuple[Stage, ...] = ("extract", "track")


@click.command(short_help="Run the service.")
@click.option("--stage", type=click.Choice(_BOTH), help="Run this stage alone; both, a process each, when not given.")
@click.option(
    "--processes", type=click.IntRange(1, 256), help="Processes of each stage [default: MISSION_WORKER_PROCESSES]."
)
def command(stage: Stage | None, processes: int | None) -> None:
    """Read articles, publish what they report, and go on until SIGTERM.

    SIGTERM or Ctrl-C commits or aborts the batch at hand and exits with 0; a second one exits at once. Nothing is lost
    or doubled either way. Metrics and probes are on port 9464: /metrics, /livez, /readyz. The topics must be there:
    `topics create` makes them. Exit codes: 0 stopped, 70 defect, 75 stalled, 76 fenced, 77 forbidden, 78 settings
    or topics.
    """
    settings = load_settings()
    if processes is not None:
        settings = settings.model_copy(update={"process": settings.process.model_copy(update={"processes": processes})})
    logging.getLogger("kafka").setLevel(logging.NOTSET)
    name = f"{settings.process.instance_id}-supervisor"
    logs.configure(settings.logs, service="mission-worker", version=worker.__version__, process=name)
    from worker.streaming.fleet import run  # noqa: PLC0415 - not before the settings are known to be right

    stages = _BOTH if stage is None else (stage,)
    structlog.get_logger().info("supervisor.started", stages=stages, processes=settings.process.processes)
    try:
        ended = run(settings, stages)
    except AddressError as error:
        raise RefusedError(str(error)) from error
    sys.exit(ended.value)
