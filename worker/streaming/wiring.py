"""Puts a stage together from the settings."""

from dataclasses import dataclass

import worker
from worker.events.codec import Codec
from worker.events.schemas import load
from worker.extraction.extractor import Extractor
from worker.missions.observation import Versions
from worker.missions.register import Register
from worker.missions.timeline import Timeline
from worker.settings import Settings
from worker.streaming.brake import Brake
from worker.streaming.budget import Budget
from worker.streaming.extract_stage import ExtractStage
from worker.streaming.publisher import Publisher
from worker.streaming.receipts import Receipts
from worker.streaming.restore import Restorer
from worker.streaming.track_stage import TrackStage
from worker.streaming.watchdog import Watchdog

EXTRACT = "extract"
TRACK = "track"
STAGES = (EXTRACT, TRACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """A stage, and what writes the receipts of its transactions: which also names its topic, its group and versions."""

    stage: ExtractStage | TrackStage
    receipts: Receipts


def assemble(stage: str, settings: Settings, member: str, codec: Codec, watchdog: Watchdog) -> Assembly:
    """Build the stage of this name for a member of its group. Raises KeyError for any other name."""
    return {EXTRACT: _extract, TRACK: _track}[stage](settings, member, codec, watchdog)


def _extract(settings: Settings, member: str, codec: Codec, _watchdog: Watchdog) -> Assembly:
    extractor, register = Extractor.load(), Register.load()
    versions = Versions(code=f"{worker.__version__}+{extractor.version}", register=register.version)
    publisher = Publisher(EXTRACT, codec, load())
    articles = settings.articles
    stage = ExtractStage(
        reader=extractor,
        versions=versions,
        publisher=publisher,
        topics=settings.topics,
        limits=articles.limits,
        budget=Budget(articles.max_seconds),
        brake=Brake(settings.dead_letters),
        # A batch has to be over before the grace period is.
        batch_seconds=settings.process.grace_period_seconds / 2,
    )
    receipts = Receipts(
        publisher=publisher,
        topic=settings.topics.receipts,
        stage=EXTRACT,
        group=settings.process.extract_group,
        member=member,
        source=settings.topics.articles_raw,
        versions=versions,
    )
    return Assembly(stage=stage, receipts=receipts)


def _track(settings: Settings, member: str, codec: Codec, watchdog: Watchdog) -> Assembly:
    register = Register.load()
    versions = Versions(code=worker.__version__, register=register.version)
    publisher = Publisher(TRACK, codec, load())
    restorer = Restorer(
        settings.kafka, settings.topics.status, lambda value: codec.decode(value, Timeline).value, watchdog
    )
    stage = TrackStage(
        codec=codec,
        missions=register,
        versions=versions,
        publisher=publisher,
        topics=settings.topics,
        restorer=restorer,
        brake=Brake(settings.dead_letters),
    )
    receipts = Receipts(
        publisher=publisher,
        topic=settings.topics.receipts,
        stage=TRACK,
        group=settings.process.track_group,
        member=member,
        source=settings.topics.observations,
        versions=versions,
    )
    return Assembly(stage=stage, receipts=receipts)
