"""The stage `extract`: raw articles in, observations out, and everything that cannot be read to the dead letters."""

import time
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from worker.articles.article import Article, ArticleError
from worker.articles.decode import decode
from worker.articles.limits import Limits
from worker.missions.observation import Coordinates, Source, Versions, observe
from worker.missions.report import Extraction
from worker.settings import Topics
from worker.streaming.brake import Brake
from worker.streaming.budget import Budget, BudgetExceeded
from worker.streaming.dead_letters import dead_letter
from worker.streaming.publisher import Publisher, timestamp_of
from worker.streaming.screen import Screen
from worker.streaming.stage import Opened, Output, Record, Tally, Work

IRRELEVANT: Final = "irrelevant"


class Reader(Protocol):
    """What reads articles: see `worker.extraction`."""

    def relevant(self, value: bytes) -> bool:
        """Whether the raw bytes of an article can report anything at all."""
        ...

    def extract(self, article: Article) -> Extraction:
        """What an article reports."""
        ...


class ExtractStage:
    """Reads articles one by one; an article either yields its observations or becomes a dead letter, never both.

    An outcome is counted for each: `observed`; the reader's own word for why it read nothing, such as `irrelevant`;
    `nothing` where it read and found no change; `dead_letter`. A batch is left unfinished after `batch_seconds`, so
    that articles that are slow to read do not cost the membership of the group.
    """

    name = "extract"

    def __init__(
        self,
        *,
        reader: Reader,
        versions: Versions,
        publisher: Publisher,
        topics: Topics,
        limits: Limits,
        budget: Budget,
        brake: Brake,
        batch_seconds: float,
    ) -> None:
        self._reader = reader
        self._versions = versions
        self._publisher = publisher
        self._topics = topics
        self._limits = limits
        self._screen = Screen(limits)
        self._budget = budget
        self._brake = brake
        self._batch_seconds = batch_seconds

    def open(self, partition: int, position: int) -> Opened:  # noqa: ARG002 - of the protocol
        """Nothing is kept from one article to the next."""
        return Opened()

    def process(self, batch: Mapping[int, Sequence[Record]]) -> Work:
        """Read every article. Raises BrakedError where too many are dead letters."""
        work = Work()
        until = time.perf_counter() + self._batch_seconds
        dead: dict[int, list[bool]] = {}
        for number, records in batch.items():
            tally, of_partition = work.tally(number), dead.setdefault(number, [])
            for record in records:
                if self._passes(record):
                    tally.outcomes[IRRELEVANT] += 1
                    of_partition.append(False)
                    continue
                began = time.perf_counter()
                if began > until and work.seconds:  # at least one is read, or there would be no end to it
                    work.stopped[number] = record.offset
                    break
                of_partition.append(self._read(record, work, tally))
                work.seconds.append(time.perf_counter() - began)
        self._brake.judge(dead)
        return work

    def committed(self, positions: Mapping[int, int]) -> None:  # noqa: ARG002 - of the protocol
        """The brake counts only what is public."""
        self._brake.committed()

    def close(self, partition: int) -> None:
        """Nothing is kept."""

    def _passes(self, record: Record) -> bool:
        """Whether a record is a sound article that can report nothing, as nearly all are: told without decoding it."""
        gist = self._screen.gist(record.value, record.headers)
        # Without a time of its record an article may turn out to have none at all.
        return gist is not None and record.timestamp >= 0 and not self._reader.relevant(gist)

    def _read(self, record: Record, work: Work, tally: Tally) -> bool:
        """Read one article; whether it became a dead letter."""
        try:
            with self._budget():
                article = decode(
                    record.value, headers=record.headers, timestamp_ms=timestamp_of(record), limits=self._limits
                )
                # What only decoding could tell is known now.
                relevant = self._reader.relevant(article.text.encode())
                extraction = self._reader.extract(article) if relevant else Extraction(skipped=IRRELEVANT)
                outputs = self._observe(article, extraction, record)
        except ArticleError as error:
            return self._bury(record, work, tally, error.fault.value, error)
        except BudgetExceeded as error:
            return self._bury(record, work, tally, "budget_exceeded", error)
        except Exception as error:  # noqa: BLE001 - whatever an article does to the reader, it is no reason to lose others
            return self._bury(record, work, tally, "extractor_error", error)
        work.outputs += outputs
        if outputs and record.timestamp >= 0:
            work.sources.append(record.timestamp)
        tally.outputs["observations"] += len(outputs)
        tally.outcomes["observed" if outputs else extraction.skipped or "nothing"] += 1
        work.near_misses.update(miss.why for miss in extraction.near_misses)
        return False

    def _observe(self, article: Article, extraction: Extraction, record: Record) -> list[Output]:
        at = Coordinates(record.topic, record.partition, record.offset)
        source = Source.of(article, extraction.language, at, timestamp_of(record))
        observations = observe(extraction, source, self._versions)
        return [self._publisher.observation(self._topics.observations, it, record) for it in observations]

    def _bury(self, record: Record, work: Work, tally: Tally, reason: str, error: BaseException) -> bool:
        topic = self._topics.dead_letter
        version = self._versions.code
        work.outputs.append(dead_letter(topic, record, reason=reason, error=error, stage=self.name, version=version))
        work.dead_letters[reason] += 1
        tally.outputs["dead_letters"] += 1
        tally.outcomes["dead_letter"] += 1
        return True
