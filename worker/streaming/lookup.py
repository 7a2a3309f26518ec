"""What is known now: the latest state of each subject, as the compacted topic has it."""

from collections.abc import Callable

from worker.events.codec import Codec
from worker.missions.timeline import Timeline
from worker.settings import Kafka
from worker.streaming.reading import read


class Archive:
    """The latest states, each decoded when it is asked for."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._encoded: dict[str, bytes] = {}

    def load(self, subject: str, encoded: bytes | None) -> None:
        """Take in a record of the compacted topic: a later one replaces an earlier one, None removes it."""
        if encoded is None:
            self._encoded.pop(subject, None)
        else:
            self._encoded[subject] = encoded

    @property
    def subjects(self) -> tuple[str, ...]:
        """All subjects of which something is known, in alphabetical order: a mission before its contributions."""
        return tuple(sorted(self._encoded))

    def __getitem__(self, subject: str) -> Timeline:
        """The timeline of a subject. Raises KeyError for an unknown one, EventError for bytes that are no state."""
        return self._codec.decode(self._encoded[subject], Timeline).value


def archive(kafka: Kafka, topic: str, codec: Codec, wanted: Callable[[str], bool] = lambda _: True) -> Archive:
    """Read the states of all subjects that are `wanted`, up to the last stable offset.

    Raises KafkaError when the cluster does not answer or there is no such topic.
    """
    found = Archive(codec)
    for record in read(kafka, topic):
        subject = (record.key or b"").decode("utf-8", "replace")
        if wanted(subject):
            found.load(subject, record.value)
    return found
