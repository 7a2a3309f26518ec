"""The timelines of one partition in memory: a cache of the compacted topic, decoded as they are needed."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final

from worker.missions.timeline import Timeline

_DECODED: Final = 4_096


class States:
    """The latest state of each subject of a partition, as bytes; the ones used lately also decoded.

    Bytes, because a restore then costs no more than reading the topic does, and because most subjects stay as they are
    from one restart to the next. `decode` reads the bytes of a state.
    """

    def __init__(self, decode: Callable[[bytes], Timeline]) -> None:
        self._decode = decode
        self._encoded: dict[str, bytes] = {}
        self._decoded: OrderedDict[str, Timeline] = OrderedDict()
        self.size = 0
        """Bytes that the encoded states take."""

    def __len__(self) -> int:
        return len(self._encoded)

    def get(self, subject: str) -> Timeline | None:
        """The timeline of a subject, None where nothing is known of it. Raises what `decode` raises."""
        timeline = self._decoded.get(subject)
        if timeline is not None:
            self._decoded.move_to_end(subject)
            return timeline
        encoded = self._encoded.get(subject)
        if encoded is None:
            return None
        timeline = self._decode(encoded)
        self._remember(subject, timeline)
        return timeline

    def load(self, subject: str, encoded: bytes | None) -> None:
        """Take in a record of the compacted topic; a later one of the same subject replaces it, None removes it."""
        self._decoded.pop(subject, None)
        self.size -= len(self._encoded.pop(subject, b""))
        if encoded is not None:
            self._encoded[subject] = encoded
            self.size += len(encoded)

    def update(self, states: Mapping[str, tuple[Timeline, bytes]]) -> None:
        """Take in timelines whose bytes were committed."""
        for subject, (timeline, encoded) in states.items():
            self.load(subject, encoded)
            self._remember(subject, timeline)

    def _remember(self, subject: str, timeline: Timeline) -> None:
        self._decoded[subject] = timeline
        if len(self._decoded) > _DECODED:
            self._decoded.popitem(last=False)
