"""A real schema registry on loopback, for development and tests."""

from deploy.registry.server import SchemaRegistry

__all__ = ["SchemaRegistry"]
