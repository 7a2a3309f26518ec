"""A real Apache Kafka on loopback, for development and tests: one node by default, three when asked.

``Cluster`` is the library; ``python -m deploy.broker`` runs one in the foreground.
"""

from deploy.broker.cluster import Cluster
from deploy.local.tools import ServerError

__all__ = ["Cluster", "ServerError"]
