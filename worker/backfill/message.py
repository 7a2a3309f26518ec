"""A raw message that lies in a file, with the fields that the stages know of a record in Kafka."""

from typing import Final, NamedTuple

SCHEME: Final = "file:"
"""Begins the topic of a message from a file; no topic of Kafka's can have a colon in its name."""

TRUNCATED: Final = "truncated"
"""A header of a message that is larger than any article may be: only its beginning was read."""


class Message(NamedTuple):
    """One message: `topic` is its file (see `SCHEME`), `offset` its number in it, from 0.

    `timestamp` dates an article that has no date of its own, in milliseconds since the Unix epoch: that of its file,
    or that of its record in a web archive.
    """

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...] = ()


class BrokenFileError(Exception):
    """A file cannot be read any further; what it yielded before is sound. The message says what is wrong with it."""
