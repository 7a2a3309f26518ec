"""Kafka records and stages for tests without a broker."""

import json
from collections.abc import Sequence
from typing import Any

from kafka.consumer.fetcher import ConsumerRecord

from worker.articles.article import Article
from worker.articles.limits import Limits
from worker.events.codec import Codec
from worker.events.schemas import load
from worker.missions.dates import PartialDate
from worker.missions.observation import Versions
from worker.missions.report import Evidence, Extraction, NearMiss, ReportedChange
from worker.missions.vocabulary import Change, Scope
from worker.settings import DeadLetters, Topics
from worker.streaming.brake import Brake
from worker.streaming.budget import Budget
from worker.streaming.extract_stage import ExtractStage
from worker.streaming.publisher import Publisher

VERSIONS = Versions(code="1.0.0+abc", register="r1")
TOPICS = Topics()
CODEC = Codec()


def record(
    value: bytes | None,
    offset: int = 0,
    partition: int = 0,
    *,
    topic: str = "articles.raw",
    key: bytes | None = b"key",
    headers: Sequence[tuple[str, bytes]] = (),
    timestamp: int = 1_650_000_000_000,
) -> Any:
    return ConsumerRecord(
        topic=topic,
        partition=partition,
        leader_epoch=0,
        offset=offset,
        timestamp=timestamp,
        timestamp_type=0,
        key=key,
        value=value,
        headers=list(headers),
        checksum=None,
        serialized_key_size=-1,
        serialized_value_size=-1,
        serialized_header_size=-1,
    )


def article(text: str) -> bytes:
    return json.dumps({"id": "a1", "published_at": "2022-02-18", "text": text}).encode()


class FakeReader:
    """Reads one change for each time that an article says `leaves`; does as it is told by other words."""

    def relevant(self, value: bytes) -> bool:
        return b"mission" in value

    def extract(self, article: Article) -> Extraction:
        text = article.text
        if "explodes" in text:
            raise RuntimeError("no rule for this")
        while "turns for ever" in text:
            pass
        if "Klingon" in text:
            return Extraction(skipped="language_unknown")
        changes = tuple(
            ReportedChange(
                mission="minusma",
                actors=("UN",),
                theatre=("ML",),
                scope=Scope.MISSION,
                change=Change.ENDED,
                occurred=PartialDate(2020 + nth, 2),
                evidence=Evidence("leaves", text.index("leaves"), text.index("leaves") + 6, "en.leave"),
            )
            for nth in range(text.count("leaves"))
        )
        denied = NearMiss(change=Change.ENDED, why="denied", evidence=Evidence("not", 0, 3, "en.not"))
        return Extraction(language="en", changes=changes, near_misses=(denied,) * text.count("not"))


def extract_stage(*, seconds: float = 0.2, batch_seconds: float = 60, brake: Brake | None = None) -> ExtractStage:
    return ExtractStage(
        reader=FakeReader(),
        versions=VERSIONS,
        publisher=Publisher("extract", CODEC, load()),
        topics=TOPICS,
        limits=Limits(max_bytes=10_000),
        budget=Budget(seconds),
        brake=brake or Brake(DeadLetters()),
        batch_seconds=batch_seconds,
    )
