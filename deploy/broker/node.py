"""One Kafka node: a Java process, its folder and its port."""

import signal
import socket
import subprocess
from pathlib import Path

from deploy.broker.jars import BrokerError

LAST_LINES = 25


class Node:
    """One node of a cluster.

    Args:
        node_id: 1 and up.
        port: where it serves clients, on 127.0.0.1.
        folder: holds its ``server.properties``, ``data`` and ``console.log``.
        java: the command up to the class path.
    """

    def __init__(self, node_id: int, port: int, folder: Path, java: list[str]) -> None:
        self.node_id = node_id
        self.port = port
        self.folder = folder
        self.java = java
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        """Whether its process runs (or is frozen)."""
        return self._process is not None and self._process.poll() is None

    @property
    def properties(self) -> str:
        """The path of its settings, which is also the mark by which its process is known."""
        return str(self.folder / "server.properties")

    def start(self) -> None:
        """Start the process; returns at once."""
        if self.alive:
            return
        with (self.folder / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self.java, "kafka.Kafka", self.properties],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,  # an interrupt is for whoever runs the cluster
            )

    def kill(self) -> None:
        """``kill -9``, and wait until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process."""
        if self._process is None:
            raise BrokerError(f"node {self.node_id} was never started")
        self._process.send_signal(number)

    def listening(self) -> bool:
        """Whether its client port accepts a connection."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=0.5).close()
        except OSError:
            return False
        return True

    def check_alive(self) -> None:
        """Raise ``BrokerError`` with what it said last when the process has ended."""
        if not self.alive:
            code = self._process.returncode if self._process else None
            raise BrokerError(f"Kafka node {self.node_id} ended with {code}:\n{self.last_words()}")

    def last_words(self) -> str:
        """Return the last lines that it printed."""
        log = self.folder / "console.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-LAST_LINES:]) if log.exists() else ""


def format_storage(nodes: list[Node]) -> None:
    """Give each node's data folder the mark of one new cluster.

    Raises:
        BrokerError: the tool refused; its words are in the message.
    """
    cluster_id = _run_tool(nodes[0], "random-uuid").strip()
    for node in nodes:
        _run_tool(node, "format", "-t", cluster_id, "-c", node.properties)


def _run_tool(node: Node, *arguments: str) -> str:
    command = [*node.java, "kafka.tools.StorageTool", *arguments]
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise BrokerError(f"Kafka's storage tool failed (exit {ran.returncode}):\n{ran.stdout}{ran.stderr}")
    return ran.stdout
