"""The worker's own settings: its processes, and how much an article and a flood of bad ones may cost."""

import socket
from typing import Annotated, Self

from pydantic import Field, model_validator

from worker.articles.limits import DEFAULT, Limits
from worker.settings import checks
from worker.settings.checks import Name
from worker.settings.group import Group, Seconds


class Process(Group, env_prefix="MISSION_WORKER_"):
    """Who a worker process is, and how long it may take over what."""

    instance_id: Name = Field(
        default_factory=lambda: checks.as_name(socket.gethostname()),
        description="A name that survives a restart and that no other instance has; the host's name when unset.",
    )
    processes: Annotated[int, Field(ge=1, le=256, description="Processes of each stage that `run` keeps.")] = 1
    extract_group: Annotated[Name, Field(description="Consumer group of the stage `extract`.")] = (
        "mission-worker.extract"
    )
    track_group: Annotated[Name, Field(description="Consumer group of the stage `track`.")] = "mission-worker.track"
    stall_limit_seconds: Annotated[
        Seconds,
        Field(
            description="A process that has input and commits nothing for this long ends itself; longer than "
            "KAFKA_MAX_POLL_INTERVAL_MS, which a rebalance may take."
        ),
    ] = 90
    grace_period_seconds: Annotated[
        Seconds, Field(description="Time from SIGTERM in which the batch at hand is committed or aborted.")
    ] = 8
    restart_backoff_seconds: Annotated[
        Seconds, Field(description="Wait before a process is restarted; doubles each time that it makes no progress.")
    ] = 0.2
    restart_backoff_max_seconds: Annotated[Seconds, Field(description="Longest wait before a restart.")] = 10
    restart_limit: Annotated[
        int, Field(ge=0, description="Restarts in a row without progress after which `run` gives up; 0 for never.")
    ] = 30

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.extract_group == self.track_group:
            raise ValueError("MISSION_WORKER_EXTRACT_GROUP and MISSION_WORKER_TRACK_GROUP must differ")
        return self

    def member(self, stage: str, index: int) -> str:
        """The group instance id and transactional id of process `index` of a stage: the same after each restart."""
        return f"{self.instance_id}-{stage}-{index}"


class DeadLetters(Group, env_prefix="MISSION_WORKER_DEAD_LETTER_"):
    """The brake: when so much goes to the dead-letter topic that the worker stops instead."""

    consecutive_limit: Annotated[
        int, Field(ge=0, description="Dead letters in a row, in one partition, that stop the worker; 0 for no limit.")
    ] = 100
    ratio_limit: Annotated[
        float,
        Field(
            gt=0,
            le=1,
            description="Share of dead letters among the last articles that stops the worker; 1 for no limit.",
        ),
    ] = 0.5
    ratio_window: Annotated[
        int, Field(ge=10, le=1_000_000, description="How many articles the share is taken over; fewer are not judged.")
    ] = 1000


class Articles(Group, env_prefix="MISSION_WORKER_ARTICLE_"):
    """What an article may cost; one that exceeds it becomes a dead letter."""

    max_bytes: Annotated[int, Field(ge=1024, le=100_000_000, description="Size of a raw message in bytes.")] = (
        DEFAULT.max_bytes
    )
    max_chars: Annotated[int, Field(ge=1024, le=100_000_000, description="Length of the text in code points.")] = (
        DEFAULT.max_chars
    )
    max_json_depth: Annotated[int, Field(ge=2, le=500, description="Nesting of JSON objects and arrays.")] = (
        DEFAULT.max_json_depth
    )
    max_html_depth: Annotated[int, Field(ge=2, le=10_000, description="Nesting of HTML elements.")] = (
        DEFAULT.max_html_depth
    )
    max_field_chars: Annotated[
        int, Field(ge=64, le=100_000, description="Length of each short field (id, title, address …) in code points.")
    ] = DEFAULT.max_field_chars
    max_seconds: Annotated[Seconds, Field(description="Time to decode and read one article.")] = 5

    @property
    def limits(self) -> Limits:
        """The bounds on decoding: all but the time."""
        return Limits(
            max_bytes=self.max_bytes,
            max_chars=self.max_chars,
            max_json_depth=self.max_json_depth,
            max_html_depth=self.max_html_depth,
            max_field_chars=self.max_field_chars,
        )
