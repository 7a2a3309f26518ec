"""`produce`: raw articles from files into Kafka."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from worker.cli.environment import UnavailableError, cluster, load_settings
from worker.streaming import client

_STDIN = "-"


@click.command(
    short_help="Send raw articles.",
    epilog="Examples: `produce article.html`, `produce folder/*.txt`, `cat feed.jsonl | mission-worker produce -`.",
)
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@click.option("--topic", help="The topic to send to [default: the raw articles'].")
def command(files: tuple[str, ...], topic: str | None) -> None:
    """Send each file as one raw message, whatever is in it; of a .jsonl file, or of standard input (-), each line.

    The key of a message is the name of its file, with the number of its line.
    """
    settings = load_settings()
    topic = topic or settings.topics.articles_raw
    with cluster(settings):
        producer = client.producer(settings.kafka)
        sent = [producer.send(topic, value, key=key.encode()) for name in files for key, value in _messages(name)]
        producer.flush(timeout=max(60.0, len(sent) / 1000))
        for future in sent:
            if not future.succeeded():
                raise UnavailableError(f"not all was sent: {future.exception}")
        producer.close(timeout=5)
    click.echo(f"{len(sent)} sent to {topic}")


def _messages(name: str) -> Iterator[tuple[str, bytes]]:
    if name == _STDIN:
        yield from _lines("stdin", sys.stdin.buffer)
    elif name.endswith(".jsonl"):
        with Path(name).open("rb") as lines:
            yield from _lines(Path(name).name, lines)
    else:
        yield Path(name).name, Path(name).read_bytes()


def _lines(name: str, lines: Iterator[bytes]) -> Iterator[tuple[str, bytes]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield f"{name}:{number}", line.rstrip(b"\r\n")
