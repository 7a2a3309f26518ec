"""`diff` on a real broker: exactly the events that another register would have changed, and nothing published."""

import json
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from kafka import TopicPartition

from tests.integration.service import Service, wait_for
from tests.integration.support import feed, public
from worker.articles.decode import decode
from worker.events.codec import Codec
from worker.extraction import Extractor
from worker.missions.event import StatusChanged
from worker.missions.fold import fold
from worker.missions.observation import Coordinates, Source, Versions, observe
from worker.missions.register import Register
from worker.missions.timeline import Timeline
from worker.streaming import client

pytestmark = pytest.mark.timeout(180)

CODEC = Codec()
ALIAS = "Operation Blue Lantern"
NOBODY = Versions(code="", register="")
ARTICLES = [
    f"The military mission {ALIAS} has been suspended until further notice, its command said on Tuesday.",
    f"The United States has suspended its military mission {ALIAS} in Kosovo until further notice.",
    "The Security Council has extended the mandate of the peacekeeping mission UNIFIL until 2023-12.",
    "The European Union has suspended its training mission in Mali, EUTM Mali, the ministers said on Tuesday.",
    "NATO has reinforced KFOR with 600 additional soldiers, the alliance announced on Wednesday.",
    "NATO has reinforced KFOR with 600 additional soldiers, the alliance announced on Wednesday.",
]
TOUCHED = {"a0", "a1", "a4", "a5"}
"""The articles with the alias, and those behind them that tell of the mission that it means."""


def article(nth: int, text: str) -> bytes:
    return json.dumps({"id": f"a{nth}", "published_at": f"2022-0{nth + 1}-16", "language": "en", "text": text}).encode()


def with_alias() -> bytes:
    data = json.loads(resources.files("worker.missions").joinpath("register.json").read_bytes())
    (kfor,) = [mission for mission in data["missions"] if mission["slug"] == "kfor"]
    kfor["aliases"]["en"].append(ALIAS)
    return json.dumps(data).encode()


def published(register: Register, values: Sequence[bytes]) -> set[str]:
    """The identifiers of the events that one pass over the articles gives."""
    extractor = Extractor.load(register)
    timelines: dict[str, Timeline] = {}
    found = set()
    for value in values:
        if not extractor.relevant(value):
            continue
        read = decode(value)
        extraction = extractor.extract(read)
        source = Source.of(read, extraction.language, Coordinates("", 0, 0), None)
        for observation in observe(extraction, source, NOBODY):
            before = timelines.get(observation.subject)
            folded = fold(before, observation, Coordinates("", 0, 0), register, NOBODY)
            timelines[observation.subject] = folded.timeline
            if folded.event is not None:
                found.add(folded.event.id)
    return found


@pytest.fixture
def service(broker: str, topic_prefix: str, tmp_path: Path) -> Iterator[Service]:
    """A service that has read the articles; those in one partition have one order that everybody knows."""
    with Service(broker, topic_prefix, tmp_path, partitions=2) as service:
        feed(service.kafka, service.topics.articles_raw, [article(*it) for it in enumerate(ARTICLES)], partitions=1)
        wait_for(lambda: service.drained() and bool(service.events("event.published")), 40, "the events")
        assert service.stop() == 0
        yield service


def diff(service: Service, *arguments: str) -> dict[str, Any]:
    answer = service.command("diff", "--json", *arguments)
    told: dict[str, Any] = json.loads(answer.stdout)
    assert answer.returncode == (1 if told["added"] or told["removed"] or told["changed"] else 0), answer.stderr
    return told


def test_a_mission_gets_an_alias(service: Service, tmp_path: Path) -> None:
    file = tmp_path / "register.json"
    file.write_bytes(with_alias())
    values = [article(*it) for it in enumerate(ARTICLES)]
    before, after = published(Register.load(), values), published(Register.parse(with_alias()), values)
    events = [
        CODEC.decode(it.value, StatusChanged).value for it in public(service.kafka, service.topics.status_changed)
    ]
    assert {event.id for event in events} == before

    told = diff(service, "--register", str(file))
    added, removed, changed = told["added"], told["removed"], told["changed"]
    assert {it["id"] for it in added} | {it["after"]["id"] for it in changed} == after - before
    assert {it["id"] for it in removed} | {it["before"]["id"] for it in changed} == before - after
    assert told["same"] == len(before & after) > 0
    assert [(it["subject"], it["change"], it["source"]["article"]) for it in added] == [
        ("kfor", "suspended", "a0"),
        ("kfor/US", "suspended", "a1"),
    ]
    assert [(it["subject"], it["source"]["article"]) for it in removed] == [("US@XK", "a1")]
    differing = [*added, *removed, *(it["after"] for it in changed)]
    assert {it["source"]["article"] for it in differing} <= TOUCHED
    (first,) = [it for it in changed if it["after"]["source"]["article"] == "a4"]
    assert first["fields"] == ["sequence", "previous_status"]
    assert (first["before"]["previous_status"], first["after"]["previous_status"]) == (None, "suspended")
    assert told["register"] == Register.parse(with_alias()).version

    shown = service.command("diff", "--register", str(file))
    assert shown.returncode == 1
    lines = shown.stdout.splitlines()
    assert [line.split()[1:4] for line in lines if line.startswith("+")] == [
        ["kfor", "1", "suspended"],
        ["kfor/US", "1", "suspended"],
    ]
    assert [line.split()[:2] for line in lines if line.startswith("-")] == [["-", "US@XK"]]
    assert any(line.startswith("~") and "previous_status: – → suspended" in line for line in lines)
    assert f"{len(added)} added, {len(removed)} removed, {len(changed)} changed, {told['same']} the same" in lines[-1]
    again = [CODEC.decode(it.value, StatusChanged).value for it in public(service.kafka, service.topics.status_changed)]
    assert again == events


def test_articles_that_are_gone_keep_their_observations(service: Service) -> None:
    admin = client.admin(service.kafka)
    admin.delete_records({TopicPartition(service.topics.articles_raw, 0): 4})
    admin.close()
    told = diff(service)
    assert (told["added"], told["removed"], told["changed"]) == ([], [], [])
    assert told["articles"] == len(ARTICLES) - 4
    assert told["gone"] > 0


def test_what_the_service_itself_wrote_is_no_difference(written: Service) -> None:
    """Several transactions, two partitions, dead letters: every article finds its place again."""
    told = diff(written)
    assert (told["added"], told["removed"], told["changed"]) == ([], [], [])
    assert told["same"] == len(public(written.kafka, written.topics.status_changed)) > 20
    assert told["gone"] == 0


def test_what_is_no_register_is_refused(written: Service, tmp_path: Path) -> None:
    (tmp_path / "register.json").write_text('{"missions": 3}')
    answer = written.command("diff", "--register", str(tmp_path / "register.json"))
    assert answer.returncode == 78
    assert "no register" in answer.stderr
