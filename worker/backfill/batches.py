"""Messages of all inputs in batches, from any place on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from worker.backfill.inputs import Input
from worker.backfill.message import BrokenFileError, Message
from worker.backfill.messages import messages

_MESSAGES: Final = 64
_BYTES: Final = 2 << 20


@dataclass(slots=True)
class Mark:
    """Where a batch ends: index of the file and number in it of the next message, and bytes of input read so far.

    `broken` has what is wrong with files that turned out to be damaged, by name.
    """

    file: int
    number: int
    bytes_read: int
    broken: dict[str, str] = field(default_factory=dict)


def batches(
    given: Sequence[Input], longest: int, *, file: int = 0, number: int = 0, size: int = _MESSAGES
) -> Iterator[tuple[Sequence[Message], Mark]]:
    """All messages from a place on, as batches of up to `size`; the last may be empty. `longest` as for `messages`."""
    batch: list[Message] = []
    weight, before = 0, sum(each.size for each in given[:file])
    broken: dict[str, str] = {}
    for index in range(file, len(given)):
        skipped, number = number, 0
        try:
            for message, read in messages(given[index], longest):
                if message.offset < skipped:
                    continue
                batch.append(message)
                weight += len(message.value)
                if len(batch) >= size or weight >= _BYTES:
                    yield batch, Mark(index, message.offset + 1, before + read, broken)
                    batch, weight, broken = [], 0, {}
        except BrokenFileError as error:
            broken[given[index].name] = str(error)
        before += given[index].size
    yield batch, Mark(len(given), 0, before, broken)
