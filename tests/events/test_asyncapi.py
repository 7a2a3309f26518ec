"""The AsyncAPI document tells of every topic, header, key and schema that there is, and of nothing else."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

import worker
from tests.events import records
from tests.streaming.records import record
from worker.articles.envelope import Envelope
from worker.events.codec import SCHEMA_OF, Codec
from worker.events.receipt import Receipt
from worker.events.schemas import Schema, directory, load
from worker.missions.event import StatusChanged
from worker.missions.observation import Observation
from worker.missions.timeline import Timeline
from worker.settings import Topics
from worker.streaming.dead_letters import dead_letter
from worker.streaming.extract_stage import ExtractStage
from worker.streaming.publisher import Publisher
from worker.streaming.replay import _back
from worker.streaming.stage import Output
from worker.streaming.topics import topics
from worker.streaming.track_stage import TrackStage

FOLDER = directory()
DOCUMENT: dict[str, Any] = yaml.safe_load((FOLDER / "asyncapi.yaml").read_text())
SCHEMAS = load()
TOPICS = Topics()
PARENT = [("traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), ("tracestate", b"a=1")]
STAGES = (ExtractStage.name, TrackStage.name)
PUBLISHERS = {stage: Publisher(stage, Codec(), SCHEMAS) for stage in STAGES}
TOPIC_OF = {
    Observation: TOPICS.observations,
    StatusChanged: TOPICS.status_changed,
    Timeline: TOPICS.status,
    Receipt: TOPICS.receipts,
}


def followed(node: Any) -> Any:
    """What a node is, or what its reference into the document leads to."""
    while isinstance(node, dict) and node.get("$ref", "").startswith("#/"):
        found: Any = DOCUMENT
        for step in node["$ref"][2:].split("/"):
            found = found[step]
        node = found
    return node


def messages(topic: str) -> list[dict[str, Any]]:
    (channel,) = (each for each in DOCUMENT["channels"].values() if each["address"] == topic)
    return [followed(each) for each in channel["messages"].values()]


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "$ref")
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from references(inner)


def allows(schema: Any, value: str) -> bool:
    """Whether a value is what a schema of a string says, as far as schemas here say anything."""
    schema = followed(schema)
    assert schema.keys() <= {"type", "const", "enum", "pattern", "format", "maxLength", "description", "examples"}
    return (
        schema["type"] == "string"
        and value == schema.get("const", value)
        and value in schema.get("enum", [value])
        and re.search(schema.get("pattern", ""), value) is not None
        and len(value) <= schema.get("maxLength", len(value))
        and ("T" in value and value.endswith("Z") if schema.get("format") == "date-time" else True)
    )


def hold(headers: Mapping[str, Any], written: list[list[tuple[str, bytes]]]) -> None:
    """What is written is as it is described; all that is described is written, and is required if it always is."""
    described, strict = headers["properties"], headers["additionalProperties"] is False
    names = [{name for name, _ in each} for each in written]
    for each in written:
        for name, value in each:
            assert name in described or not strict, f"{name} is not described"
            assert name not in described or allows(described[name], value.decode()), f"{name}: {value!r}"
    assert set(headers["required"]) == set.intersection(*names) & described.keys()
    assert described.keys() <= set.union(*names)


def written(kind: type) -> list[Output]:
    """Records of a kind in all the ways in which they come: with and without what may be absent."""
    value: Any = records.EXAMPLES[SCHEMA_OF[kind]]()
    full, bare = record(b"", headers=PARENT), record(b"", timestamp=-1)
    if kind is Receipt:
        return [PUBLISHERS[stage].receipt(TOPICS.receipts, value) for stage in STAGES]
    if kind is Timeline:
        return [PUBLISHERS["track"].state(TOPICS.status, value, b"", each) for each in (full, bare)]
    if kind is StatusChanged:
        return [PUBLISHERS["track"].event(TOPICS.status_changed, value, each) for each in (full, bare)]
    observed = [PUBLISHERS["extract"].observation(TOPICS.observations, value, each) for each in (full, bare)]
    return [*observed, put_back(observed[0])]


def put_back(output: Output) -> Output:
    """A record that became a dead letter, and then came back."""
    letter = dead(output, "track")
    return _back(record(letter.value, 7, topic=letter.topic, key=letter.key, headers=letter.headers))


def dead(output: Output, stage: str) -> Output:
    came = record(output.value, topic=output.topic, key=output.key, headers=output.headers)
    return dead_letter(
        TOPICS.dead_letter, came, reason="event_decoding", error=ValueError("x"), stage=stage, version="1"
    )


def test_the_document_is_of_this_version() -> None:
    assert DOCUMENT["asyncapi"] == "3.1.0"
    assert DOCUMENT["info"]["version"] == worker.__version__


def test_every_topic_is_a_channel_made_as_the_worker_makes_it() -> None:
    channels = {each["address"]: each for each in DOCUMENT["channels"].values()}
    made = {each.name: each for each in topics(TOPICS)}
    assert len(channels) == len(DOCUMENT["channels"])
    assert channels.keys() == made.keys() == set(TOPICS.names)
    for name, channel in channels.items():
        binding = channel["bindings"]["kafka"]
        configs = {key: ",".join(it) if isinstance(it, list) else str(it) for key, it in made[name].configs.items()}
        told = {
            key: ",".join(it) if isinstance(it, list) else str(it) for key, it in binding["topicConfiguration"].items()
        }
        # Of the settings of a topic, AsyncAPI's binding knows these.
        known = {"cleanup.policy", "retention.ms", "max.message.bytes"}
        assert told == {key: value for key, value in configs.items() if key in known}
        assert (binding["topic"], binding["partitions"]) == (name, made[name].partitions)


def test_every_topic_is_read_and_written_by_whom_the_worker_says() -> None:
    def of(action: str) -> set[str]:
        operations = (each for each in DOCUMENT["operations"].values() if each["action"] == action)
        return {followed(each["channel"])["address"] for each in operations}

    assert of("receive") == {each.name for each in topics(TOPICS) if each.read}
    assert of("send") == {each.name for each in topics(TOPICS) if each.written}


def test_every_version_of_every_schema_is_the_payload_of_one_message_and_no_other_is() -> None:
    files = [reference for reference in references(DOCUMENT) if not reference.startswith("#")]
    assert sorted(files) == sorted(f"./{path.relative_to(FOLDER)}" for path in FOLDER.glob("*/*.avsc"))


def test_every_message_is_of_a_channel_and_every_definition_is_used() -> None:
    used = set(references(DOCUMENT))
    for room, definitions in DOCUMENT["components"].items():
        assert {f"#/components/{room}/{name}" for name in definitions} - used == set()


@pytest.mark.parametrize("kind", TOPIC_OF, ids=lambda kind: SCHEMA_OF[kind])
def test_every_version_is_described_with_its_schema_and_its_names(kind: type) -> None:
    by_file = {each["payload"]["schema"]["$ref"]: each for each in messages(TOPIC_OF[kind])}
    versions: tuple[Schema, ...] = SCHEMAS.versions(SCHEMA_OF[kind])
    assert list(by_file) == [f"./{each.name}/{each.version}.avsc" for each in versions]
    for schema, message in zip(versions, by_file.values(), strict=True):
        properties = message["headers"]["properties"]
        assert message["name"] == schema.definition["name"]
        assert properties["ce_type"]["const"] == f"{schema.definition['namespace']}.{schema.definition['name']}"
        assert properties["ce_dataschema"]["const"] == schema.urn


@pytest.mark.parametrize("kind", TOPIC_OF, ids=lambda kind: SCHEMA_OF[kind])
def test_what_is_written_has_the_headers_and_keys_that_are_described(kind: type) -> None:
    outputs = written(kind)
    message = messages(TOPIC_OF[kind])[-1]  # of the latest version, the one that is written
    assert message["contentType"] == DOCUMENT["defaultContentType"]
    assert {each.topic for each in outputs} == {TOPIC_OF[kind]}
    hold(message["headers"], [list(each.headers) for each in outputs])
    for each in outputs:
        assert each.key is not None
        assert allows(message["bindings"]["kafka"]["key"], each.key.decode())


def test_a_dead_letter_has_the_headers_that_are_described() -> None:
    (message,) = messages(TOPICS.dead_letter)
    article = Output(TOPICS.articles_raw, None, None, PARENT)
    letters = [dead(article, stage) for stage in STAGES]
    hold(message["headers"], [list(each.headers) for each in letters])
    added = {name for name, _ in letters[0].headers} - {name for name, _ in PARENT}
    assert added == message["headers"]["properties"].keys()


def test_an_article_is_described_as_it_is_read() -> None:
    headers = followed(DOCUMENT["components"]["messages"]["articleJson"]["headers"])["properties"]
    assert {each["contentType"] for each in messages(TOPICS.articles_raw)} == {
        "text/plain",
        "application/json",
        "text/html",
    }
    returned = put_back(Output(TOPICS.articles_raw, b"k", b"x", PARENT))
    for name, value in returned.headers:
        assert allows(headers[name], value.decode()), name
    assert headers.keys() - dict(returned.headers).keys() == {"content-type", "truncated"}
    article = DOCUMENT["components"]["schemas"]["article"]
    assert list(article["properties"]) == list(Envelope.__struct_fields__)


def test_the_checks_above_can_fail() -> None:
    headers = messages(TOPICS.status_changed)[-1]["headers"]
    good = [list(each.headers) for each in written(StatusChanged)]
    for bad in (
        [[*each, ("extra", b"")] for each in good],
        [[(name, value) for name, value in each if name != "ce_id"] for each in good],
        [[(name, b"x" if name == "ce_type" else value) for name, value in each] for each in good],
        [[(name, value) for name, value in each if name != "tracestate"] for each in good],
    ):
        with pytest.raises(AssertionError):
            hold(headers, bad)
