import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import httpx
import pytest
from kafka import KafkaConsumer
from pydantic import SecretStr

from worker.settings import Kafka
from worker.streaming.connection import connection
from worker.streaming.tokens import EndpointTokens, FileTokens


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    path = tmp_path / "some.pem"
    path.write_text("-")
    return path


def test_plaintext_says_nothing_of_security() -> None:
    settings = connection(Kafka(bootstrap_servers=("localhost:1", "localhost:2")))
    assert settings == {"bootstrap_servers": ["localhost:1", "localhost:2"], "security_protocol": "PLAINTEXT"}


def test_tls(pem: Path) -> None:
    settings = connection(
        Kafka(
            security_protocol="SSL",
            ssl_cafile=pem,
            ssl_certfile=pem,
            ssl_keyfile=pem,
            ssl_password=SecretStr("phrase"),
            ssl_check_hostname=False,
        )
    )
    assert settings["ssl_cafile"] == settings["ssl_certfile"] == settings["ssl_keyfile"] == str(pem)
    assert settings["ssl_password"] == "phrase"
    assert settings["ssl_crlfile"] is None
    assert settings["ssl_check_hostname"] is False


def test_scram() -> None:
    settings = connection(
        Kafka(
            security_protocol="SASL_SSL",
            sasl_mechanism="SCRAM-SHA-512",
            sasl_plain_username="worker",
            sasl_plain_password=SecretStr("secret"),
        )
    )
    assert settings["sasl_mechanism"] == "SCRAM-SHA-512"
    assert (settings["sasl_plain_username"], settings["sasl_plain_password"]) == ("worker", "secret")


def test_every_option_is_one_of_the_clients(pem: Path) -> None:
    kafka = Kafka(security_protocol="SASL_SSL", sasl_mechanism="OAUTHBEARER", sasl_oauth_token_file=pem)
    assert connection(kafka).keys() <= KafkaConsumer.DEFAULT_CONFIG.keys()


def test_a_token_file_is_read_at_each_log_in(pem: Path) -> None:
    kafka = Kafka(security_protocol="SASL_SSL", sasl_mechanism="OAUTHBEARER", sasl_oauth_token_file=pem)
    provider = connection(kafka)["sasl_oauth_token_provider"]
    assert isinstance(provider, FileTokens)
    pem.write_text("first\n")
    assert provider.token() == "first"
    pem.write_text("second\n")
    assert provider.token() == "second"


class Endpoint(BaseHTTPRequestHandler):
    """Gives out numbered tokens."""

    requests: ClassVar[list[tuple[str | None, bytes]]]
    expires_in: ClassVar[int]
    status: ClassVar[int]
    url: ClassVar[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.requests.append((self.headers["Authorization"], body))
        self.send_response(self.status)
        self.end_headers()
        token = {"access_token": f"token-{len(self.requests)}", "expires_in": self.expires_in}
        self.wfile.write(json.dumps(token).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        pass


@pytest.fixture
def endpoint() -> Iterator[type[Endpoint]]:
    class Fresh(Endpoint):
        requests: ClassVar[list[tuple[str | None, bytes]]] = []
        expires_in = 300
        status = 200
        url = ""

    with HTTPServer(("127.0.0.1", 0), Fresh) as server:
        Fresh.url = f"http://127.0.0.1:{server.server_port}/token"
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield Fresh
        server.shutdown()
        thread.join()


def tokens(endpoint: type[Endpoint]) -> EndpointTokens:
    return EndpointTokens(endpoint.url, "id", SecretStr("secret"), "kafka")


def test_a_token_is_fetched_by_the_client_credentials_grant(endpoint: type[Endpoint]) -> None:
    assert tokens(endpoint).token() == "token-1"
    ((authorization, body),) = endpoint.requests
    assert authorization == "Basic aWQ6c2VjcmV0"
    assert body == b"grant_type=client_credentials&scope=kafka"


def test_a_token_is_kept_until_shortly_before_it_expires(endpoint: type[Endpoint]) -> None:
    provider = tokens(endpoint)
    assert [provider.token() for _ in range(3)] == ["token-1"] * 3
    endpoint.expires_in = 20
    short = tokens(endpoint)
    assert [short.token() for _ in range(2)] == ["token-2", "token-3"]


def test_an_endpoint_that_refuses(endpoint: type[Endpoint]) -> None:
    endpoint.status = 401
    with pytest.raises(httpx.HTTPStatusError):
        tokens(endpoint).token()
