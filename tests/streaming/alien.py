"""A header's name as a careless producer writes it."""

from typing import Any


class Alien(str):
    """A name that kafka-python's producer writes as other bytes than UTF-8."""

    __slots__ = ()

    def encode(self, *_: Any) -> bytes:
        return b"caf\xe9\xff"
