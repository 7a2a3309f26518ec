"""Rebuilding the derived topics under another prefix, by the code and register of today.

The service itself does it, on other topics and in other groups, until it has caught up: so every batch is a
transaction, an interrupted rebuilding goes on where it was, and a second one does nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

import worker
from worker.events.codec import Codec
from worker.events.receipt import Receipt
from worker.missions.observation import Versions
from worker.missions.register import Register
from worker.settings import Settings, Topics
from worker.settings.checks import as_name
from worker.streaming import topics as making
from worker.streaming.caught_up import Backlog, run_until_caught_up
from worker.streaming.copying import copy
from worker.streaming.dead_letters import origin_of
from worker.streaming.decisions import present
from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError
from worker.streaming.positions import committed
from worker.streaming.reading import Log
from worker.streaming.stage import Record

EXTRACT: Final = "extract"
TRACK: Final = "track"


class Origin(StrEnum):
    """What a rebuilding begins with: articles, which are read anew, or observations, which are taken as they are."""

    ARTICLES = "articles"
    OBSERVATIONS = "observations"


Tell = Callable[[str, int, int], None]
"""Is told of a step how many offsets, or records, of how many are done."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a rebuilding writes: its topics, and the groups and the name of its worker processes."""

    topics: Topics
    groups: Mapping[str, str]
    member: str

    @classmethod
    def under(cls, prefix: str, partitions: int) -> "Target":
        """The target of a prefix; all other names are as the environment sets them. Raises ValidationError."""
        groups = {stage: as_name(f"{prefix}replay.{stage}") for stage in (EXTRACT, TRACK)}
        return cls(Topics(prefix=prefix, partitions=partitions), groups, as_name(f"{prefix}replay"))

    @property
    def environment(self) -> dict[str, str]:
        """What the worker processes are told."""
        return {
            "MISSION_WORKER_TOPIC_PREFIX": self.topics.prefix,
            "MISSION_WORKER_TOPIC_PREFIX_FILE": "",
            "MISSION_WORKER_EXTRACT_GROUP": self.groups[EXTRACT],
            "MISSION_WORKER_TRACK_GROUP": self.groups[TRACK],
            "MISSION_WORKER_INSTANCE_ID": self.member,
            "MISSION_WORKER_LOG_LEVEL": "error",
            # Nobody reads these topics yet: what cannot be read is to be seen in them, not to stop them.
            "MISSION_WORKER_DEAD_LETTER_CONSECUTIVE_LIMIT": "0",
            "MISSION_WORKER_DEAD_LETTER_RATIO_LIMIT": "1",
        }


def rebuild(settings: Settings, origin: Origin, prefix: str, processes: int, codec: Codec, tell: Tell) -> Target:
    """Make the derived topics under a prefix hold what the articles, or the observations, that there are now give.

    Raises KafkaError, FaultError, and FatalError where the prefix is the one in use or its topics hold something else.
    """
    kafka, topics = settings.kafka, settings.topics
    if prefix == topics.prefix:
        raise FatalError(Exit.CONFIG, f"{prefix!r} is the prefix in use: choose another one")
    with Log(kafka) as log:
        target = Target.under(prefix, len(log.partitions(topics.observations)))
        making.create(kafka, target.topics)
        _refuse_others(settings, target, log, codec)
    process = settings.process.model_copy(update={"processes": processes, "instance_id": target.member})
    if origin is Origin.ARTICLES:
        with Backlog(kafka, topics.articles_raw, target.groups[EXTRACT]) as backlog:
            run_until_caught_up(backlog, EXTRACT, process, target.environment, partial(tell, "articles"))
    else:
        _copy(settings, target, codec, tell)
    with Backlog(kafka, target.topics.observations, target.groups[TRACK]) as backlog:
        run_until_caught_up(backlog, TRACK, process, target.environment, partial(tell, "observations"))
    return target


def _copy(settings: Settings, target: Target, codec: Codec, tell: Tell) -> None:
    """Copy the observations and what proves them: the receipts and dead letters of the stage that made them."""
    topics, new = settings.topics, target.topics

    def of_extract(record: Record) -> bool:
        return codec.decode(record.value, Receipt).value.stage == EXTRACT

    def letter_of_extract(record: Record) -> bool:
        return origin_of(record.headers)[0] == EXTRACT

    for name, source, destination, keep, same in (
        ("copied observations", topics.observations, new.observations, lambda _: True, True),
        ("copied receipts", topics.receipts, new.receipts, of_extract, True),
        ("copied dead letters", topics.dead_letter, new.dead_letter, letter_of_extract, False),
    ):
        done = 0

        def taken(count: int, name: str = name) -> None:
            nonlocal done
            done += count
            tell(name, done, done)

        copy(
            settings.kafka, source, destination, as_name(f"{target.member}.{source}"),
            keep=keep, same_partitions=same, tell=taken,
        )  # fmt: skip


def _refuse_others(settings: Settings, target: Target, log: Log, codec: Codec) -> None:
    """Whoever wrote there must have been a rebuilding, by this very code and register."""
    if any(log.ends(name) != log.begins(name) for name in target.topics.names[1:]) and not _begun(settings, target):
        raise FatalError(Exit.CONFIG, f"there are records under {target.topics.prefix} already: choose another prefix")
    versions = _versions()
    for record in log.records(target.topics.receipts):
        receipt = codec.decode(record.value, Receipt).value
        if receipt.group in target.groups.values() and receipt.versions != versions[receipt.stage]:
            told = f"code {receipt.versions.code} and register {receipt.versions.register}"
            raise FatalError(
                Exit.CONFIG, f"{target.topics.prefix} was rebuilt by other rules ({told}): choose another prefix"
            )


def _begun(settings: Settings, target: Target) -> bool:
    sources = {
        target.groups[EXTRACT]: settings.topics.articles_raw,
        as_name(f"{target.member}.{settings.topics.observations}"): settings.topics.observations,
    }
    return any(committed(settings.kafka, group, topic) for group, topic in sources.items())


def _versions() -> dict[str, Versions]:
    """By what each stage would decide today."""
    from worker.extraction.extractor import Extractor  # noqa: PLC0415 - half a second, which refusals need not wait for

    register = Register.load()
    code = f"{worker.__version__}+{Extractor.load().version}"
    return {EXTRACT: Versions(code=code, register=register.version), TRACK: present(register)}
