"""Prometheus, scraping what it is told to every second, and asked by its own API."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from deploy.local.server import LocalServer
from deploy.local.tools import ServerError, require

# The command and the Debian package that has it.
COMMANDS = {"prometheus": "prometheus"}


class Prometheus(LocalServer):
    """One server.

    Args:
        targets: the ``host:port`` of each worker to scrape, on ``/metrics``.
        rules: files with recording and alerting rules.
        job: the value of the label ``job``.
    """

    name = "Prometheus"
    health = "/-/ready"

    def __init__(self, targets: Sequence[str], *, rules: Sequence[Path] = (), job: str = "mission-worker") -> None:
        super().__init__()
        self._config = {
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": [str(path.resolve()) for path in rules],
            "scrape_configs": [{"job_name": job, "static_configs": [{"targets": list(targets)}]}],
        }

    def command(self, folder: Path, port: int) -> list[str]:
        """Write the configuration and return the command."""
        require(COMMANDS)
        config = folder / "prometheus.json"  # JSON is YAML as well
        config.write_text(json.dumps(self._config))
        return [
            "prometheus",
            f"--config.file={config}",
            f"--storage.tsdb.path={folder}/data",
            f"--web.listen-address=127.0.0.1:{port}",
            "--log.level=warn",
        ]

    def query(self, expression: str) -> list[dict[str, Any]]:
        """Return the samples that a PromQL expression gives now, each with ``metric`` (labels) and ``value``.

        Raises:
            ServerError: the expression is wrong; Prometheus's words are in the message.
        """
        answer = httpx.get(f"{self.url}/api/v1/query", params={"query": expression}).json()
        if answer["status"] != "success":
            raise ServerError(f"{expression}: {answer['error']}")
        result: list[dict[str, Any]] = answer["data"]["result"]
        return result

    def await_samples(self, expression: str, timeout_s: float = 20.0) -> list[dict[str, Any]]:
        """Return the samples of an expression as soon as there are any.

        Raises:
            ServerError: there were none in time.
        """
        deadline = time.monotonic() + timeout_s
        while not (samples := self.query(expression)):
            if time.monotonic() > deadline:
                raise ServerError(f"{expression} gave nothing in {timeout_s:.0f} s")
            time.sleep(0.2)
        return samples
