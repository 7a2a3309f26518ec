"""Articles as JSON lines: `{"id", "raw"}` in, `{"id", "changes", "strengths"}` out, one for one and in order."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from worker.cli.plain import json_line, plain
from worker.cli.reading import Reader, Reading, read

CHANGE_FIELDS: Final = (
    *("mission", "actors", "theatre", "scope", "change", "occurred", "effective", "relocated_to", "reasons"),
    "background",
)
STRENGTH_FIELDS: Final = ("actor", "place", "count")


class Line(msgspec.Struct, frozen=True):
    """One line of input: an id of the caller's, any JSON value, and the text of a raw message."""

    id: Any
    raw: str


_DECODER: Final = msgspec.json.Decoder(Line)


def answers(reader: Reader, lines: Iterable[bytes]) -> Iterator[bytes]:
    """A line of JSON for each line of input that is not blank.

    One that could not be read has an `error` of `reason` and `message` besides, and empty lists. A line that is no
    such object is answered with the id null and the reason `line`.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            given = _DECODER.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield _failure(None, "line", f"line {number}: {error}")
            continue
        # Unlike a record, a line has no time: an article must have a date of its own.
        outcome = read(reader, given.raw.encode(), timestamp_ms=None)
        if isinstance(outcome, Reading):
            yield json_line({"id": given.id, **summary(outcome)})
        else:
            yield _failure(given.id, outcome.reason, outcome.message)


def summary(reading: Reading) -> dict[str, Any]:
    """The changes and strengths of an article by the attributes that identify them."""
    return {
        "changes": [{name: plain(getattr(it, name)) for name in CHANGE_FIELDS} for it in reading.extraction.changes],
        "strengths": [{name: getattr(it, name) for name in STRENGTH_FIELDS} for it in reading.extraction.strengths],
    }


def _failure(identifier: object, reason: str, message: str) -> bytes:
    error = {"reason": reason, "message": message}
    return json_line({"id": identifier, "error": error, "changes": [], "strengths": []})
