"""Reads the topics into the auditor."""

from collections.abc import Callable, Iterable

from worker.events.codec import Codec
from worker.events.errors import EventError
from worker.events.receipt import Receipt
from worker.missions.event import StatusChanged
from worker.missions.observation import Coordinates, Observation
from worker.missions.register import Register
from worker.settings import Kafka, Topics
from worker.streaming.dead_letters import origin_of
from worker.streaming.decisions import Decisions, present
from worker.streaming.reading import Log
from worker.streaming.refold import Refold
from worker.streaming.stage import Record
from worker.streaming.verify import Auditor

Tell = Callable[[str], None]


def audit(kafka: Kafka, topics: Topics, codec: Codec, tell: Tell = lambda _: None) -> Auditor:
    """Read all topics to their ends; `tell` is told which one is being read.

    The receipts come first and are what is audited; all that belongs to them is there already. They come once more
    at the end, so that what a running worker has added is not taken for outputs without a receipt. Partition by
    partition the observations are folded anew, after the events and states that rest on them were read. Raises
    KafkaError when the cluster does not answer.
    """
    with Log(kafka) as log:
        reading = _Reading(log, topics, codec, tell)
        reading.run()
        return reading.auditor


class _Reading:
    """One pass over all topics."""

    def __init__(self, log: Log, topics: Topics, codec: Codec, tell: Tell) -> None:
        self.auditor = Auditor()
        self._log = log
        self._topics = topics
        self._codec = codec
        self._tell = tell
        self._tracked: dict[int, list[Receipt]] = {}

    def run(self) -> None:
        self._each(self._topics.receipts, self._receipt)
        self._refold(Register.load())
        self._each(self._topics.dead_letter, self._letter)
        self._each(self._topics.receipts, self._later_receipt)
        self._tell(self._topics.articles_raw)
        for record in self._log.records(self._topics.articles_raw):
            self.auditor.read("extract", _coordinates(record))

    def _refold(self, register: Register) -> None:
        events, states, observations = (self._topics.status_changed, self._topics.status, self._topics.observations)
        there = {topic: set(self._log.partitions(topic)) for topic in (events, states, observations)}
        for number in sorted(set().union(*there.values())):
            decisions = Decisions(self._tracked.get(number, ()))
            refold = Refold(observations, number, decisions, self._codec, register, present(register))

            def event(record: Record, refold: Refold = refold) -> None:
                decoded = self._codec.decode(record.value, StatusChanged).value
                self.auditor.event(decoded, _coordinates(record))
                refold.event(decoded, record.value, _coordinates(record))

            def state(record: Record, refold: Refold = refold) -> None:
                refold.state((record.key or b"").decode("utf-8", "replace"), record.value, _coordinates(record))

            def observation(record: Record, refold: Refold = refold) -> None:
                decoded = self._codec.decode(record.value, Observation).value
                self.auditor.observation(decoded, _coordinates(record))
                refold.observation(decoded, _coordinates(record))

            def read(record: Record) -> None:
                self.auditor.read("track", _coordinates(record))

            for topic, takes in ((events, (event,)), (states, (state,)), (observations, (read, observation))):
                if number in there[topic]:
                    self._each(topic, *takes, partitions=(number,))
            refold.finish()
            self.auditor.refolded(refold)

    def _each(self, topic: str, *takes: Callable[[Record], None], partitions: Iterable[int] | None = None) -> None:
        """Hand over each record; one that cannot be read is told."""
        self._tell(topic)
        numbers = None if partitions is None else tuple(partitions)
        for record in self._log.records(topic, numbers, decided=True):
            try:
                for take in takes:
                    take(record)
            except (EventError, ValueError, TypeError) as error:
                self.auditor.undecodable(_coordinates(record), str(error))

    def _receipt(self, record: Record) -> None:
        receipt = self._codec.decode(record.value, Receipt).value
        self.auditor.receipt(receipt, _coordinates(record))
        if (receipt.stage, receipt.topic) == ("track", self._topics.observations):
            self._tracked.setdefault(receipt.partition, []).append(receipt)

    def _later_receipt(self, record: Record) -> None:
        self.auditor.later_receipt(self._codec.decode(record.value, Receipt).value, _coordinates(record))

    def _letter(self, record: Record) -> None:
        stage, source = origin_of(record.headers)
        self.auditor.dead_letter(stage, source, _coordinates(record))


def _coordinates(record: Record) -> Coordinates:
    return Coordinates(record.topic, record.partition, record.offset)
