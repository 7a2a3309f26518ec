"""What today's rules, or another register, would have published of the articles that were read: without publishing."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import worker
from worker.events.codec import Codec
from worker.events.receipt import Receipt
from worker.events.schemas import load
from worker.extraction.extractor import Extractor
from worker.missions.event import StatusChanged
from worker.missions.fold import fold
from worker.missions.observation import Coordinates, Observation, Versions
from worker.missions.register import Register
from worker.missions.timeline import Timeline
from worker.settings import DeadLetters, Settings
from worker.streaming.arrangement import Arrangement, Place, partition_of
from worker.streaming.brake import Brake
from worker.streaming.budget import Budget
from worker.streaming.extract_stage import ExtractStage
from worker.streaming.publisher import Publisher
from worker.streaming.reading import Log
from worker.streaming.stage import Record

Tell = Callable[[int, int], None]


@dataclass(slots=True)
class Preview:
    """What was published, and what would be, each with the events of a subject in their order.

    `articles` were read anew; of `gone` ones, which their topic no longer holds, the observations stay as they are.
    """

    versions: Versions
    before: list[StatusChanged] = field(default_factory=list)
    after: list[StatusChanged] = field(default_factory=list)
    articles: int = 0
    gone: int = 0


def preview(settings: Settings, codec: Codec, register: Register, tell: Tell = lambda _done, _total: None) -> Preview:
    """Read the articles anew that the service has read and followed up, and fold what comes of them.

    `tell` is told how many articles of how many are done. Raises KafkaError, EventError. To be called in the main
    thread: the bound on the time of an article needs it.
    """
    with Log(settings.kafka) as log:
        return _Previewing(settings, codec, register, log).run(tell)


class _Previewing:
    def __init__(self, settings: Settings, codec: Codec, register: Register, log: Log) -> None:
        self._settings = settings
        self._topics = settings.topics
        self._codec = codec
        self._own = Codec()
        self._register = register
        self._log = log
        self._partitions = len(log.partitions(settings.topics.observations))
        self._read_to: dict[int, int] = defaultdict(int)
        self._tracked_to: dict[int, int] = defaultdict(int)
        self._arrangement = Arrangement()
        self._arranged: dict[int, list[tuple[Place, Observation]]] = defaultdict(list)
        extractor = Extractor.load(register)
        versions = Versions(code=f"{worker.__version__}+{extractor.version}", register=register.version)
        self._stage = ExtractStage(
            reader=extractor,
            versions=versions,
            publisher=Publisher("extract", self._own, load()),
            topics=settings.topics,
            limits=settings.articles.limits,
            budget=Budget(settings.articles.max_seconds),
            brake=Brake(DeadLetters(consecutive_limit=0, ratio_limit=1)),
            batch_seconds=math.inf,
        )
        self._preview = Preview(versions)

    def run(self, tell: Tell) -> Preview:
        """Read the topics, one after the other."""
        self._read_receipts()
        begins = self._log.begins(self._topics.articles_raw)
        gone: set[Coordinates] = set()
        for record in self._log.records(self._topics.observations):
            observation = self._codec.decode(record.value, Observation).value
            self._arrangement.take_in(observation, Coordinates(record.topic, record.partition, record.offset))
            source = observation.source
            if source.topic == self._topics.articles_raw and source.offset < begins.get(source.partition, 0):
                gone.add(Coordinates(source.topic, source.partition, source.offset))
                self._arrange(observation)
        self._preview.gone = len(gone)
        for record in self._log.records(self._topics.status_changed):
            event = self._codec.decode(record.value, StatusChanged).value
            if event.observed_at.offset < self._tracked_to[event.observed_at.partition]:
                self._preview.before.append(event)
        self._read_articles(begins, tell)
        self._preview.after += self._fold()
        return self._preview

    def _read_receipts(self) -> None:
        """Up to where the articles were read, and the observations folded: the rest is not compared."""
        ends = {"extract": self._read_to, "track": self._tracked_to}
        for record in self._log.records(self._topics.receipts):
            receipt = self._codec.decode(record.value, Receipt).value
            if receipt.topic in (self._topics.articles_raw, self._topics.observations):
                end = ends[receipt.stage]
                end[receipt.partition] = max(end[receipt.partition], receipt.next_offset)

    def _read_articles(self, begins: dict[int, int], tell: Tell) -> None:
        total = sum(max(0, end - begins.get(number, 0)) for number, end in self._read_to.items())
        for record in self._log.records(self._topics.articles_raw):
            if record.offset < self._read_to[record.partition]:
                for observation in self._observed(record):
                    self._arrange(observation)
                self._preview.articles += 1
                tell(self._preview.articles, total)

    def _observed(self, record: Record) -> Iterator[Observation]:
        for output in self._stage.process({record.partition: [record]}).outputs:
            if output.topic == self._topics.observations:
                yield self._own.decode(output.value or b"", Observation).value

    def _arrange(self, observation: Observation) -> None:
        number = partition_of(observation.subject, self._partitions)
        stands = self._arrangement.offset(number, observation.source)
        if stands is None or stands < self._tracked_to[number]:
            place = self._arrangement.place(number, observation.source)
            self._arranged[number].append((place, observation))

    def _fold(self) -> Iterator[StatusChanged]:
        for number, arranged in sorted(self._arranged.items()):
            timelines: dict[str, Timeline] = {}
            for nth, (_, observation) in enumerate(sorted(arranged, key=lambda it: it[0])):
                at = Coordinates(self._topics.observations, number, nth)
                before = timelines.get(observation.subject)
                folded = fold(before, observation, at, self._register, self._preview.versions)
                timelines[observation.subject] = folded.timeline
                if folded.event is not None:
                    yield folded.event
