"""Records of Kafka as JSON for programs, and as rows for people."""

import base64
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from worker.events.codec import Codec
from worker.events.errors import EventError
from worker.settings import Topics
from worker.streaming.dead_letters import OWN, STANDARD
from worker.streaming.stage import Record

Row = tuple[object, ...]
_Make = Callable[[Record, Any], Row]
_NOTHING: Final = "–"
_PREVIEW: Final = 80


def as_json(record: Record, codec: Codec) -> bytes:
    """A record as one line of JSON: Avro as an object, text as text, other bytes as `{"base64": …}`."""
    shown = {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "key": _text(record.key),
        "headers": {name: _text(value) for name, value in record.headers},
        "value": _value(record.value, codec),
    }
    return orjson.dumps(shown, option=orjson.OPT_APPEND_NEWLINE)


def rows(records: Iterable[Record], codec: Codec, topics: Topics, topic: str) -> Iterator[str]:
    """Records as lines of a table, its head first. The last column takes what room there is on a terminal."""
    columns, make = _layouts(topics).get(topic, _PLAIN)
    wide = None if not sys.stdout.isatty() else shutil.get_terminal_size().columns
    yield _line([(name.upper(), width) for name, width in columns], wide)
    for record in records:
        cells = make(record, _value(record.value, codec))
        yield _line([(_cell(cell), width) for cell, (_, width) in zip(cells, columns, strict=True)], wide)


def _line(cells: list[tuple[str, int]], wide: int | None) -> str:
    *fixed, (last, _) = cells
    line = "  ".join([*(text.ljust(width) for text, width in fixed), last])
    return line if wide is None or len(line) <= wide else line[: wide - 1] + "…"


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{name}={count}" for name, count in value.items()) or _NOTHING
    if isinstance(value, list):
        return ",".join(map(str, value)) or _NOTHING
    return _NOTHING if value is None or value == "" else " ".join(str(value).split())


def _event(_record: Record, value: Any) -> Row:
    change = value["change"] + (" (late)" if value["late"] else "") + (" (corrects)" if value["corrects"] else "")
    status = f"{value['previous_status'] or _NOTHING} → {value['status']}"
    return value["occurred"], value["subject"], change, status, value["effective"], value["evidence"]["quote"]


def _observation(_record: Record, value: Any) -> Row:
    report = value["report"]
    evidence = report["evidence"]
    return report["occurred"], value["subject"], report["change"], evidence["rule"], evidence["quote"]


def _state(_record: Record, value: Any) -> Row:
    if value is None:
        return (None,) * 5
    return value["subject"], value["status"], value["since"], value["sequence"], len(value["entries"])


def _receipt(record: Record, value: Any) -> Row:
    span = f"{value['topic']}-{value['partition']} {value['first_offset']}–{value['next_offset']}"
    return record.offset, value["stage"], span, value["outputs"], value["outcomes"]


def _letter(record: Record, _value: Any) -> Row:
    headers = {name: value.decode("utf-8", "replace") for name, value in record.headers}
    origin = "{}-{}@{}".format(*(headers.get(STANDARD + name, "?") for name in ("topic", "partition", "offset")))
    return headers.get(OWN + "reason"), origin, len(record.value or b""), headers.get(STANDARD + "message")


def _plain(record: Record, value: Any) -> Row:
    key = _text(record.key)
    shown = value if isinstance(value, str) else orjson.dumps(value).decode()
    return f"{record.partition}@{record.offset}", key if isinstance(key, str) else None, shown[:_PREVIEW]


_PLAIN: Final[tuple[list[tuple[str, int]], _Make]] = ([("place", 12), ("key", 24), ("value", 0)], _plain)


def _layouts(topics: Topics) -> dict[str, tuple[list[tuple[str, int]], _Make]]:
    """The columns of each topic, with their widths."""
    return {
        topics.status_changed: (
            [("occurred", 10), ("subject", 24), ("change", 31), ("status", 20), ("effective", 10), ("quote", 0)],
            _event,
        ),
        topics.observations: (
            [("occurred", 10), ("subject", 24), ("change", 20), ("rule", 28), ("quote", 0)],
            _observation,
        ),
        topics.status: ([("subject", 24), ("status", 10), ("since", 10), ("events", 6), ("entries", 0)], _state),
        topics.receipts: (
            [("offset", 8), ("stage", 8), ("input", 44), ("outputs", 40), ("outcomes", 0)],
            _receipt,
        ),
        topics.dead_letter: ([("reason", 20), ("from", 30), ("bytes", 9), ("message", 0)], _letter),
    }


def _value(value: bytes | None, codec: Codec) -> Any:
    if value is None:
        return None
    try:
        return codec.plain(value)[1]
    except EventError:
        return _text(value)


def _text(value: bytes | None) -> Any:
    if value is None:
        return None
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode()}
