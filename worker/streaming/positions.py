"""How far a consumer group has come, as everybody can see it."""

from kafka import TopicPartition

from worker.settings import Kafka
from worker.streaming import client


class Positions:
    """The committed offsets of one group, of which this is no member. Its methods raise KafkaError."""

    def __init__(self, kafka: Kafka, group: str) -> None:
        self._reader = client.reader(kafka, group_id=group)

    def committed(self, topic: str) -> dict[int, int]:
        """The committed offset of each partition that has one."""
        numbers = self._reader.partitions_for_topic(topic) or ()
        found = {number: self._reader.committed(TopicPartition(topic, number)) for number in numbers}
        return {number: offset for number, offset in found.items() if offset is not None}

    def close(self) -> None:
        """Let go of the connection."""
        self._reader.close(autocommit=False)


def committed(kafka: Kafka, group: str, topic: str) -> dict[int, int]:
    """The committed offset of each partition that has one, asked once. Raises KafkaError."""
    positions = Positions(kafka, group)
    try:
        return positions.committed(topic)
    finally:
        positions.close()
