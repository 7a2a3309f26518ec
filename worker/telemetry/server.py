"""One port for `/metrics`, `/livez` and `/readyz`."""

import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self

import orjson

from worker.telemetry.exposition import CONTENT_TYPE
from worker.telemetry.health import Report

_SOCKET_SECONDS: Final = 5.0


class AddressError(Exception):
    """The address cannot be listened on; the message names the settings."""


class Server:
    """Answers scrapes and probes from threads of its own, until closed.

    `metrics` gives the text of `/metrics`; `health` what `/livez` and `/readyz` say: 200 or 503, with the faults as
    JSON. Port 0 takes a free one; `port` tells which. Raises AddressError when the address is taken or not ours.
    """

    def __init__(self, host: str, port: int, *, metrics: Callable[[], bytes], health: Callable[[], Report]) -> None:
        class Handler(_Handler):
            answers = staticmethod(_routes(metrics, health))

        try:
            self._server = _HTTPServer((host, port), Handler)
        except OSError as error:
            where = f"MISSION_WORKER_METRICS_HOST {host}, MISSION_WORKER_METRICS_PORT {port}"
            raise AddressError(f"cannot listen on {where}: {error.strerror}") from error
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="metrics", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _HTTPServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a client that keeps its connection open must not hold up the end of the process


def _routes(
    metrics: Callable[[], bytes], health: Callable[[], Report]
) -> Callable[[str], tuple[HTTPStatus, str, bytes]]:
    def answer(path: str) -> tuple[HTTPStatus, str, bytes]:
        match path.partition("?")[0]:
            case "/metrics":
                return HTTPStatus.OK, CONTENT_TYPE, metrics()
            case "/livez" | "/readyz" as probe:
                report = health()
                well = report.live if probe == "/livez" else report.live and report.ready
                body = {"live": report.live, "ready": report.ready, "faults": report.faults}
                status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
                return status, "application/json", orjson.dumps(body) + b"\n"
            case _:
                return HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"/metrics, /livez, /readyz\n"

    return answer


class _Handler(BaseHTTPRequestHandler):
    answers: Callable[[str], tuple[HTTPStatus, str, bytes]]
    protocol_version = "HTTP/1.1"
    server_version = "mission-worker"
    sys_version = ""
    timeout = _SOCKET_SECONDS

    def do_GET(self) -> None:
        """Answer with headers and body."""
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with headers alone."""
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        status, content_type, body = self.answers(self.path)
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Probes are not news."""
