"""How kafka-python is told to reach the cluster: addresses, encryption and credentials, and nothing about delivery."""

from typing import Any

from pydantic import SecretStr

from worker.settings import Kafka
from worker.streaming.tokens import token_provider


def connection(kafka: Kafka) -> dict[str, Any]:
    """The part of the settings of any Kafka client that names and secures the cluster."""
    settings: dict[str, Any] = {
        "bootstrap_servers": list(kafka.bootstrap_servers),
        "security_protocol": kafka.security_protocol,
    }
    if kafka.security_protocol.endswith("SSL"):
        settings |= {
            "ssl_check_hostname": kafka.ssl_check_hostname,
            "ssl_cafile": _path(kafka.ssl_cafile),
            "ssl_certfile": _path(kafka.ssl_certfile),
            "ssl_keyfile": _path(kafka.ssl_keyfile),
            "ssl_crlfile": _path(kafka.ssl_crlfile),
            "ssl_password": _revealed(kafka.ssl_password),
        }
    if kafka.security_protocol.startswith("SASL"):
        settings["sasl_mechanism"] = kafka.sasl_mechanism
        if kafka.sasl_mechanism == "OAUTHBEARER":
            settings["sasl_oauth_token_provider"] = token_provider(kafka)
        else:
            settings["sasl_plain_username"] = kafka.sasl_plain_username
            settings["sasl_plain_password"] = _revealed(kafka.sasl_plain_password)
    return settings


def _path(path: object | None) -> str | None:
    return None if path is None else str(path)


def _revealed(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()
