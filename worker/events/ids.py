"""Identifiers of records as CloudEvents: the same record has the same id, whoever writes it and however often.

Observations and events have ids of their own; states and receipts are identified by what they stand for. All are
UUIDv5 in the namespace of `worker.missions.identity`.
"""

from worker.events.receipt import Receipt
from worker.missions.event import StatusChanged
from worker.missions.identity import content_id
from worker.missions.observation import Observation
from worker.missions.timeline import Timeline


def id_of(value: Observation | StatusChanged | Timeline | Receipt) -> str:
    """The identifier of a record, for its header `ce_id`."""
    match value:
        case Timeline():
            # What was taken in last, and how much before it, tells one state of a subject from another.
            return content_id("mission-status", (value.subject, value.observations, value.last_observation))
        case Receipt():
            return content_id(
                "ingestion-receipt",
                (value.stage, value.group, value.topic, value.partition, value.first_offset, value.next_offset),
            )
        case _:
            return value.id
