"""Structured logs: one JSON object a line on standard output, for the worker's own words and the Kafka client's alike.

`configure()` is called once, at the start of a process; everywhere else `structlog.get_logger()` is all that is needed:
the event is a stable dotted verb, everything that varies is a field.
"""

import logging
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Final, TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from worker.settings import Logs
from worker.telemetry import fields
from worker.telemetry.ratelimit import RateLimiter
from worker.telemetry.redaction import redact

FOREIGN: Final = "client.logged"
"""The event of a line that a library wrote; what it said is in `message`."""


def configure(
    logs: Logs,
    *,
    stream: TextIO | None = None,
    clock: Callable[[], float] = monotonic,
    on_suppressed: Callable[[], None] | None = None,
    **context: str | int,
) -> None:
    """Set up structlog and the standard library's logging for this process.

    `context` is part of every line (`service=…, version=…, process=…`). `stream` is standard output unless given: a
    command whose output is data logs to standard error. `on_suppressed` is called for each line of a library that the
    rate limit holds back.
    """
    stream = stream or sys.stdout
    for_people = logs.format == "console" or (logs.format == "auto" and stream.isatty())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            *(_console(stream) if for_people else _json(context)),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[logs.level.upper()]),
        logger_factory=(
            structlog.WriteLoggerFactory(file=stream)
            if for_people
            else structlog.BytesLoggerFactory(file=stream.buffer)
        ),
        cache_logger_on_first_use=True,
    )
    handler = ForeignHandler(RateLimiter(logs.repeat_limit, clock=clock), on_suppressed)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)


def _console(stream: TextIO) -> list[Processor]:
    return [
        redact,
        structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False),
        structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback),
    ]


def _json(context: dict[str, str | int]) -> list[Processor]:
    def line(_logger: WrappedLogger, _method: str, event: EventDict) -> bytes:
        named: dict[str, Any] = {
            fields.TIMESTAMP: datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            fields.LEVEL: event.pop("level"),
            fields.EVENT: event.pop("event"),
        }
        for name, value in {**context, **event}.items():
            named[fields.NAMES.get(name, name)] = value
        return orjson.dumps(named, default=str, option=orjson.OPT_NON_STR_KEYS)

    return [_exception, redact, line]


def _exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Turn `exc_info` into type, message and stack, without the values of local variables."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event[fields.ERROR_TYPE] = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
        event[fields.ERROR_MESSAGE] = str(error)
        event[fields.ERROR_STACK] = "".join(traceback.format_exception(error))
    return event


class ForeignHandler(logging.Handler):
    """Writes the lines of libraries in the worker's form, limited per logger and message template.

    The Kafka client repeats itself hundreds of times a minute while a broker is away. What was held back is the field
    `suppressed` of the next line of the same template, or of a line of its own once a minute is over.
    """

    def __init__(self, limiter: RateLimiter[tuple[str, str]], on_suppressed: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._limiter = limiter
        self._on_suppressed = on_suppressed
        self._log: structlog.typing.FilteringBoundLogger = structlog.get_logger()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, or count it as suppressed."""
        held_back = self._limiter.admit((record.name, str(record.msg)))
        if held_back is not None:
            self._write(record, held_back)
        elif self._on_suppressed:
            self._on_suppressed()
        for (logger, template), count in self._limiter.overdue():
            self._log.warning(FOREIGN, logger=logger, message=template, suppressed=count)

    def _write(self, record: logging.LogRecord, held_back: int) -> None:
        extra: dict[str, Any] = {"suppressed": held_back} if held_back else {}
        if record.exc_info:
            extra["exc_info"] = record.exc_info
        level = min(max(record.levelno // 10 * 10, logging.DEBUG), logging.CRITICAL)  # the five that have names
        self._log.log(level, FOREIGN, logger=record.name, message=_said(record), **extra)


def _said(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # a template that does not fit its arguments must not cost the line
        return str(record.msg)
