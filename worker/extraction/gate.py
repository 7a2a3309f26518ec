"""The gate: a cheap look at the bytes of a raw message, before anything is decoded."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Gate:
    """Tells what may report a change of a mission from what cannot; loses nothing relevant."""

    @classmethod
    def load(cls) -> Self:
        """Load the gate."""
        return cls()

    def relevant(self, value: bytes) -> bool:
        """Whether a raw message is worth decoding: any that is not empty."""
        return bool(value)
