from types import SimpleNamespace

import pytest

from worker.missions.observation import Coordinates
from worker.streaming.dead_letters import dead_letter, origin_of, replays, without_errors
from worker.streaming.stage import Output

MESSAGE = b"'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"
HEADERS = [("traceparent", b"00-1"), ("content-type", b"text/plain")]


def letter(headers: list[tuple[str, bytes]] | None = None) -> Output:
    record = SimpleNamespace(
        topic="articles.raw",
        partition=3,
        offset=41,
        timestamp=1_650_000_000_000,
        key=b"k",
        value=b"\xff\x00",
        headers=headers,
    )
    record.headers = HEADERS if headers is None else headers
    with pytest.raises(UnicodeEncodeError) as caught:
        "é".encode("ascii")
    return dead_letter("dead", record, reason="encoding", error=caught.value, stage="extract", version="1+ab")


def test_the_record_is_untouched() -> None:
    output = letter()
    assert (output.topic, output.key, output.value) == ("dead", b"k", b"\xff\x00")
    assert list(output.headers[:2]) == HEADERS


def test_the_headers_say_why_and_whence() -> None:
    headers = dict(letter().headers)
    assert headers["__streams.errors.exception"] == b"builtins.UnicodeEncodeError"
    assert headers["__streams.errors.message"] == MESSAGE
    assert b"test_dead_letters.py" in headers["__streams.errors.stacktrace"]
    assert headers["__streams.errors.topic"] == b"articles.raw"
    assert headers["__streams.errors.partition"] == b"3"
    assert headers["__streams.errors.offset"] == b"41"
    assert headers["__mission-worker.reason"] == b"encoding"
    assert headers["__mission-worker.stage"] == b"extract"
    assert headers["__mission-worker.version"] == b"1+ab"
    assert headers["__mission-worker.timestamp"] == b"1650000000000"


def test_a_record_of_nothing_can_be_written_too() -> None:
    record = SimpleNamespace(
        topic="t", partition=0, offset=7, timestamp=-1, key=None, value=None, headers=[("x", None)]
    )
    output = dead_letter("dead", record, reason="empty", error=ValueError(), stage="extract", version="1")
    assert (output.key, output.value) == (b"t-0@7", None)
    assert output.headers[0] == ("x", b"")


def test_it_is_dated_by_its_writing() -> None:
    assert letter().timestamp_ms is None


def test_the_origin_is_read_back() -> None:
    assert origin_of(letter().headers) == ("extract", Coordinates("articles.raw", 3, 41))


def test_headers_that_do_not_say() -> None:
    with pytest.raises(ValueError, match=r"__streams\.errors\.topic"):
        origin_of(HEADERS)


def test_replays_are_carried_on_and_errors_are_not() -> None:
    again = letter([*HEADERS, ("__mission-worker.replays", b"2"), ("__streams.errors.message", b"old")])
    assert replays(again.headers) == 2
    assert [value for name, value in again.headers if name.endswith("message")] == [MESSAGE]
    assert without_errors(again.headers) == HEADERS
