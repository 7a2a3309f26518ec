"""A client of schema registries that speak the interface of Confluent's: register, fetch by id, set compatibility.

What was once learned is kept: a worker that has started goes on without the registry, whatever happens to it.
"""

import json
import ssl
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Final, Self

import httpx
from fastavro.schema import SchemaParseException, UnknownType

from worker import settings
from worker.events.errors import IncompatibleSchemaError, RegistryError, UnknownSchemaError
from worker.events.schemas import Schema, Schemas, load

COMPATIBILITY: Final = "FULL_TRANSITIVE"
"""Every version reads every other: what the tests demand of the schemas, the registry is asked to demand too."""

_MEDIA_TYPE: Final = "application/vnd.schemaregistry.v1+json"
_ATTEMPTS: Final = 4
_BACKOFF_SECONDS: Final = 0.2
_RETRIABLE: Final = frozenset({408, 429, 500, 502, 503, 504})
_NOT_FOUND: Final = 404
_CONFLICT: Final = 409


class Registry:
    """One registry, asked over HTTP with a deadline for each request and a few retries.

    `observed` is told the status code of each answer, or `error` when there was none, for a metric. `transport` and
    `sleep` are for tests.
    """

    def __init__(
        self,
        config: settings.Registry,
        *,
        schemas: Schemas | None = None,
        observed: Callable[[str], None] = lambda _: None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if config.url is None:
            raise ValueError("SCHEMA_REGISTRY_URL is not set")
        self._config = config
        self._schemas = schemas or load()
        self._observed = observed
        self._sleep = sleep
        self._by_id: dict[int, Schema] = {}
        headers = {"Accept": f"{_MEDIA_TYPE}, application/json", "Content-Type": _MEDIA_TYPE}
        if config.token:
            headers["Authorization"] = f"Bearer {config.token.get_secret_value()}"
        self._client = httpx.Client(
            base_url=config.url,
            headers=headers,
            auth=(config.username, config.password.get_secret_value()) if config.username and config.password else None,
            timeout=config.timeout_seconds,
            verify=_tls(config),
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def prepare(self, topics: Mapping[str, str]) -> dict[bytes, int]:
        """Make the schemas known, and give the id of each version by its fingerprint.

        `topics` maps a topic to the name of its schema; the subject is `TOPIC-value`. Every version is registered in
        order, under FULL_TRANSITIVE, so that the registry knows the history that the topic may hold; without leave to
        register, they are only looked up. Raises IncompatibleSchemaError, RegistryError, and UnknownSchemaError for a
        schema that may not be registered and is not there.
        """
        ids: dict[bytes, int] = {}
        for topic, name in topics.items():
            subject = f"{topic}-value"
            if self._config.auto_register:
                self._require_compatibility(subject)
            for schema in self._schemas.versions(name):
                ids[schema.fingerprint] = schema_id = self._id(subject, schema)
                self._by_id[schema_id] = schema
        return ids

    def schema(self, schema_id: int) -> Schema:
        """The schema with this id, asked for at most once. Raises UnknownSchemaError or RegistryError.

        One that is not among the released ones, but goes by the name of one, belongs to a newer writer: it can be read
        by Avro's schema resolution.
        """
        found = self._by_id.get(schema_id)
        if found is None:
            answer = self._ask("GET", f"/schemas/ids/{schema_id}")
            if answer.status_code == _NOT_FOUND:
                raise UnknownSchemaError(f"the registry has no schema with id {schema_id}")
            found = self._by_id[schema_id] = self._recognised(schema_id, self._json(answer).get("schema"))
        return found

    def _require_compatibility(self, subject: str) -> None:
        path = f"/config/{subject}"
        answer = self._ask("GET", path)
        if answer.status_code != _NOT_FOUND and self._json(answer).get("compatibilityLevel") == COMPATIBILITY:
            return
        self._json(self._ask("PUT", path, {"compatibility": COMPATIBILITY}))

    def _id(self, subject: str, schema: Schema) -> int:
        path = f"/subjects/{subject}"
        if self._config.auto_register:
            path += "/versions"
        answer = self._ask("POST", path, {"schema": schema.text})
        if answer.status_code == _CONFLICT:
            raise IncompatibleSchemaError(f"{subject} does not take {schema.name} {schema.version}: {_said(answer)}")
        if answer.status_code == _NOT_FOUND:
            raise UnknownSchemaError(f"{schema.name} {schema.version} is not registered under {subject}")
        found = self._json(answer).get("id")
        if not isinstance(found, int):
            raise RegistryError(f"the registry gave no id for {schema.name}", retriable=False)
        return found

    def _recognised(self, schema_id: int, text: object) -> Schema:
        try:
            definition = json.loads(str(text))
            schema = Schema.of(str(definition["name"]), 0, definition)
            name = next(n for n in self._schemas.names if self._schemas.latest(n).definition["name"] == schema.name)
        except (ValueError, KeyError, TypeError, StopIteration, SchemaParseException, UnknownType) as error:
            raise UnknownSchemaError(f"schema id {schema_id} is none that is known here") from error
        for known in self._schemas.versions(name):
            if known.fingerprint == schema.fingerprint:
                return known
        return Schema.of(name, 0, definition)

    def _json(self, answer: httpx.Response) -> dict[str, Any]:
        if not answer.is_success:
            raise RegistryError(
                f"the registry answered {answer.status_code}: {_said(answer)}",
                retriable=answer.status_code in _RETRIABLE,
            )
        try:
            body = answer.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise RegistryError("the registry's answer is no JSON object", retriable=False)
        return body

    def _ask(self, method: str, path: str, body: Mapping[str, str] | None = None) -> httpx.Response:
        """The answer; asked for again, after 0.2, 0.4 and 0.8 s, while there is none or the server is unwell."""
        for attempt in range(_ATTEMPTS):
            if attempt:
                self._sleep(_BACKOFF_SECONDS * 2 ** (attempt - 1))
            try:
                answer = self._client.request(method, path, json=body)
            except httpx.TransportError as error:
                self._observed("error")
                problem: Exception = error
                continue
            self._observed(str(answer.status_code))
            if answer.status_code not in _RETRIABLE:
                return answer
            problem = RegistryError(f"{answer.status_code}: {_said(answer)}", retriable=True)
        raise RegistryError(
            f"the registry at {self._config.url} does not answer: {type(problem).__name__}: {problem}", retriable=True
        ) from problem


def _said(answer: httpx.Response) -> str:
    """The registry's own words, one line, bounded."""
    try:
        words = str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        words = answer.reason_phrase
    return " ".join(words.split())[:300]


def _tls(config: settings.Registry) -> ssl.SSLContext | bool:
    return True if config.ssl_cafile is None else ssl.create_default_context(cafile=str(config.ssl_cafile))
