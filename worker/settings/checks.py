"""What must hold of single values and between them. A check raises ValueError with words for what would be right."""

import ipaddress
import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator

if TYPE_CHECKING:
    from worker.settings.kafka import Kafka
    from worker.settings.process import Process
    from worker.settings.services import Registry

_PORTS: Final = range(1, 65_536)
_SERVER: Final = re.compile(r"(?P<host>\[[0-9a-fA-F:.%]+\]|[^\s:/\[\],]+)(?::(?P<port>[0-9]{1,5}))?")
_TOPIC: Final = re.compile(r"[a-zA-Z0-9._-]{1,249}")
_NAME: Final = re.compile(r"[a-zA-Z0-9._-]{1,100}")


def server(text: str) -> str:
    """A broker as `HOST:PORT`; 9092 is the port where none is given."""
    match = _SERVER.fullmatch(text.strip())
    if match is None or int(match["port"] or 9092) not in _PORTS:
        raise ValueError("must be brokers as HOST:PORT, separated by commas")
    return f"{match['host']}:{match['port'] or 9092}"


def is_loopback(address: str) -> bool:
    """Whether a `HOST:PORT` is this machine by its very name."""
    host = address.rpartition(":")[0].strip("[]").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def topic_name(text: str) -> str:
    """A topic's name as Kafka allows it."""
    if not _TOPIC.fullmatch(text) or text in {".", ".."}:
        raise ValueError("must be up to 249 of the characters a-z A-Z 0-9 . _ -")
    return text


def topic_prefix(text: str) -> str:
    """What may stand before a topic's name; may be empty."""
    return text and topic_name(text)


def name(text: str) -> str:
    """A name that is safe in ids, labels and file names alike."""
    if not _NAME.fullmatch(text):
        raise ValueError("must be up to 100 of the characters a-z A-Z 0-9 . _ -")
    return text


def as_name(text: str) -> str:
    """The text with everything that a name cannot hold replaced by `-`."""
    return re.sub(r"[^a-zA-Z0-9._-]", "-", text)[:100] or "worker"


def existing_file(path: Path) -> Path:
    """A file that can be read."""
    try:
        with path.open("rb"):
            return path
    except OSError as error:
        raise ValueError(f"must be a readable file ({error.strerror})") from None


def http_url(text: str) -> str:
    """An `http` or `https` address without credentials in it, so that it can be logged."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an http:// or https:// address")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user name or password: they have variables of their own")
    return text.rstrip("/")


TopicName = Annotated[str, AfterValidator(topic_name)]
TopicPrefix = Annotated[str, AfterValidator(topic_prefix)]
Name = Annotated[str, AfterValidator(name)]
ExistingFile = Annotated[Path, AfterValidator(existing_file)]
HttpUrl = Annotated[str, AfterValidator(http_url)]


def distinct(variables: str, names: Sequence[str]) -> None:
    """No name may be used twice."""
    doubles = sorted({one for one in names if names.count(one) > 1})
    if doubles:
        raise ValueError(f"{variables} must all differ, but {', '.join(doubles)} is used twice")


def encryption(kafka: "Kafka") -> None:
    """Plaintext stays on this machine unless allowed."""
    if kafka.security_protocol.endswith("SSL") or kafka.allow_plaintext:
        return
    far = [one for one in kafka.bootstrap_servers if not is_loopback(one)]
    if far:
        raise ValueError(
            f"KAFKA_SECURITY_PROTOCOL must be SSL or SASL_SSL for a broker on another machine ({', '.join(far)}); "
            f"set ALLOW_PLAINTEXT=1 to go without encryption"
        )


def credentials(kafka: "Kafka") -> None:
    """Each way to log in needs its own variables, and no others."""
    if kafka.ssl_keyfile and not kafka.ssl_certfile:
        raise ValueError("KAFKA_SSL_CERTFILE must be set too where KAFKA_SSL_KEYFILE is")
    if not kafka.security_protocol.startswith("SASL"):
        if kafka.sasl_mechanism:
            raise ValueError(
                "KAFKA_SECURITY_PROTOCOL must be SASL_SSL or SASL_PLAINTEXT where KAFKA_SASL_MECHANISM is set"
            )
        return
    if kafka.sasl_mechanism is None:
        raise ValueError(f"KAFKA_SASL_MECHANISM must be set where KAFKA_SECURITY_PROTOCOL is {kafka.security_protocol}")
    if kafka.sasl_mechanism == "OAUTHBEARER":
        _bearer(kafka)
    elif not (kafka.sasl_plain_username and kafka.sasl_plain_password):
        raise ValueError(
            "KAFKA_SASL_PLAIN_USERNAME and KAFKA_SASL_PLAIN_PASSWORD must be set "
            f"where KAFKA_SASL_MECHANISM is {kafka.sasl_mechanism}"
        )


def _bearer(kafka: "Kafka") -> None:
    if (kafka.sasl_oauth_token_file is None) == (kafka.sasl_oauth_token_endpoint_url is None):
        raise ValueError(
            "one of KAFKA_SASL_OAUTH_TOKEN_FILE and KAFKA_SASL_OAUTH_TOKEN_ENDPOINT_URL must be set "
            "where KAFKA_SASL_MECHANISM is OAUTHBEARER"
        )
    if kafka.sasl_oauth_token_endpoint_url and not (kafka.sasl_oauth_client_id and kafka.sasl_oauth_client_secret):
        raise ValueError(
            "KAFKA_SASL_OAUTH_CLIENT_ID and KAFKA_SASL_OAUTH_CLIENT_SECRET must be set "
            "where KAFKA_SASL_OAUTH_TOKEN_ENDPOINT_URL is"
        )


def deadlines(kafka: "Kafka") -> None:
    """A deadline must be shorter than the one that would punish missing it.

    request ≤ delivery ≤ transaction < session < poll interval: a batch must have failed before its transaction
    is aborted by the broker, and the transaction must be over before the partitions go to another member.
    Heartbeats come at least three times in a session, as Kafka's documentation asks.
    """
    ladder = [
        "request_timeout_ms",
        "delivery_timeout_ms",
        "transaction_timeout_ms",
        "session_timeout_ms",
        "max_poll_interval_ms",
    ]
    for shorter, longer in itertools.pairwise(ladder):
        low, high = getattr(kafka, shorter), getattr(kafka, longer)
        equal_is_fine = longer in {"delivery_timeout_ms", "transaction_timeout_ms"}
        if low > high or (low == high and not equal_is_fine):
            must = "must not be longer than" if equal_is_fine else "must be shorter than"
            raise ValueError(f"KAFKA_{shorter.upper()} ({low}) {must} KAFKA_{longer.upper()} ({high})")
    if kafka.heartbeat_interval_ms * 3 > kafka.session_timeout_ms:
        raise ValueError(
            f"KAFKA_HEARTBEAT_INTERVAL_MS ({kafka.heartbeat_interval_ms}) must be at most a third of "
            f"KAFKA_SESSION_TIMEOUT_MS ({kafka.session_timeout_ms})"
        )


def between(kafka: "Kafka", process: "Process") -> list[str]:
    """What is wrong between two groups: a rebalance, which may wait for a slow member, must not count as a stall."""
    if process.stall_limit_seconds * 1000 > kafka.max_poll_interval_ms:
        return []
    return [
        (
            f"MISSION_WORKER_STALL_LIMIT_SECONDS ({process.stall_limit_seconds:g}) must be longer than "
            f"KAFKA_MAX_POLL_INTERVAL_MS ({kafka.max_poll_interval_ms})"
        )
    ]


def registry(registry: "Registry") -> None:
    """Credentials and framing only make sense with a registry."""
    if registry.url is None:
        if registry.framing == "confluent":
            raise ValueError("SCHEMA_REGISTRY_URL must be set where MISSION_WORKER_WIRE_FORMAT is confluent")
        if registry.username or registry.password or registry.token:
            raise ValueError("SCHEMA_REGISTRY_URL must be set where credentials for it are")
    if (registry.username is None) != (registry.password is None):
        raise ValueError("SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD must be set together")
    if registry.token and registry.username:
        raise ValueError("SCHEMA_REGISTRY_TOKEN must not be set together with SCHEMA_REGISTRY_USERNAME")
