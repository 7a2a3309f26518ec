"""Messages from web archives (WARC, ISO 28500): the pages that were fetched, or the texts that were made of them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from worker.backfill.message import BrokenFileError

_KINDS: Final = frozenset({"response", "resource", "conversion"})
_READABLE: Final = ("text/html", "application/xhtml+xml", "text/plain", "application/json", "application/ld+json")
_FETCHED: Final = 200


class Page(NamedTuple):
    """What a record holds: the address, the body without the coding of its transfer, its content type, and its time.

    `whole` unless the body is longer than what may be read of it; `timestamp` in milliseconds since the Unix epoch,
    None where the record has none that can be read.
    """

    address: str
    body: bytes
    content_type: str | None
    timestamp: int | None
    whole: bool


def pages(content: BinaryIO, longest: int) -> Iterator[Page]:
    """The records that can hold an article: fetched pages, resources, and conversions to text.

    Passed over: answers other than 200, and what is said to be neither HTML, text nor JSON. Of a body longer than
    `longest` bytes it takes one byte more. Raises BrokenFileError where the archive is damaged.
    """
    records = ArchiveIterator(content, no_record_parse=False, check_digests=False)
    try:
        for record in records:
            if record.rec_type in _KINDS and _is_readable(record):
                yield _page(record, longest)
    except ArchiveLoadFailed as error:
        raise BrokenFileError("no WARC record where one should begin") from error


def _is_readable(record: Any) -> bool:
    http = record.http_headers
    if record.rec_type == "response":
        if http is None or http.get_statuscode() != str(_FETCHED):
            return False
        return _media_type(http.get_header("Content-Type")) in (None, *_READABLE)
    return _media_type(record.rec_headers.get_header("Content-Type")) in (None, *_READABLE)


def _page(record: Any, longest: int) -> Page:
    headers = record.rec_headers
    kind = (record.http_headers or headers).get_header("Content-Type")
    stream = record.content_stream()
    parts, size = [], 0
    while size <= longest and (part := stream.read(longest + 1 - size)):
        parts.append(part)
        size += len(part)
    # A record that ends before its length does is the last of an archive that was cut off.
    if size <= longest and record.raw_stream.limit > 0:
        raise BrokenFileError("the archive ends in the midst of a record")
    address = (headers.get_header("WARC-Target-URI") or headers.get_header("WARC-Record-ID") or "").strip("<>")
    return Page(address, b"".join(parts), kind, _milliseconds(headers.get_header("WARC-Date")), size <= longest)


def _media_type(content_type: str | None) -> str | None:
    return content_type.partition(";")[0].strip().lower() or None if content_type else None


def _milliseconds(date: str | None) -> int | None:
    """WARC-Date, which is W3C's profile of ISO 8601 in UTC."""
    try:
        time = datetime.fromisoformat(date or "")
    except ValueError:
        return None
    return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() * 1000)
