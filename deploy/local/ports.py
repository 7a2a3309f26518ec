"""Free ports for servers on loopback."""

import random
import socket
from pathlib import Path

LOWEST = 15_000


def free_ports(count: int) -> list[int]:
    """Return distinct ports of 127.0.0.1 that nothing listens on at this moment.

    They lie below the kernel's range for outgoing connections: a port in that range can be taken by any client while
    a killed node is away, and a client that keeps dialling it can even end up connected to itself.
    """
    first_ephemeral = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    found: list[int] = []
    for port in random.SystemRandom().sample(range(LOWEST, max(first_ephemeral, LOWEST + 10_000)), 1_000):
        if len(found) == count:
            break
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
    if len(found) < count:
        raise OSError(f"no {count} free ports between {LOWEST} and {first_ephemeral}")
    return found
