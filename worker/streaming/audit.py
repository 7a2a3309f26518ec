"""Reads the topics into the auditor."""

from collections.abc import Callable

from worker.events.codec import Codec
from worker.events.errors import EventError
from worker.events.receipt import Receipt
from worker.missions.event import StatusChanged
from worker.missions.observation import Coordinates, Observation
from worker.settings import Kafka, Topics
from worker.streaming.dead_letters import origin_of
from worker.streaming.reading import read
from worker.streaming.stage import Record
from worker.streaming.verify import Auditor


def audit(kafka: Kafka, topics: Topics, codec: Codec, tell: Callable[[str], None] = lambda _: None) -> Auditor:
    """Read all topics to their ends; `tell` is told which one is being read.

    The receipts come first and are what is audited; all that belongs to them is there already. They come once more
    at the end, so that what a running worker has added is not taken for outputs without a receipt. Raises
    KafkaError when the cluster does not answer.
    """
    auditor = Auditor()
    at = _coordinates

    def observation(record: Record) -> None:
        auditor.observation(codec.decode(record.value, Observation).value, at(record))

    def event(record: Record) -> None:
        auditor.event(codec.decode(record.value, StatusChanged).value, at(record))

    def receipt(record: Record) -> None:
        auditor.receipt(codec.decode(record.value, Receipt).value, at(record))

    def later_receipt(record: Record) -> None:
        auditor.later_receipt(codec.decode(record.value, Receipt).value, at(record))

    def letter(record: Record) -> None:
        stage, source = origin_of(record.headers)
        auditor.dead_letter(stage, source, at(record))

    for topic, take in (
        (topics.receipts, receipt),
        (topics.status_changed, event),
        (topics.observations, observation),
        (topics.dead_letter, letter),
        (topics.receipts, later_receipt),
    ):
        tell(topic)
        for record in read(kafka, topic, decided=True):
            try:
                take(record)
            except (EventError, ValueError, TypeError) as error:
                auditor.undecodable(at(record), str(error))
    for stage, topic in (("extract", topics.articles_raw), ("track", topics.observations)):
        tell(topic)
        for record in read(kafka, topic):
            auditor.read(stage, at(record))
    return auditor


def _coordinates(record: Record) -> Coordinates:
    return Coordinates(record.topic, record.partition, record.offset)
