import json
from collections.abc import Callable

import httpx
import pytest
from pydantic import SecretStr

from worker import settings
from worker.events.errors import IncompatibleSchemaError, RegistryError, UnknownSchemaError
from worker.events.registry import Registry
from worker.events.schemas import OBSERVATION, STATUS_CHANGED, load

SCHEMAS = load()
TOPICS = {"missions.observations": OBSERVATION, "missions.status-changed": STATUS_CHANGED}


class FakeServer:
    """As much of the registry's interface as its clients use, with ids per distinct schema."""

    def __init__(self) -> None:
        self.subjects: dict[str, list[int]] = {}
        self.texts: list[str] = []
        self.levels: dict[str, str] = {}
        self.requests: list[httpx.Request] = []
        self.down: Exception | int | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if isinstance(self.down, Exception):
            raise self.down
        if self.down is not None:
            return httpx.Response(self.down, json={"error_code": self.down, "message": "unwell"})
        body = json.loads(request.content) if request.content else {}
        match [request.method, *request.url.path.strip("/").split("/")]:
            case ["GET", "config", subject]:
                if subject not in self.levels:
                    return httpx.Response(404, json={"error_code": 40408, "message": "not configured"})
                return httpx.Response(200, json={"compatibilityLevel": self.levels[subject]})
            case ["PUT", "config", subject]:
                self.levels[subject] = body["compatibility"]
                return httpx.Response(200, json=body)
            case ["POST", "subjects", subject, "versions"]:
                return httpx.Response(200, json={"id": self.register(subject, body["schema"])})
            case ["POST", "subjects", subject]:
                if body["schema"] in self.texts and self.id(body["schema"]) in self.subjects.get(subject, []):
                    return httpx.Response(200, json={"id": self.id(body["schema"]), "version": 1, "subject": subject})
                return httpx.Response(404, json={"error_code": 40403, "message": "Schema not found"})
            case ["GET", "schemas", "ids", number] if 0 < int(number) <= len(self.texts):
                return httpx.Response(200, json={"schema": self.texts[int(number) - 1]})
        return httpx.Response(404, json={"error_code": 40403, "message": "Schema not found"})

    def id(self, text: str) -> int:
        return self.texts.index(text) + 1

    def register(self, subject: str, text: str) -> int:
        if text not in self.texts:
            self.texts.append(text)
        self.subjects.setdefault(subject, []).append(self.id(text))
        return self.id(text)


def registry(
    server: Callable[[httpx.Request], httpx.Response],
    sleeps: list[float] | None = None,
    codes: list[str] | None = None,
    **config: object,
) -> Registry:
    slept = [] if sleeps is None else sleeps
    return Registry(
        settings.Registry.model_validate({"url": "http://registry.example/api", **config}),
        observed=([] if codes is None else codes).append,
        transport=httpx.MockTransport(lambda request: server(_without_base(request))),
        sleep=slept.append,
    )


def _without_base(request: httpx.Request) -> httpx.Request:
    path = request.url.path
    assert path.startswith("/api/")
    return httpx.Request(
        request.method,
        request.url.copy_with(path=path.removeprefix("/api")),
        headers=request.headers,
        content=request.content,
    )


def test_schemas_are_registered_under_full_transitive_compatibility() -> None:
    server = FakeServer()
    with registry(server) as client:
        ids = client.prepare(TOPICS)
    assert server.levels == dict.fromkeys(
        ["missions.observations-value", "missions.status-changed-value"], "FULL_TRANSITIVE"
    )
    assert ids == {SCHEMAS.latest(OBSERVATION).fingerprint: 1, SCHEMAS.latest(STATUS_CHANGED).fingerprint: 2}
    assert json.loads(server.texts[0]) == SCHEMAS.latest(OBSERVATION).definition
    assert " \n" not in server.texts[0]


def test_preparing_again_changes_nothing() -> None:
    server = FakeServer()
    with registry(server) as client:
        first = client.prepare(TOPICS)
        server.requests.clear()
        assert client.prepare(TOPICS) == first
    assert [request.method for request in server.requests] == ["GET", "POST", "GET", "POST"]


def test_without_leave_to_register_schemas_are_looked_up() -> None:
    server = FakeServer()
    with registry(server, auto_register=False) as client:
        with pytest.raises(UnknownSchemaError, match="mission-observation 1 is not registered under"):
            client.prepare(TOPICS)
        assert server.texts == []
        for topic, name in TOPICS.items():
            server.register(f"{topic}-value", SCHEMAS.latest(name).text)
        assert sorted(client.prepare(TOPICS).values()) == [1, 2]
    assert server.levels == {}


def test_a_warm_client_needs_no_server() -> None:
    server = FakeServer()
    with registry(server) as client:
        ids = client.prepare(TOPICS)
        server.down = httpx.ConnectError("gone")
        for schema in (SCHEMAS.latest(OBSERVATION), SCHEMAS.latest(STATUS_CHANGED)):
            assert client.schema(ids[schema.fingerprint]) is schema


def test_an_id_is_asked_for_once_and_recognised_whatever_its_spelling() -> None:
    server = FakeServer()
    server.register("elsewhere", json.dumps(SCHEMAS.latest(OBSERVATION).definition, indent=1, sort_keys=True))
    with registry(server) as client:
        assert client.schema(1) is SCHEMAS.latest(OBSERVATION)
        assert client.schema(1) is SCHEMAS.latest(OBSERVATION)
    assert len(server.requests) == 1


def test_a_newer_version_of_a_known_record_can_be_read() -> None:
    newer = json.loads(SCHEMAS.latest(OBSERVATION).text)
    newer["fields"].append({"name": "extra", "type": ["null", "string"], "default": None})
    server = FakeServer()
    server.register("missions.observations-value", json.dumps(newer))
    with registry(server) as client:
        found = client.schema(1)
    assert found.name == OBSERVATION
    assert found.definition == newer


@pytest.mark.parametrize(
    "text", ['"string"', '{"type":"record","name":"Other","fields":[]}', "{", '{"name":"MissionStatus"}']
)
def test_a_schema_of_something_else_is_unknown(text: str) -> None:
    server = FakeServer()
    server.register("other-value", text)
    with registry(server) as client, pytest.raises(UnknownSchemaError, match="schema id 1 is none that is known here"):
        client.schema(1)


def test_an_id_that_the_registry_does_not_have_is_unknown() -> None:
    with registry(FakeServer()) as client, pytest.raises(UnknownSchemaError, match="no schema with id 9"):
        client.schema(9)


@pytest.mark.parametrize("down", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), 503, 429])
def test_an_unwell_server_is_asked_a_few_times(down: Exception | int) -> None:
    server, sleeps, codes = FakeServer(), list[float](), list[str]()
    server.down = down
    with registry(server, sleeps, codes) as client, pytest.raises(RegistryError, match="does not answer") as caught:
        client.schema(1)
    assert caught.value.retriable
    assert sleeps == [0.2, 0.4, 0.8]
    assert codes == ["error" if isinstance(down, Exception) else str(down)] * 4


def test_a_server_that_recovers_is_used() -> None:
    server, sleeps = FakeServer(), list[float]()
    server.register("missions.observations-value", SCHEMAS.latest(OBSERVATION).text)
    answers = iter([503, 503])

    def recovering(request: httpx.Request) -> httpx.Response:
        server.down = next(answers, None)
        return server(request)

    with registry(recovering, sleeps) as client:
        assert client.schema(1) is SCHEMAS.latest(OBSERVATION)
    assert sleeps == [0.2, 0.4]


@pytest.mark.parametrize(
    ("answer", "error", "told"),
    [
        (
            httpx.Response(409, json={"message": "breaks\nreaders"}),
            IncompatibleSchemaError,
            "does not take .*breaks readers",
        ),
        (httpx.Response(401), RegistryError, "answered 401: Unauthorized"),
        (httpx.Response(200, json={}), RegistryError, "gave no id"),
        (httpx.Response(200, text="<html>"), RegistryError, "no JSON object"),
    ],
)
def test_a_refusal_is_told_in_the_registrys_words(
    answer: httpx.Response, error: type[RegistryError], told: str
) -> None:
    sleeps: list[float] = []

    def server(request: httpx.Request) -> httpx.Response:
        return (
            answer if request.method == "POST" else httpx.Response(200, json={"compatibilityLevel": "FULL_TRANSITIVE"})
        )

    with registry(server, sleeps) as client, pytest.raises(error, match=told) as caught:
        client.prepare(TOPICS)
    assert not caught.value.retriable
    assert sleeps == []


def test_credentials_go_into_the_header_and_nowhere_else() -> None:
    server = FakeServer()
    with registry(server, username="me", password=SecretStr("canary")) as client:
        client.prepare(TOPICS)
    assert all(request.headers["authorization"] == "Basic bWU6Y2FuYXJ5" for request in server.requests)
    with registry(server, token=SecretStr("canary")) as client:
        server.down = 401
        with pytest.raises(RegistryError) as caught:
            client.schema(77)
    assert server.requests[-1].headers["authorization"] == "Bearer canary"
    assert "canary" not in str(caught.value)


def test_without_an_address_there_is_no_client() -> None:
    with pytest.raises(ValueError, match="SCHEMA_REGISTRY_URL is not set"):
        Registry(settings.Registry())
