"""What lies in files of every kind, whole and damaged."""

import gzip
import os
from pathlib import Path

import pytest
import zstandard

from tests.backfill.archives import ARTICLES, LONGEST, envelope, json_lines, warc, wet
from worker.articles.decode import decode
from worker.backfill.inputs import Input, identity, inputs
from worker.backfill.message import TRUNCATED, BrokenFileError, Message
from worker.backfill.messages import messages


def found(path: Path, longest: int = LONGEST) -> list[Message]:
    (given,) = inputs([str(path)])
    return [message for message, _ in messages(given, longest)]


def until_broken(path: Path) -> tuple[list[Message], str]:
    (given,) = inputs([str(path)])
    seen: list[Message] = []
    with pytest.raises(BrokenFileError) as broken:
        seen.extend(message for message, _ in messages(given, LONGEST))
    return seen, str(broken.value)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.jsonl.zst", "A.JSONL"])
def test_each_line_is_a_message_however_the_file_is_compressed(tmp_path: Path, name: str) -> None:
    path = json_lines(tmp_path / name)
    seen = found(path)
    assert [message.value for message in seen] == [envelope(*it) for it in enumerate(ARTICLES)]
    assert [message.offset for message in seen] == [0, 1, 2]
    assert {message.topic for message in seen} == {f"file:{path}"}
    assert [message.key.decode() for message in seen] == [f"{name}:{number}" for number in (1, 2, 3)]


def test_lines_that_are_blank_are_none_and_the_last_needs_no_end(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\n{"text": "one"}\r\n  \n{"text": "two"}')
    assert [(it.value, it.key) for it in found(path)] == [
        (b'{"text": "one"}', b"a.jsonl:1"),
        (b'{"text": "two"}', b"a.jsonl:2"),
    ]


def test_a_line_may_hold_a_raw_message_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"id": 1, "raw": " date 2022-02 Fin \\u00e9"}\n{"raw": "x", "text": "kept"}\n{"raw": 3}\n"raw"\n'
    )
    assert [it.value for it in found(path)] == [
        " date 2022-02 Fin é".encode(), b'{"raw": "x", "text": "kept"}', b'{"raw": 3}', b'"raw"',
    ]  # fmt: skip


def test_of_a_line_that_is_too_long_only_the_beginning_is_read_and_the_next_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 1000 + b"\n" + b"y" * 100 + b"\n" + b"z" * 101)
    seen = found(path, 100)
    assert [len(it.value) for it in seen] == [101, 100, 101]
    assert [dict(it.headers).get(TRUNCATED) for it in seen] == [b"true", None, b"true"]


def test_any_other_file_is_one_message_dated_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "article.html.gz"
    path.write_bytes(gzip.compress(b"<p>Hello there</p>"))
    os.utime(path, (1_645_095_600, 1_645_095_600))
    (message,) = found(path)
    assert (message.value, message.timestamp, message.key) == (
        b"<p>Hello there</p>",
        1_645_095_600_000,
        b"article.html.gz",
    )


def test_a_file_that_unpacks_without_end_is_read_no_further_than_an_article_may_be(tmp_path: Path) -> None:
    for name, pack in (("bomb.gz", gzip.compress), ("bomb.zst", zstandard.compress)):
        (tmp_path / name).write_bytes(pack(bytes(200_000_000)))
        (message,) = found(tmp_path / name)
        assert len(message.value) == LONGEST + 1
        assert dict(message.headers)[TRUNCATED] == b"true"


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_the_pages_of_a_web_archive_are_messages(tmp_path: Path, name: str) -> None:
    seen = found(warc(tmp_path / name))
    assert [message.key for message in seen] == [f"https://news.example/{number}".encode() for number in range(3)]
    article = decode(seen[0].value, headers=seen[0].headers, timestamp_ms=seen[0].timestamp)
    assert "Café" in article.text
    assert ARTICLES[0] in article.text
    assert str(article.published) == "2022-06-29", "the day on which it was fetched"


def test_the_texts_of_a_web_archive_are_messages(tmp_path: Path) -> None:
    (message,) = found(wet(tmp_path / "crawl.warc.wet.gz", "Café Mali"))
    assert (message.value.decode(), message.key) == ("Café Mali", b"https://news.example/t")
    assert decode(message.value, headers=message.headers, timestamp_ms=message.timestamp).text == "Café Mali"


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_a_file_that_was_cut_off_is_told_after_what_it_holds(tmp_path: Path, name: str) -> None:
    path = json_lines(tmp_path / name, ARTICLES * 100)
    path.write_bytes(path.read_bytes()[:-20])
    seen, why = until_broken(path)
    assert seen
    assert seen[0].value == envelope(0, ARTICLES[0])
    assert "end" in why


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_an_archive_that_was_cut_off_is_told_after_what_it_holds(tmp_path: Path, name: str) -> None:
    path = warc(tmp_path / name)
    path.write_bytes(path.read_bytes()[:-60])
    seen, why = until_broken(path)
    assert [message.key for message in seen] == [b"https://news.example/0", b"https://news.example/1"]
    assert "end" in why


def test_rubbish_in_an_archive_is_told(tmp_path: Path) -> None:
    path = warc(tmp_path / "a.warc")
    path.write_bytes(path.read_bytes() + b"rubbish\r\n\r\n")
    seen, why = until_broken(path)
    assert len(seen) == 3
    assert "no WARC record" in why


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError, match="No such file"):
        list(messages(Input(str(tmp_path / "gone"), 1, 1), LONGEST))


def test_folders_are_read_in_order_each_file_once(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden", ".git/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    given = inputs([str(tmp_path), str(tmp_path / "a.txt")])
    assert [Path(each.name).relative_to(tmp_path).as_posix() for each in given] == ["a.txt", "b/1.txt", "b/2.txt"]
    assert identity(given) != identity(given[:2])
    assert identity(given) != identity(given, "other rules")
    assert identity(given) == identity(tuple(given))
