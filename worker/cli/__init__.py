"""The commands, one file a group, without logic of their own."""

from worker.cli.root import main

__all__ = ["main"]
