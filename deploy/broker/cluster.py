"""A cluster of one or three Kafka nodes on loopback, its data in a fresh folder that goes when the cluster goes."""

import signal
from collections.abc import Mapping
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from deploy.broker.jars import classpath
from deploy.local.ports import free_ports
from deploy.local.process import ServerProcess, wait_until
from deploy.local.scratch import Scratch
from deploy.local.tools import ServerError, java, run

TEMPLATE = Path(__file__).parent / "server.properties"
START_TIMEOUT_S = 90.0
ATTEMPTS = 3


class Cluster:
    """Apache Kafka in KRaft mode, each node broker and controller at once; a context manager.

    Args:
        nodes: 1, or 3 for a cluster that outlives one of its nodes (replication factor 3, two in-sync replicas).
        properties: server properties that differ from ``server.properties``.
        heap: each node's heap; by default 512m for one node and 384m for each of three.
        quick_start: compile with C1 only, which starts sooner and is slower under load; not for benchmarks.
    """

    def __init__(
        self,
        nodes: int = 1,
        *,
        properties: Mapping[str, str] | None = None,
        heap: str | None = None,
        quick_start: bool = True,
    ) -> None:
        if nodes not in (1, 3):
            raise ValueError(f"a cluster has 1 or 3 nodes, not {nodes}")
        self._size = nodes
        self._properties = dict(properties or {})
        heap = heap or ("512m" if nodes == 1 else "384m")
        self._jvm = [f"-Xmx{heap}", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"]
        if quick_start:
            self._jvm.append("-XX:TieredStopAtLevel=1")
        self._scratch: Scratch | None = None
        self.nodes: dict[int, ServerProcess] = {}

    @property
    def bootstrap(self) -> str:
        """The ``host:port`` of every node, comma separated, as ``KAFKA_BOOTSTRAP_SERVERS`` has it."""
        return ",".join(f"127.0.0.1:{node.port}" for node in self.nodes.values())

    def start(self) -> Self:
        """Start all nodes and wait until every one of them serves clients.

        Raises:
            ServerError: Java or Maven is missing, or a node ended; its last words are in the message.
        """
        for attempt in range(ATTEMPTS):
            try:
                self._start_once()
            except ServerError as error:
                self.stop()
                # Somebody else took a port between the look and the bind: draw others.
                if "Address already in use" not in str(error) or attempt == ATTEMPTS - 1:
                    raise
            except BaseException:
                self.stop()
                raise
            else:
                break
        return self

    def stop(self) -> None:
        """Kill every node and remove the data; a second call does nothing."""
        for node in self.nodes.values():
            node.kill()
        self.nodes = {}
        if self._scratch is not None:
            self._scratch.close()

    def kill(self, node_id: int) -> None:
        """``kill -9`` one node; what it had not flushed and what it held in memory is gone."""
        self.nodes[node_id].kill()

    def pause(self, node_id: int) -> None:
        """Freeze one node (``SIGSTOP``): its connections stay open and nothing answers on them."""
        self.nodes[node_id].signal(signal.SIGSTOP)

    def resume(self, node_id: int) -> None:
        """Let a frozen node go on (``SIGCONT``)."""
        self.nodes[node_id].signal(signal.SIGCONT)

    def restart(self, node_id: int, *, wait: bool = True) -> None:
        """Start a node that was killed, on its old ports and data; wait until the cluster counts it in."""
        self.nodes[node_id].start()
        if wait:
            self.wait_ready()

    def heal(self) -> None:
        """Resume what is frozen, restart what was killed, and wait until the cluster is whole."""
        for node in self.nodes.values():
            if node.alive:
                node.signal(signal.SIGCONT)
            else:
                node.start()
        self.wait_ready()

    def wait_ready(self, timeout_s: float = START_TIMEOUT_S) -> None:
        """Wait until every node is alive and a member of the cluster.

        Raises:
            ServerError: a node ended, or the time is up.
        """
        wait_until(lambda: self._members() == set(self.nodes), list(self.nodes.values()), timeout_s)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start_once(self) -> None:
        jvm = [java(), *self._jvm, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classpath()]
        self._scratch = Scratch("kafka")
        storage_tool = [*jvm, "kafka.tools.StorageTool"]
        cluster_id = run([*storage_tool, "random-uuid"]).strip()
        ports = free_ports(2 * self._size)
        for node_id in range(1, self._size + 1):
            folder = self._scratch.path / f"node-{node_id}"
            properties = self._write_properties(node_id, folder, ports)
            run([*storage_tool, "format", "-t", cluster_id, "-c", str(properties)])
            command = [*jvm, "kafka.Kafka", str(properties)]
            self.nodes[node_id] = ServerProcess(f"Kafka node {node_id}", command, folder, ports[2 * node_id - 2])
        for node in self.nodes.values():
            node.start()
        self.wait_ready()

    def _write_properties(self, node_id: int, folder: Path, ports: list[int]) -> Path:
        """Write a node's settings; ``ports`` holds each node's client port and then its controller port."""
        folder.mkdir()
        text = Template(TEMPLATE.read_text()).substitute(
            node_id=node_id,
            port=ports[2 * node_id - 2],
            controller_port=ports[2 * node_id - 1],
            voters=",".join(f"{other + 1}@127.0.0.1:{ports[2 * other + 1]}" for other in range(self._size)),
            data=folder / "data",
            replication=self._size,
            in_sync=2 if self._size > 1 else 1,
        )
        path = folder / "server.properties"
        path.write_text(text + "".join(f"{key}={value}\n" for key, value in self._properties.items()))
        return path

    def _members(self) -> set[int]:
        """Return the ids of the nodes that the cluster counts as its members now; empty when nobody answers."""
        if not all(node.listening() for node in self.nodes.values()):
            return set()
        try:
            admin = KafkaAdminClient(
                bootstrap_servers=self.bootstrap.split(","), request_timeout_ms=3_000, bootstrap_timeout_ms=3_000
            )
        except KafkaError:
            return set()
        try:
            brokers = admin.describe_cluster()["brokers"]
            # A node that was killed stays listed, fenced, until it has caught up after its restart.
            return {broker["broker_id"] for broker in brokers if not broker.get("is_fenced")}
        except KafkaError:
            return set()
        finally:
            admin.close()
