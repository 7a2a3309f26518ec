"""The topics: how each is made, and what is wrong with those that there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kafka import errors
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError

from worker.settings import Kafka, Topics
from worker.streaming import client

HEADERS_ROOM: Final = 64 << 10
"""What a dead letter may be larger than its article: its headers, a stack trace included."""
_FOREVER: Final = "-1"
_ANY_TIME: Final = str(2**63 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic as it should be: `partitions`, the `configs` it is made with, and what the worker does with it."""

    name: str
    partitions: int
    configs: Mapping[str, str]
    read: bool = False
    written: bool = True


@dataclass(slots=True)
class Problems:
    """What a look at the topics found: `faults` stop the worker, `warnings` do not."""

    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def topics(settings: Topics) -> tuple[Topic, ...]:
    """All topics of the worker, the raw articles' first."""
    # An article brings its own time along, and that may lie ahead of the broker's clock.
    kept = {"cleanup.policy": "delete", "retention.ms": _FOREVER, "message.timestamp.after.max.ms": _ANY_TIME}
    large = str(settings.max_message_bytes)
    dead = str(settings.max_message_bytes + HEADERS_ROOM)
    compacted = {
        "cleanup.policy": "compact",
        "max.message.bytes": large,
        "message.timestamp.after.max.ms": _ANY_TIME,
        # The sooner old states go, the sooner a partition is restored.
        "min.cleanable.dirty.ratio": "0.2",
        "segment.ms": "86400000",
    }
    n = settings.partitions
    return (
        Topic(
            name=settings.articles_raw,
            partitions=n,
            configs={**kept, "max.message.bytes": large},
            read=True,
            written=False,
        ),
        Topic(name=settings.observations, partitions=n, configs=kept, read=True),
        Topic(name=settings.status_changed, partitions=n, configs=kept),
        Topic(name=settings.status, partitions=n, configs=compacted, read=True),
        Topic(name=settings.dead_letter, partitions=n, configs={**kept, "max.message.bytes": dead}),
        # One partition: every transaction writes here, and each partition more is one marker more to wait for.
        Topic(name=settings.receipts, partitions=1, configs=kept),
    )


def create(kafka: Kafka, settings: Topics) -> dict[str, bool]:
    """Make the topics that there are not yet: by name, whether it was made. Raises KafkaError where one cannot be."""
    wanted = {
        topic.name: {
            "num_partitions": topic.partitions,
            "replication_factor": settings.replication_factor or -1,
            "configs": dict(topic.configs),
        }
        for topic in topics(settings)
    }
    admin = client.admin(kafka)
    try:
        answer = admin.create_topics(wanted, raise_errors=False)
        made = {}
        for result in answer["topics"]:
            error = errors.for_code(result["error_code"])
            if error not in (errors.NoError, errors.TopicAlreadyExistsError):
                raise error(f"{result['name']}: {result['error_message']}")
            made[result["name"]] = error is errors.NoError
        admin.wait_for_topics(list(made))
        return made
    finally:
        admin.close()


def check(kafka: Kafka, settings: Topics) -> Problems:
    """Compare the topics with what the worker needs. Raises KafkaError where the cluster does not answer."""
    admin = client.admin(kafka)
    try:
        wanted = topics(settings)
        described = {topic["name"]: topic for topic in admin.describe_topics([topic.name for topic in wanted])}
        problems = Problems()
        for topic in wanted:
            _judge(topic, described.get(topic.name), problems)
        if not problems.faults:
            _judge_partitions(settings, described, problems)
            _judge_configs(settings, wanted, _configs(admin, wanted), problems)
        return problems
    finally:
        admin.close()


def _judge(topic: Topic, described: Mapping[str, Any] | None, problems: Problems) -> None:
    error = errors.for_code(described["error_code"]) if described else errors.UnknownTopicOrPartitionError
    if error is errors.UnknownTopicOrPartitionError:
        problems.faults.append(f"topic {topic.name} does not exist: `topics create` makes it")
    elif error is not errors.NoError:
        problems.faults.append(f"topic {topic.name}: {error.__name__}")
    elif described is not None:
        # Kafka answers a reader without the right to read with silence, and a writer only when it first writes.
        allowed = described.get("authorized_operations") or ()
        for operation, needed in (("READ", topic.read), ("WRITE", topic.written)):
            if needed and allowed and operation not in allowed and "ALL" not in allowed:
                problems.faults.append(f"topic {topic.name}: an ACL must allow this principal to {operation}")


def _judge_partitions(settings: Topics, described: Mapping[str, Mapping[str, Any]], problems: Problems) -> None:
    together = (settings.observations, settings.status_changed, settings.status)
    counts = {name: len(described[name]["partitions"]) for name in together}
    if len(set(counts.values())) > 1:
        shown = ", ".join(f"{name} {count}" for name, count in counts.items())
        problems.faults.append(f"a subject's records must lie in partitions of one number, but there are: {shown}")


def _configs(admin: Any, wanted: Iterable[Topic]) -> Mapping[str, Mapping[str, Any]] | None:
    resources = [ConfigResource(ConfigResourceType.TOPIC, topic.name) for topic in wanted]
    try:
        answer: Mapping[str, Mapping[str, Any]] = admin.describe_configs(resources, config_filter="all")["topic"]
    except KafkaError:
        return None
    return answer


def _judge_configs(
    settings: Topics, wanted: Iterable[Topic], configs: Mapping[str, Mapping[str, Any]] | None, problems: Problems
) -> None:
    if configs is None:
        problems.warnings.append("the topics' settings could not be read: DESCRIBE_CONFIGS is not allowed")
        return
    for topic in wanted:
        for name in ("cleanup.policy", "retention.ms"):
            actual = configs.get(topic.name, {}).get(name)
            if name in topic.configs and actual is not None and actual["value"] != topic.configs[name]:
                _judge_cleanup(topic, name, actual["value"], problems)
    raw, letters = (
        configs.get(name, {}).get("max.message.bytes", {}).get("value")
        for name in (settings.articles_raw, settings.dead_letter)
    )
    if raw and letters and int(letters) < int(raw) + HEADERS_ROOM:
        problems.faults.append(
            f"topic {settings.dead_letter}: max.message.bytes must be at least {int(raw) + HEADERS_ROOM}, "
            f"{HEADERS_ROOM} more than that of {settings.articles_raw}, but is {letters}: the largest articles could "
            "not become dead letters"
        )


def _judge_cleanup(topic: Topic, name: str, actual: str, problems: Problems) -> None:
    said = f"topic {topic.name}: {name} is {actual}, and should be {topic.configs[name]}"
    if not topic.written:
        return  # the feed's owner decides how long its articles stay
    if name == "cleanup.policy":
        problems.faults.append(said)
    else:
        problems.warnings.append(f"{said}: what is removed can neither be replayed nor verified")
