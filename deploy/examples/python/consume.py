"""Prints each `mission-status-changed` event on a line, once.

A consumer as anybody may write one: it needs kafka-python, fastavro and the folder `schemas`, and nothing else of this
project.
"""

import argparse
import json
import os
import sys
from collections import OrderedDict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import fastavro
from fastavro.schema import fingerprint, to_parsing_canonical_form
from kafka import KafkaConsumer

NAME = "mission-status-changed"
MARKER = b"\xc3\x01"  # Avro's single-object encoding; the fingerprint of the schema, eight bytes, and the record follow
PREFIX_BYTES = len(MARKER) + 8
REMEMBERED = 100_000


class Decoder:
    """Decodes records of any version of a schema into what the latest version says.

    Args:
        folder: the versions of the schema, `1.avsc` and so on.
    """

    def __init__(self, folder: Path) -> None:
        files = sorted(folder.glob("*.avsc"), key=lambda path: int(path.stem))
        if not files:
            raise SystemExit(f"no schemas in {folder}")
        versions = [json.loads(path.read_bytes()) for path in files]
        self._latest = fastavro.parse_schema(versions[-1])
        self._by_fingerprint = {
            bytes.fromhex(fingerprint(to_parsing_canonical_form(version), "CRC-64-AVRO")): fastavro.parse_schema(
                version
            )
            for version in versions
        }

    def __call__(self, value: bytes) -> dict[str, Any]:
        """The record in the value. Raises ValueError when it names no schema, or none of these."""
        if not value.startswith(MARKER):
            raise ValueError("no single-object encoding; does the worker use a schema registry?")
        written = self._by_fingerprint.get(value[len(MARKER) : PREFIX_BYTES])
        if written is None:
            raise ValueError("a schema that is not among these; is there a newer version?")
        record: Any = fastavro.schemaless_reader(BytesIO(value[PREFIX_BYTES:]), written, self._latest)
        return dict(record)


class Seen:
    """The ids of the last events, to know a repeat by.

    The worker writes each event once. But a consumer that ends after it has acted on an event and before it has
    committed the offset, or whose partition moves in between, reads it again. Where that must not matter across
    restarts, keep the ids with what the events do, in the same transaction of the same database.
    """

    def __init__(self) -> None:
        self._ids: OrderedDict[bytes, None] = OrderedDict()

    def repeats(self, identifier: bytes) -> bool:
        """Whether the id has been here before; it is remembered from now on."""
        if identifier in self._ids:
            return True
        self._ids[identifier] = None
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)
        return False


def batches(consumer: Any, *, until_end: bool) -> Iterator[list[Any]]:
    """The records as they come; those of a batch are committed when the next one is asked for."""
    ends: dict[Any, int] = {}
    while True:
        polled = consumer.poll(timeout_ms=500)
        yield [record for records in polled.values() for record in records]
        if polled:
            consumer.commit()
        if until_end and (assigned := consumer.assignment()):
            ends.update(consumer.end_offsets([partition for partition in assigned if partition not in ends]))
            if all(consumer.position(partition) >= ends[partition] for partition in assigned):
                return


def line(event: dict[str, Any]) -> str:
    """An event as one line of text."""
    flags = [name for name in ("late", "contradicts") if event[name]]
    if event["corrects"]:
        flags.append(f"corrects {event['corrects']}")
    parts = [
        event["occurred"],
        event["subject"],
        f"#{event['sequence']}",
        f"{event['change']}:",
        f"{event['previous_status'] or '-'} -> {event['status']}",
        *(f"[{flag}]" for flag in flags),
        '"' + " ".join(event["evidence"]["quote"].split()) + '"',
    ]
    return " ".join(parts)


def main() -> None:
    """Consume until interrupted, or until the end of the topic as it is now."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--bootstrap", default=os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"))
    parser.add_argument("--topic", default="missions.status-changed")
    parser.add_argument("--group", default="example-python", help="the consumer group")
    parser.add_argument("--schemas", type=Path, default=Path(__file__).parents[3] / "schemas", help="the folder")
    parser.add_argument("--until-end", action="store_true", help="end where the topic ends now")
    options = parser.parse_args()

    decode, seen = Decoder(options.schemas / NAME), Seen()
    consumer = KafkaConsumer(
        options.topic,
        bootstrap_servers=options.bootstrap.split(","),
        group_id=options.group,
        isolation_level="read_committed",  # the default shows what aborted transactions wrote
        auto_offset_reset="earliest",
        enable_auto_commit=False,  # committed here, when the events are on the screen
        allow_auto_create_topics=False,
    )
    try:
        for records in batches(consumer, until_end=options.until_end):
            for record in records:
                try:
                    if not seen.repeats(dict(record.headers)["ce_id"]):
                        print(line(decode(record.value)), flush=True)
                except (LookupError, ValueError, EOFError) as error:
                    # To go on would be to lose an event without a word.
                    sys.exit(f"{record.topic}-{record.partition}@{record.offset}: {type(error).__name__}: {error}")
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
