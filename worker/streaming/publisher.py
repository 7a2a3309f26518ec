"""From the domain's records to records of Kafka: bytes, key, headers and partition."""

from collections.abc import Iterable
from time import time

from worker.events.codec import SCHEMA_OF, Codec
from worker.events.headers import cloud_event
from worker.events.receipt import Receipt
from worker.events.schemas import Schemas
from worker.missions.event import StatusChanged
from worker.missions.observation import Observation
from worker.missions.timeline import Timeline
from worker.streaming.stage import Output, Record


class Publisher:
    """Writes what one stage has to say, with one codec."""

    def __init__(self, stage: str, codec: Codec, schemas: Schemas) -> None:
        self._stage = stage
        self._codec = codec
        self._schemas = {kind: schemas.latest(name) for kind, name in SCHEMA_OF.items()}

    def observation(self, topic: str, observation: Observation, record: Record) -> Output:
        """An observation from an article's record: as old as that, to the millisecond, so that it is reproducible."""
        timestamp = timestamp_of(record)
        headers = self._headers(observation, timestamp, record.headers)
        value = self._codec.encode(observation)
        return Output(topic, observation.subject.encode(), value, headers, timestamp_ms=timestamp)

    def event(self, topic: str, event: StatusChanged, record: Record) -> Output:
        """An event from an observation's record, in the partition that the observation came from."""
        now = int(time() * 1000)
        value = self._codec.encode(event, recorded_at=now)
        headers = self._headers(event, now, record.headers)
        return Output(topic, event.subject.encode(), value, headers, record.partition, timestamp_of(record))

    def state(self, topic: str, timeline: Timeline, value: bytes, record: Record) -> Output:
        """The state of a subject after an observation's record, already encoded."""
        headers = self._headers(timeline, timestamp_of(record), ())
        return Output(topic, timeline.subject.encode(), value, headers, record.partition, timestamp_of(record))

    def receipt(self, topic: str, receipt: Receipt) -> Output:
        """A receipt; those of one input partition have one key, and so keep their order."""
        key = f"{receipt.stage}/{receipt.topic}/{receipt.partition}"
        value = self._codec.encode(receipt)
        return Output(topic, key.encode(), value, self._headers(receipt, int(time() * 1000), ()))

    def _headers(
        self,
        value: Observation | StatusChanged | Timeline | Receipt,
        time_ms: int | None,
        inherited: Iterable[tuple[str, bytes]],
    ) -> tuple[tuple[str, bytes], ...]:
        schema = self._schemas[type(value)]
        return cloud_event(value, schema, stage=self._stage, time_ms=time_ms, inherited=inherited)


def timestamp_of(record: Record) -> int | None:
    """The time of a record in milliseconds since the Unix epoch, None where it has none."""
    timestamp: int = record.timestamp
    return timestamp if timestamp >= 0 else None
