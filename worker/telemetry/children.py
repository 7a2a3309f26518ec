"""The supervisor's view of its worker processes: their metrics as one page, the worst of their health."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpx

from worker.telemetry.exposition import merge
from worker.telemetry.health import Report, worst

_SECONDS: Final = 2.0


class Children:
    """Asks worker processes on this machine over HTTP.

    `ports` maps the name of each process that is wanted to the port of its server, or to None while it does not run; it
    may be replaced at any time. A process that does not run, or does not answer within two seconds, is left out of the
    metrics and makes the whole not ready.
    """

    def __init__(self) -> None:
        self.ports: Mapping[str, int | None] = {}
        self._client = httpx.Client(timeout=_SECONDS, trust_env=False)
        self._pool = ThreadPoolExecutor(max_workers=8, thread_name_prefix="children")

    def close(self) -> None:
        """Close all connections."""
        self._pool.shutdown(cancel_futures=True)
        self._client.close()

    def metrics(self, own: Mapping[str, bytes]) -> bytes:
        """The metrics of all processes, and the supervisor's `own` by its name."""
        answers = self._ask("/metrics")
        texts = {name: answer.content for name, answer in answers.items() if answer is not None and answer.is_success}
        return merge({**own, **texts})

    def health(self) -> Report:
        """The worst of the processes' health."""
        return worst((name, _report(answer)) for name, answer in self._ask("/readyz").items())

    def _ask(self, path: str) -> dict[str, httpx.Response | None]:
        def ask(port: int | None) -> httpx.Response | None:
            if port is None:
                return None
            try:
                return self._client.get(f"http://127.0.0.1:{port}{path}")
            except httpx.HTTPError:
                return None

        ports = dict(self.ports)
        return dict(zip(ports, self._pool.map(ask, ports.values()), strict=True))


def _report(answer: httpx.Response | None) -> Report | None:
    if answer is None:
        return None
    try:
        body = answer.json()
        return Report(live=bool(body["live"]), ready=bool(body["ready"]), faults=tuple(map(str, body["faults"])))
    except (ValueError, KeyError, TypeError):
        return None
