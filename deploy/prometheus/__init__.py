"""A real Prometheus on loopback, for tests that let it scrape the worker."""

from deploy.prometheus.server import Prometheus

__all__ = ["Prometheus"]
