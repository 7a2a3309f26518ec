"""The client against a real registry: the same as with the fake one, and what the fake one cannot show."""

import copy

import pytest

from tests.events import records
from worker import settings
from worker.events.codec import Codec
from worker.events.errors import IncompatibleSchemaError
from worker.events.registry import Registry
from worker.events.schemas import OBSERVATION, STATUS_CHANGED, Schema, Schemas, load
from worker.events.wire import Confluent
from worker.missions.observation import Observation

SCHEMAS = load()


def client(address: str, *, schemas: Schemas = SCHEMAS, auto_register: bool = True) -> Registry:
    # The first requests of a server that has just started take seconds on a busy machine.
    return Registry(settings.Registry(url=address, auto_register=auto_register, timeout_seconds=30), schemas=schemas)


def test_records_travel_by_the_ids_of_a_real_registry(schema_registry: str, topic_prefix: str) -> None:
    topics = {f"{topic_prefix}observations": OBSERVATION, f"{topic_prefix}status-changed": STATUS_CHANGED}
    with client(schema_registry) as registry:
        ids = registry.prepare(topics)
        assert registry.prepare(topics) == ids
        data = Codec(Confluent(ids), registry=registry).encode(records.observation())
    with client(schema_registry) as reader:
        decoded = Codec(registry=reader).decode(data, Observation)
    assert decoded.value == records.observation()
    assert decoded.schema is SCHEMAS.latest(OBSERVATION)
    with client(schema_registry, auto_register=False) as looker:
        assert looker.prepare(topics) == ids


def test_a_real_registry_refuses_what_would_break_readers(schema_registry: str, topic_prefix: str) -> None:
    topics = {f"{topic_prefix}observations": OBSERVATION}
    with client(schema_registry) as registry:
        registry.prepare(topics)
    broken = copy.deepcopy(SCHEMAS.latest(OBSERVATION).definition)
    next(field for field in broken["fields"] if field["name"] == "subject")["type"] = "long"
    others = [SCHEMAS.latest(name) for name in SCHEMAS.names if name != OBSERVATION]
    proposed = Schemas([*others, Schema.of(OBSERVATION, 2, broken)])
    with client(schema_registry, schemas=proposed) as registry, pytest.raises(IncompatibleSchemaError):
        registry.prepare(topics)


def test_a_real_registry_takes_what_readers_can_cope_with(schema_registry: str, topic_prefix: str) -> None:
    topics = {f"{topic_prefix}observations": OBSERVATION}
    current = SCHEMAS.latest(OBSERVATION)
    grown = copy.deepcopy(current.definition)
    grown["fields"].append({"name": "extra", "type": ["null", "string"], "default": None, "doc": "More."})
    others = [SCHEMAS.latest(name) for name in SCHEMAS.names if name != OBSERVATION]
    with client(schema_registry, schemas=Schemas([*others, current, Schema.of(OBSERVATION, 2, grown)])) as registry:
        ids = registry.prepare(topics)
    assert len(set(ids.values())) == 2
