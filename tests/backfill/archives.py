"""Files of every kind that a backfill reads, made of given articles."""

import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ARTICLES = (
    "The Security Council has extended the mandate of MINUSMA until 30 June 2023, it decided on Wednesday.",
    "Germany will withdraw its soldiers from MINUSMA by the end of 2023, the cabinet decided on Wednesday.",
    "Two cats sat in the garden and looked at the rain, as they do every summer.",
)
LONGEST = 10_000
_DATED = {"WARC-Date": "2022-06-29T10:00:00Z"}


def envelope(number: int, text: str) -> bytes:
    return json.dumps({"id": f"a-{number}", "published_at": "2022-06-29", "language": "en", "text": text}).encode()


def json_lines(path: Path, texts: Sequence[str] = ARTICLES) -> Path:
    data = b"".join(envelope(number, text) + b"\n" for number, text in enumerate(texts))
    match path.suffix:
        case ".gz":
            # Two members, as tools that append make them.
            cut = len(data) // 2
            data = gzip.compress(data[:cut]) + gzip.compress(data[cut:])
        case ".zst":
            cut = len(data) // 2
            data = zstandard.compress(data[:cut]) + zstandard.compress(data[cut:])
    path.write_bytes(data)
    return path


def warc(path: Path, texts: Sequence[str] = ARTICLES) -> Path:
    """A crawl as crawlers write it: a request, a redirection and an image among the pages, bodies compressed."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=path.suffix == ".gz")
    writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
    _answer(writer, "https://news.example/old", "301 Moved", "text/html", b"moved")
    _answer(writer, "https://news.example/i.png", "200 OK", "image/png", b"\x89PNG")
    for number, text in enumerate(texts):
        page = f'<html lang="en"><meta charset="iso-8859-1"><h1>Caf\xe9</h1><p>{text}</p></html>'.encode("latin-1")
        _answer(writer, f"https://news.example/{number}", "200 OK", "text/html; charset=iso-8859-1", page)
    path.write_bytes(out.getvalue())
    return path


def wet(path: Path, text: str) -> Path:
    """Text that somebody made of a page, as Common Crawl offers it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    record = writer.create_warc_record(
        "https://news.example/t",
        "conversion",
        payload=io.BytesIO(text.encode()),
        length=len(text.encode()),
        warc_content_type="text/plain",
        warc_headers_dict=_DATED,
    )
    writer.write_record(record)
    path.write_bytes(out.getvalue())
    return path


def _answer(writer: WARCWriter, address: str, status: str, kind: str, body: bytes) -> None:
    packed = gzip.compress(body)
    headers = [("Content-Type", kind), ("Content-Encoding", "gzip")]
    record = writer.create_warc_record(
        address,
        "response",
        payload=io.BytesIO(packed),
        length=len(packed),
        http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        warc_headers_dict=_DATED,
    )
    writer.write_record(record)
