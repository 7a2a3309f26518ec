"""Domain objects as plain values, ready for JSON."""

import dataclasses
from enum import Enum
from typing import Any

import orjson

from worker.missions.dates import PartialDate


def plain(value: object) -> Any:
    """The value as dicts, lists, strings, numbers and None: dates in ISO 8601, enumerations by value."""
    if isinstance(value, PartialDate):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return value


def json_line(value: object) -> bytes:
    """The value as one line of JSON in UTF-8, with its newline."""
    return orjson.dumps(plain(value), option=orjson.OPT_APPEND_NEWLINE)


def json_page(value: object) -> bytes:
    """The value as indented JSON in UTF-8, with a newline at the end."""
    return orjson.dumps(plain(value), option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_INDENT_2)
