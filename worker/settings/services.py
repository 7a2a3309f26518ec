"""What stands around the worker: the schema registry, the metrics port, the log."""

from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, model_validator

from worker.settings import checks
from worker.settings.checks import ExistingFile, HttpUrl
from worker.settings.group import Group, Seconds


class Registry(Group, env_prefix="SCHEMA_REGISTRY_"):
    """An optional schema registry with the interface of Confluent's, and what the bytes of an event look like."""

    url: Annotated[HttpUrl | None, Field(description="Address of the registry; none is used when unset.")] = None
    username: Annotated[str | None, Field(description="User name (basic authentication).")] = None
    password: Annotated[SecretStr | None, Field(description="Password (basic authentication).")] = None
    token: Annotated[SecretStr | None, Field(description="Bearer token, instead of a user name and password.")] = None
    ssl_cafile: Annotated[
        ExistingFile | None, Field(description="PEM file of the authorities that sign the registry's certificate.")
    ] = None
    timeout_seconds: Annotated[Seconds, Field(description="Deadline of one request.")] = 5
    auto_register: Annotated[
        bool, Field(description="Register schemas that the registry lacks; otherwise their absence stops the start.")
    ] = True
    framing: Annotated[
        Literal["single-object", "confluent"] | None,
        Field(
            validation_alias="MISSION_WORKER_WIRE_FORMAT",
            description="How a value names its schema: by fingerprint (Avro single-object encoding) or by registry id. "
            "`confluent` when there is a registry, `single-object` otherwise.",
        ),
    ] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        checks.registry(self)
        return self

    @property
    def wire_format(self) -> Literal["single-object", "confluent"]:
        """The framing that is in force."""
        return self.framing or ("confluent" if self.url else "single-object")


class Metrics(Group, env_prefix="MISSION_WORKER_METRICS_"):
    """Where `/metrics`, `/livez` and `/readyz` are served."""

    host: Annotated[str, Field(description="Address to listen on.")] = "0.0.0.0"  # noqa: S104 - scrapes and probes come from other hosts
    port: Annotated[int, Field(ge=0, le=65_535, description="Port to listen on; 0 for any free one.")] = 9464


class Logs(Group, env_prefix="MISSION_WORKER_LOG_"):
    """What is logged, on standard output."""

    level: Annotated[Literal["debug", "info", "warning", "error"], Field(description="Least severe level shown.")] = (
        "info"
    )
    format: Annotated[
        Literal["auto", "json", "console"],
        Field(description="JSON lines, or lines for people; `auto` is the latter on a terminal only."),
    ] = "auto"
    repeat_limit: Annotated[
        int, Field(ge=1, description="Lines a minute of one message of the Kafka client; the rest are only counted.")
    ] = 5
