"""Dead letters: the record as it came, and in headers where it came from and why it is here.

The headers that KIP-1034 defines have its names, so that tools which know those of Kafka Streams know these; the values
are UTF-8. What it leaves out has a prefix of our own; `replays` there tells a letter that keeps coming back.
"""

import traceback
from collections.abc import Iterable, Sequence
from typing import Final

from worker.missions.observation import Coordinates
from worker.streaming.stage import Output, Record

STANDARD: Final = "__streams.errors."
OWN: Final = "__mission-worker."
REASON: Final = OWN + "reason"
REPLAYS: Final = OWN + "replays"
_STACK_CHARS: Final = 4_000

Headers = Sequence[tuple[str, bytes]]


def dead_letter(topic: str, record: Record, *, reason: str, error: BaseException, stage: str, version: str) -> Output:
    """The record, untouched, for the dead-letter topic.

    `reason` is the code to route and count by.
    """
    headers = [
        *without_errors(record.headers),
        (STANDARD + "exception", _text(f"{type(error).__module__}.{type(error).__qualname__}")),
        (STANDARD + "message", _text(str(error))),
        (STANDARD + "stacktrace", _text("".join(traceback.format_exception(error))[-_STACK_CHARS:])),
        (STANDARD + "topic", _text(record.topic)),
        (STANDARD + "partition", _text(record.partition)),
        (STANDARD + "offset", _text(record.offset)),
        (REASON, _text(reason)),
        (OWN + "stage", _text(stage)),
        (OWN + "version", _text(version)),
        # The letter itself is dated by its writing: retention would otherwise go by the age of the article.
        (OWN + "timestamp", _text(record.timestamp)),
        (REPLAYS, _text(replays(record.headers))),
    ]
    key = record.key
    if key is None and record.value is None:
        # The client refuses to write a record of nothing.
        key = f"{record.topic}-{record.partition}@{record.offset}".encode()
    return Output(topic, key, record.value, headers)


def origin_of(headers: Iterable[tuple[str, bytes]]) -> tuple[str, Coordinates]:
    """The stage that wrote a dead letter, and where its record stands. Raises ValueError where no header says."""
    told = {name: value.decode("utf-8", "replace") for name, value in headers if name.startswith((STANDARD, OWN))}
    try:
        at = Coordinates(told[STANDARD + "topic"], int(told[STANDARD + "partition"]), int(told[STANDARD + "offset"]))
        return told[OWN + "stage"], at
    except KeyError as missing:
        raise ValueError(f"a dead letter without the header {missing}") from None


def replays(headers: Iterable[tuple[str, bytes]]) -> int:
    """How often a record has been put back from the dead-letter topic."""
    values = [value for name, value in headers if name == REPLAYS]
    return int(values[-1]) if values and values[-1].isdigit() else 0


def without_errors(headers: Iterable[tuple[str, bytes | None]]) -> list[tuple[str, bytes]]:
    """The headers that the record had when it first came; a null becomes empty, since the client writes no nulls."""
    return [(name, value or b"") for name, value in headers if not name.startswith((STANDARD, OWN))]


def _text(value: object) -> bytes:
    return str(value).encode("utf-8", "replace")
