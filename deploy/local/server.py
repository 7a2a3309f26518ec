"""A server of one process, from its start to its end."""

from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from deploy.local.ports import free_ports
from deploy.local.process import ServerProcess, wait_until
from deploy.local.scratch import Scratch

START_TIMEOUT_S = 90.0


class LocalServer(ABC):
    """One server on a free port of 127.0.0.1, its data in a folder that goes with it; a context manager."""

    name: str
    # The path that is answered with success once the server serves.
    health: str

    def __init__(self) -> None:
        self._scratch: Scratch | None = None
        self._process: ServerProcess | None = None
        self.url = ""

    @abstractmethod
    def command(self, folder: Path, port: int) -> list[str]:
        """Return the command that serves on the port; the folder is for its files."""

    def __enter__(self) -> Self:
        self._scratch = Scratch(self.name.lower().replace(" ", "-"))
        try:
            (port,) = free_ports(1)
            self.url = f"http://127.0.0.1:{port}"
            folder = self._scratch.path
            self._process = ServerProcess(self.name, self.command(folder, port), folder, port)
            self._process.start()
            wait_until(self._ready, [self._process], START_TIMEOUT_S)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _ready(self) -> bool:
        try:
            return httpx.get(self.url + self.health, timeout=5).is_success
        except httpx.TransportError:
            return False

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
        if self._scratch is not None:
            self._scratch.close()
