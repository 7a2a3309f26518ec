"""The names that fields have in a log line, in one place, because conventions for messaging still change.

Code logs with plain Python names (`topic=…`); a line carries the names of the Elastic Common Schema (ECS 8) and of
OpenTelemetry's semantic conventions for messaging. Names that are not listed are the domain's own and stay as they are.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TIMESTAMP: Final = "@timestamp"
LEVEL: Final = "log.level"
EVENT: Final = "event"
"""A stable dotted verb such as `transaction.committed`; what varies is in other fields."""

ERROR_TYPE: Final = "error.type"
ERROR_MESSAGE: Final = "error.message"
ERROR_STACK: Final = "error.stack_trace"

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # ECS
        "logger": "log.logger",
        "service": "service.name",
        "version": "service.version",
        "instance": "service.node.name",
        "process": "process.name",
        "pid": "process.pid",
        "trace_id": "trace.id",
        "span_id": "span.id",
        "error_type": ERROR_TYPE,
        "error": ERROR_MESSAGE,
        # OpenTelemetry, messaging
        "topic": "messaging.destination.name",
        "partition": "messaging.destination.partition.id",
        "offset": "messaging.kafka.offset",
        "group": "messaging.consumer.group.name",
        "message_id": "messaging.message.id",
        "operation": "messaging.operation.name",
        "batch": "messaging.batch.message_count",
    }
)
"""From the name in code to the name in a line."""
