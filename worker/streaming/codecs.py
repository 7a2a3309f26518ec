"""The codec that the settings ask for, with the schema registry where there is one."""

from collections.abc import Callable

from worker.events import schemas as names
from worker.events.codec import Codec
from worker.events.errors import EventError
from worker.events.registry import Registry
from worker.events.wire import Confluent
from worker.settings import Settings, Topics
from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError


def codec(settings: Settings, observed: Callable[[str], None] = lambda _: None) -> Codec:
    """The codec that the settings ask for, its schemas registered where there is a registry.

    `observed` is told the status of each request to it. Raises FatalError where the registry refuses.
    """
    if settings.registry.url is None:
        return Codec()
    registry = Registry(settings.registry, observed=observed)
    try:
        ids = registry.prepare(schemas_of(settings.topics))
    except EventError as error:
        raise FatalError(Exit.CONFIG, str(error)) from error
    framing = Confluent(ids) if settings.registry.wire_format == "confluent" else None
    return Codec(framing, registry=registry)


def schemas_of(topics: Topics) -> dict[str, str]:
    """The schema of each topic that holds Avro."""
    return {
        topics.observations: names.OBSERVATION,
        topics.status_changed: names.STATUS_CHANGED,
        topics.status: names.STATUS,
        topics.receipts: names.RECEIPT,
    }
