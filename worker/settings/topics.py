"""The topics' names and how they are made."""

from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from worker.settings import checks
from worker.settings.checks import TopicName, TopicPrefix
from worker.settings.group import Group


class Topics(Group, env_prefix="MISSION_WORKER_TOPIC_"):
    """The names of the topics, prefix included, and how `topics create` makes them."""

    prefix: Annotated[TopicPrefix, Field(description="Put before the name of every topic but the raw articles'.")] = ""
    articles_raw: Annotated[TopicName, Field(description="Raw articles, to be read.")] = "articles.raw"
    observations: Annotated[TopicName, Field(description="Observations, keyed by subject.")] = "missions.observations"
    status_changed: Annotated[TopicName, Field(description="The events, keyed by subject.")] = "missions.status-changed"
    status: Annotated[TopicName, Field(description="The latest state of each subject (compacted).")] = "missions.status"
    dead_letter: Annotated[TopicName, Field(description="Articles that could not be read.")] = "articles.dead-letter"
    receipts: Annotated[TopicName, Field(description="What each transaction did.")] = "ingestion.receipts"
    partitions: Annotated[
        int, Field(ge=1, le=10_000, description="Partitions of each topic that `topics create` makes.")
    ] = 6
    replication_factor: Annotated[
        int | None, Field(ge=1, le=100, description="Replicas of each partition; the broker's default when unset.")
    ] = None
    max_message_bytes: Annotated[
        int,
        Field(
            ge=1024,
            le=100_000_000,
            description="Largest raw article that the topics take; a dead letter may be larger.",
        ),
    ] = 8_388_608

    @field_validator("observations", "status_changed", "status", "dead_letter", "receipts")
    @classmethod
    def _prefixed(cls, name: str, info: ValidationInfo) -> str:
        return checks.topic_name(info.data.get("prefix", "") + name)

    @property
    def names(self) -> tuple[str, ...]:
        """All topics, the raw articles' first."""
        return (
            self.articles_raw,
            self.observations,
            self.status_changed,
            self.status,
            self.dead_letter,
            self.receipts,
        )

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        checks.distinct("MISSION_WORKER_TOPIC_*", self.names)
        return self
