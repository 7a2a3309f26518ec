"""The messages in a file, whatever kind of file it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from worker.backfill.inputs import Input
from worker.backfill.lines import lines, unwrapped
from worker.backfill.message import SCHEME, TRUNCATED, BrokenFileError, Message
from worker.backfill.opening import Opened, opened
from worker.backfill.warc import pages

_COMPRESSED: Final = frozenset({".gz", ".zst", ".zstd"})
_LINES: Final = frozenset({".jsonl", ".ndjson"})
_WARC: Final = b"WARC/"


class Found(NamedTuple):
    """A message, and how many bytes of its file were read when it was found."""

    message: Message
    read: int


def messages(given: Input, longest: int) -> Iterator[Found]:
    """The messages of a file in order: each line of JSON lines, each page of a web archive, or the file as a whole.

    `longest` is the size of the largest article, in bytes: of a message that is larger no more than a byte beyond it is
    read, and its header `TRUNCATED` tells so. Raises BrokenFileError where the file cannot be read to its end.
    """
    try:
        with opened(Path(given.name)) as stream:
            for number, message in enumerate(_messages(given, stream, longest)):
                yield Found(message._replace(offset=number), min(stream.file.tell(), given.size))
            damage = stream.damage()
    except OSError as error:
        raise BrokenFileError(error.strerror or str(error)) from error
    if damage:
        raise BrokenFileError(damage)


def _messages(given: Input, stream: Opened, longest: int) -> Iterator[Message]:
    content = stream.content
    suffixes = [suffix.lower() for suffix in Path(given.name).suffixes]
    kind = next((suffix for suffix in reversed(suffixes) if suffix not in _COMPRESSED), "")
    name, changed = Path(given.name).name, given.changed_ns // 1_000_000
    blank = Message(SCHEME + given.name, 0, 0, changed, b"", b"")
    if content.peek(len(_WARC)).startswith(_WARC):
        for page in pages(content, longest):
            headers = (("content-type", page.content_type.encode()),) if page.content_type else ()
            timestamp = changed if page.timestamp is None else page.timestamp
            found = blank._replace(key=page.address.encode(), value=page.body, headers=headers, timestamp=timestamp)
            yield found if page.whole else _cut(found)
    elif kind in _LINES:
        for number, line in enumerate(lines(content, longest), start=1):
            key = f"{name}:{number}".encode("utf-8", "surrogateescape")
            if not line.ended and stream.damage():
                return  # the rest of it is gone
            found = blank._replace(key=key, value=unwrapped(line.value))
            yield found if line.whole else _cut(found)
    else:
        value = content.read(longest + 1)
        found = blank._replace(key=name.encode("utf-8", "surrogateescape"), value=value)
        if len(value) > longest:
            yield _cut(found)
        elif not stream.damage():
            yield found


def _cut(message: Message) -> Message:
    return message._replace(headers=(*message.headers, (TRUNCATED, b"true")))
