"""``python -m deploy.broker``: run a local Kafka in the foreground until it is interrupted."""

import argparse
import signal
import sys
import threading

from deploy.broker import Cluster, ServerError


def main() -> int:
    """Start the cluster, print its address, and stop it at SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m deploy.broker", description=main.__doc__)
    parser.add_argument("--nodes", type=int, choices=(1, 3), default=1, help="how many nodes (default 1)")
    parser.add_argument("--full-speed", action="store_true", help="for benchmarks: all of Java's compilers")
    arguments = parser.parse_args()

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    cluster = Cluster(arguments.nodes, quick_start=not arguments.full_speed)
    try:
        with cluster:
            # The one line on standard output, so that a program can read it as well.
            print(f"KAFKA_BOOTSTRAP_SERVERS={cluster.bootstrap}", flush=True)
            print("Apache Kafka is ready; Ctrl-C stops it and removes its data.", file=sys.stderr, flush=True)
            while not stop.wait(1.0):
                for node in cluster.nodes.values():
                    node.check_alive()
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
