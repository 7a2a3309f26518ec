"""Bearer tokens for SASL/OAUTHBEARER: from a file that something else keeps fresh, or from a token endpoint."""

import threading
import time
from pathlib import Path
from typing import Any, Final

import httpx
from kafka.net.sasl.oauth import AbstractTokenProvider
from pydantic import SecretStr

from worker.settings import Kafka

_RENEW_BEFORE_SECONDS: Final = 30.0


class FileTokens(AbstractTokenProvider):  # type: ignore[misc] # kafka-python has no types
    """Reads the token anew at each log-in, as projected service account tokens ask for."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def token(self) -> str:
        """The token. Raises OSError when the file is gone."""
        return self._path.read_text("utf-8").strip()


class EndpointTokens(AbstractTokenProvider):  # type: ignore[misc] # kafka-python has no types
    """Fetches tokens by the client credentials grant (RFC 6749 §4.4) and keeps each until shortly before it expires."""

    def __init__(self, url: str, client_id: str, client_secret: SecretStr, scope: str | None) -> None:
        super().__init__()
        self._url = url
        self._auth = (client_id, client_secret)
        self._scope = scope
        self._lock = threading.Lock()
        self._token = ""
        self._renew_at = 0.0

    def token(self) -> str:
        """A token that is still good. Raises httpx.HTTPError when the endpoint refuses or does not answer."""
        with self._lock:
            if time.monotonic() >= self._renew_at:
                self._fetch()
            return self._token

    def _fetch(self) -> None:
        form = {"grant_type": "client_credentials"} | ({"scope": self._scope} if self._scope else {})
        client_id, secret = self._auth
        answer = httpx.post(self._url, data=form, auth=(client_id, secret.get_secret_value()), timeout=5)
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        self._token = str(body["access_token"])
        self._renew_at = time.monotonic() + max(0.0, float(body.get("expires_in", 60)) - _RENEW_BEFORE_SECONDS)


def token_provider(kafka: Kafka) -> AbstractTokenProvider:
    """The provider that the settings ask for; they have been checked to name exactly one."""
    if kafka.sasl_oauth_token_file is not None:
        return FileTokens(kafka.sasl_oauth_token_file)
    if not (kafka.sasl_oauth_token_endpoint_url and kafka.sasl_oauth_client_id and kafka.sasl_oauth_client_secret):
        raise ValueError("OAUTHBEARER needs a token file, or an endpoint with a client id and secret")
    return EndpointTokens(
        kafka.sasl_oauth_token_endpoint_url,
        kafka.sasl_oauth_client_id,
        kafka.sasl_oauth_client_secret,
        kafka.sasl_oauth_scope,
    )
