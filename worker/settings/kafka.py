"""How to reach the Kafka cluster, and the deadlines of its clients."""

from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from worker.settings import checks
from worker.settings.checks import ExistingFile, HttpUrl
from worker.settings.group import Group, Milliseconds


class Kafka(Group, env_prefix="KAFKA_"):
    """How to reach the cluster, and the deadlines of its clients; names as in Kafka's own documentation."""

    bootstrap_servers: Annotated[
        tuple[str, ...], Field(description="Brokers to ask first, as `HOST:PORT`, separated by commas.")
    ] = ("localhost:9092",)
    security_protocol: Annotated[
        Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"], Field(description="How to talk to the brokers.")
    ] = "PLAINTEXT"
    allow_plaintext: Annotated[
        bool,
        Field(
            validation_alias="ALLOW_PLAINTEXT",
            description="Talk without encryption to a broker on another machine; refused otherwise.",
        ),
    ] = False
    sasl_mechanism: Annotated[
        Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"] | None,
        Field(description="How to log in, with `SASL_PLAINTEXT` and `SASL_SSL`."),
    ] = None
    sasl_plain_username: Annotated[str | None, Field(description="User name for `PLAIN` and `SCRAM-*`.")] = None
    sasl_plain_password: Annotated[SecretStr | None, Field(description="Password for `PLAIN` and `SCRAM-*`.")] = None
    sasl_oauth_token_file: Annotated[
        ExistingFile | None,
        Field(description="A file that holds the bearer token for `OAUTHBEARER`, read anew at each log-in."),
    ] = None
    sasl_oauth_token_endpoint_url: Annotated[
        HttpUrl | None,
        Field(description="Where to fetch tokens for `OAUTHBEARER` by the client credentials grant (RFC 6749 §4.4)."),
    ] = None
    sasl_oauth_client_id: Annotated[str | None, Field(description="Client id for the token endpoint.")] = None
    sasl_oauth_client_secret: Annotated[
        SecretStr | None, Field(description="Client secret for the token endpoint.")
    ] = None
    sasl_oauth_scope: Annotated[str | None, Field(description="Scope to ask the token endpoint for.")] = None
    ssl_cafile: Annotated[
        ExistingFile | None,
        Field(description="PEM file of the authorities that sign the brokers' certificates; the system's when unset."),
    ] = None
    ssl_certfile: Annotated[ExistingFile | None, Field(description="PEM file of the client's own certificate.")] = None
    ssl_keyfile: Annotated[ExistingFile | None, Field(description="PEM file of the client's private key.")] = None
    ssl_password: Annotated[SecretStr | None, Field(description="Passphrase of the private key.")] = None
    ssl_crlfile: Annotated[ExistingFile | None, Field(description="PEM file of revoked certificates.")] = None
    ssl_check_hostname: Annotated[
        bool, Field(description="Check that a broker's certificate is for the name it was reached by.")
    ] = True
    max_poll_records: Annotated[
        int, Field(ge=1, le=100_000, description="Batch size: the most records that one transaction takes in.")
    ] = 1000
    compression_type: Annotated[
        Literal["none", "gzip", "snappy", "lz4", "zstd"], Field(description="Compression of what is written.")
    ] = "zstd"
    request_timeout_ms: Annotated[Milliseconds, Field(description="Deadline of one request to a broker.")] = 4_000
    delivery_timeout_ms: Annotated[
        Milliseconds, Field(description="Deadline for a record to be written, retries included.")
    ] = 8_000
    transaction_timeout_ms: Annotated[
        Milliseconds, Field(description="After this the broker itself aborts an open transaction.")
    ] = 10_000
    session_timeout_ms: Annotated[
        Milliseconds,
        Field(description="A member silent for this long loses its partitions; a restart within it does not."),
    ] = 30_000
    heartbeat_interval_ms: Annotated[Milliseconds, Field(description="Time between a member's signs of life.")] = 3_000
    max_poll_interval_ms: Annotated[
        Milliseconds, Field(description="A member that takes longer than this over one batch loses its partitions.")
    ] = 60_000

    @field_validator("bootstrap_servers", mode="before")
    @classmethod
    def _servers(cls, value: object) -> object:
        return tuple(map(checks.server, value.split(","))) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for check in (checks.encryption, checks.credentials, checks.deadlines):
            check(self)
        return self
