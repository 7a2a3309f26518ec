"""JSON is bounded before it is parsed, and an object that says a thing twice is refused."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.articles.envelope import Envelope, open_envelope
from worker.articles.limits import DEFAULT, Limits
from worker.articles.nesting import deeper_than, repeated_key

KEYS = re.compile(rb'"(?:text|id)"')
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=20,
)


def depth_of(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    return 1 + max(map(depth_of, value), default=0) if isinstance(value, list) else 0


@given(VALUES)
def test_depth_is_that_of_the_parsed_value(value: object) -> None:
    written = json.dumps(value).encode()
    depth = depth_of(value)
    assert not deeper_than(written, depth)
    assert not depth or deeper_than(written, depth - 1)


@pytest.mark.parametrize("value", [rb'"[[[[[', rb'"\"[[[[[', b'["]]]]]]][[[[[', b'"\\', b'{"a\\\\": "[[[["}'])
def test_brackets_in_strings_do_not_count_even_where_the_string_never_ends(value: bytes) -> None:
    assert not deeper_than(value, 1)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (b'{"text": 1, "text": 2}', b'"text"'),
        (b'{"id":1,"x":{"id":3},"text":"a","id"\n:2}', b'"id"'),
        (b'{"text": 1, "x": {"text": 2}}', None),
        (b'{"text": "a \\"text\\" b", "id": "text"}', None),
        (b'{"text": "id", "id": "text"}', None),
        (b'{"x": ["text", "text", "id"], "text": 1}', None),
    ],
)
def test_repeated_keys(value: bytes, key: bytes | None) -> None:
    assert repeated_key(value, KEYS) == key


def test_fields_that_are_unknown_are_skipped_and_known_ones_are_typed() -> None:
    value = b'{"x": [1, {"text": 2}], "html": "<p>", "text": null, "id": 7, "published_at": 2022.5, "y": null}'
    assert open_envelope(value, DEFAULT) == Envelope(html="<p>", id=7, published_at=2022.5)


def test_depth_is_refused_before_the_parser_recurses() -> None:
    nested = b'{"text": "Mali", "x": ' + b"[" * 63 + b"]" * 63 + b"}"
    assert open_envelope(nested, DEFAULT).text == "Mali"
    with pytest.raises(ValueError, match="deeper than 63"):
        open_envelope(nested, Limits(max_json_depth=63))
