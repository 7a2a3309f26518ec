"""The service from end to end on a real broker, as its users run it."""

import base64
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.service import Service, wait_for
from tests.integration.support import feed, public
from worker.streaming import client, topics
from worker.streaming.exits import Exit

pytestmark = pytest.mark.timeout(120)

NEWS = json.dumps(
    {
        "id": "a1",
        "published_at": "2022-04-11",
        "language": "en",
        "text": "The European Union has suspended its training mission in Mali, EUTM Mali, because of mercenaries.",
    }
).encode()
REPEAT = NEWS.replace(b'"a1"', b'"a2"')
DULL = b"Two cats sat in the garden and looked at the rain, as they do every summer."

BAD: dict[str, bytes | None] = {
    "empty": b"",
    "binary": b"\x00\x9c" * 500,
    "encoding": b"The mission \xff\xfe in Mali has ended.",
    "json_syntax": b'{"id": "x", "text": "The mission in Mali has en',
    "too_large": b"The mission in Mali has ended. " * 170_000,
    "too_deep (JSON)": b'{"text":' * 5_000 + b'"x"' + b"}" * 5_000,
    "too_deep (HTML)": b"<div>" * 5_000 + b"mission" + b"</div>" * 5_000,
    "json_shape": b'{"headline": "no text"}',
}


@pytest.fixture
def service(broker: str, topic_prefix: str, tmp_path: Path) -> Iterator[Service]:
    with Service(broker, topic_prefix, tmp_path, partitions=2) as service:
        yield service


def ready(service: Service) -> bool:
    return len(service.events("partitions.assigned")) >= 2


def published(service: Service) -> bool:
    return service.drained() and bool(service.events("event.published"))


def consumed(service: Service, topic: str | None = None) -> list[dict[str, Any]]:
    name = [] if topic is None else [topic]
    answer = service.command("consume", *name, "--from-beginning", "--until-end", "--json")
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


def test_from_an_article_to_an_event(service: Service, tmp_path: Path) -> None:
    (tmp_path / "news.json").write_bytes(NEWS)
    (tmp_path / "feed.jsonl").write_bytes(REPEAT + b"\n" + json.dumps({"text": DULL.decode()}).encode() + b"\n")
    sent = service.command("produce", str(tmp_path / "news.json"))
    assert "1 sent to" in sent.stdout, sent.stderr
    wait_for(lambda: published(service), 30, "the event")
    sent = service.command("produce", str(tmp_path / "feed.jsonl"))
    assert "2 sent to" in sent.stdout, sent.stderr
    wait_for(service.drained, 30, "the end of the input")

    (event,) = consumed(service)
    assert event["key"] == "eutm-mali"
    assert event["value"]["change"] == "suspended"
    assert event["value"]["status"] == "suspended"
    assert event["value"]["source"]["article"] == "a1"
    assert event["value"]["source"]["topic"] == service.topics.articles_raw
    assert event["value"]["observed_at"]["topic"] == service.topics.observations
    assert event["headers"]["ce_id"] == event["value"]["id"]
    assert event["headers"]["content-type"] == "application/avro"
    observations = consumed(service, service.topics.observations)
    assert {it["value"]["source"]["article"] for it in observations} == {"a1", "a2"}
    assert len({it["partition"] for it in (*observations, event)}) == 1
    state = consumed(service, service.topics.status)[-1]
    assert (state["key"], state["value"]["status"], state["value"]["sequence"]) == ("eutm-mali", "suspended", 1)
    outcomes: Counter[str] = Counter()
    for receipt in consumed(service, service.topics.receipts):
        outcomes.update(receipt["value"]["outcomes"])
    assert (outcomes["observed"], outcomes["changed"], outcomes["corroborated"]) == (2, 1, 1)
    assert outcomes.total() == 3 + 2
    raw = consumed(service, service.topics.articles_raw)
    assert {it["key"] for it in raw} == {"news.json", "feed.jsonl:1", "feed.jsonl:2"}
    verified = service.command("verify")
    assert verified.returncode == 0, verified.stdout
    assert "everything was processed exactly once" in verified.stdout


def test_bad_input_becomes_a_dead_letter_each_and_the_worker_goes_on(service: Service) -> None:
    wait_for(lambda: ready(service), 30, "the start")
    values = [value if value is not None else b"" for value in BAD.values()]
    feed(service.kafka, service.topics.articles_raw, [*values, NEWS])
    wait_for(lambda: published(service), 40, "the event behind them")
    letters = public(service.kafka, service.topics.dead_letter)
    found = {dict(letter.headers)["__mission-worker.reason"].decode(): letter.value for letter in letters}
    assert len(letters) == len(BAD)
    assert sorted(letter.value for letter in letters) == sorted(values)
    assert found.keys() == {reason.split()[0] for reason in BAD}
    assert service.stop() == 0
    assert not [line for line in service.events("process.ended") if line["exit_code"] != 0]
    shown = consumed(service, service.topics.dead_letter)
    values_shown = [it["value"] for it in shown]
    assert {"base64": base64.b64encode(BAD["encoding"] or b"").decode()} in values_shown
    assert (BAD["json_syntax"] or b"").decode() in values_shown
    assert service.command("verify").returncode == 0


def test_sigterm_ends_it_with_everything_committed(service: Service) -> None:
    wait_for(lambda: ready(service), 30, "the start")
    feed(service.kafka, service.topics.articles_raw, [NEWS.replace(b"a1", b"a%d" % i) for i in range(3_000)])
    wait_for(lambda: len(service.events("transaction.committed")) > 0, 30, "the first transaction", every=0.05)
    began = time.monotonic()
    assert service.stop() == 0
    assert time.monotonic() - began < 10
    assert service.command("verify").returncode == 0
    service.start()
    wait_for(service.drained, 60, "the end of the input")
    assert service.stop() == 0
    assert len(consumed(service, service.topics.observations)) == 3_000
    assert len(consumed(service)) == 1
    assert service.command("verify").returncode == 0


def test_a_restart_within_the_session_is_no_rebalance(service: Service) -> None:
    wait_for(lambda: ready(service), 30, "the start")
    assert service.stop() == 0
    service.start()
    wait_for(lambda: len(service.events("partitions.assigned")) == 4, 30, "the second start")
    by_topic: dict[str, set[int]] = {}
    for line in service.events("partitions.assigned"):
        by_topic.setdefault(line["messaging.destination.name"], set()).add(line["generation"])
    assert all(len(generations) == 1 for generations in by_topic.values()), by_topic


def test_state_outlives_the_process(service: Service) -> None:
    feed(service.kafka, service.topics.articles_raw, [NEWS])
    wait_for(lambda: published(service), 30, "the event")
    for child in service.children():
        os.kill(child, signal.SIGKILL)
    feed(service.kafka, service.topics.articles_raw, [REPEAT])
    wait_for(lambda: service.drained() and len(consumed(service, service.topics.observations)) == 2, 30, "the repeat")
    assert len(consumed(service)) == 1
    assert consumed(service, service.topics.status)[-1]["value"]["observations"] == 2
    assert max(line["subjects"] for line in service.events("state.restored")) == 1


def test_a_flood_of_dead_letters_stops_the_stage_and_not_the_process(service: Service) -> None:
    wait_for(lambda: ready(service), 30, "the start")
    feed(service.kafka, service.topics.articles_raw, [b'{"cut off'] * 400)
    wait_for(lambda: bool(service.events("worker.braked")), 30, "the brake")
    time.sleep(1)
    assert public(service.kafka, service.topics.dead_letter) == []
    assert len(service.children()) == 2
    assert service.stop() == 0


def test_the_children_do_not_outlive_the_supervisor(service: Service) -> None:
    wait_for(lambda: ready(service), 30, "the start")
    children = service.children()
    assert len(children) == 2
    service.process.kill()
    service.process.wait()
    wait_for(lambda: not any(Path(f"/proc/{pid}/stat").exists() for pid in children), 10, "the end of the children")


def test_one_port_serves_metrics_and_health_of_all(broker: str, topic_prefix: str, tmp_path: Path) -> None:
    service = Service(broker, topic_prefix, tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        port = free_port()
        patch.setitem(service.environment, "MISSION_WORKER_METRICS_PORT", str(port))
        with service:
            address = f"http://127.0.0.1:{port}"
            wait_for(lambda: answers(f"{address}/readyz", 200), 30, "readiness")
            feed(service.kafka, service.topics.articles_raw, [NEWS, DULL, b""], partitions=4)
            wait_for(lambda: published(service), 30, "the event")
            text = httpx.get(f"{address}/metrics").text
            assert answers(f"{address}/livez", 200)
    samples = {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line[0] != "#"}
    extract, track = (f'process="{topic_prefix.rstrip(".")}-{stage}-0"' for stage in ("extract", "track"))
    assert samples[f'mission_worker_events_published_total{{{track},change="suspended"}}'] == 1
    assert samples[f'mission_worker_dead_letters_total{{{extract},reason="empty",stage="extract"}}'] == 1
    assert samples[f'mission_worker_record_outcomes_total{{{extract},outcome="observed",stage="extract"}}'] == 1
    assert samples[f'mission_worker_assigned_partitions{{{track},topic="{service.topics.observations}"}}'] == 4


def answers(address: str, status: int) -> bool:
    try:
        return httpx.get(address).status_code == status
    except httpx.HTTPError:
        return False


def free_port() -> int:
    from deploy.local.ports import free_ports  # noqa: PLC0415 - needed here alone

    return free_ports(1)[0]


def test_without_topics_it_says_so_and_does_not_try_again(broker: str, topic_prefix: str, tmp_path: Path) -> None:
    service = Service(broker, topic_prefix, tmp_path)
    service.start()
    assert service.process.wait(timeout=30) == Exit.CONFIG
    (failed, *_) = service.events("worker.failed")
    assert f"topic {service.topics.articles_raw} does not exist: `topics create` makes it" in failed["error.message"]


def test_topics_that_do_not_go_together_are_refused(service: Service) -> None:
    admin = client.admin(service.kafka)
    admin.create_partitions({service.topics.status: 5})
    admin.close()
    answer = service.command("topics", "check")
    assert answer.returncode == 1
    assert "must lie in partitions of one number" in answer.stderr


def test_making_the_topics_twice_changes_nothing(service: Service) -> None:
    assert not any(topics.create(service.kafka, service.topics).values())
    answer = service.command("topics", "create")
    assert answer.returncode == 0
    assert answer.stdout.count("exists") == 6


def test_a_cluster_that_is_not_there_is_named(service: Service) -> None:
    service.environment["KAFKA_BOOTSTRAP_SERVERS"] = "127.0.0.1:1"
    service.environment["KAFKA_REQUEST_TIMEOUT_MS"] = "600"
    answer = service.command("consume")
    assert answer.returncode == Exit.UNAVAILABLE
    assert answer.stderr.startswith("Error: Kafka at 127.0.0.1:1 (KAFKA_BOOTSTRAP_SERVERS)")
    assert answer.stderr.count("\n") == 1


def test_dead_letters_can_be_put_back_once(service: Service) -> None:
    wait_for(lambda: ready(service), 30, "the start")
    feed(service.kafka, service.topics.articles_raw, [b'{"cut off', b"", NEWS])
    wait_for(lambda: published(service), 30, "the event")
    counted = service.command("deadletters")
    assert "1  json_syntax" in counted.stdout
    assert "2  in all" in counted.stdout
    answer = service.command("deadletters", "replay", "--reason", "json_syntax")
    assert "1  put back: json_syntax" in answer.stdout, answer.stderr
    wait_for(lambda: service.drained() and len(consumed(service, service.topics.dead_letter)) == 3, 30, "its return")
    again = consumed(service, service.topics.dead_letter)
    assert sorted(it["headers"]["__mission-worker.replays"] for it in again) == ["0", "0", "1"]
    answer = service.command("deadletters", "replay", "--reason", "json_syntax", "--limit", "1")
    assert "1  left alone: replayed before" in answer.stdout
    assert "1  left alone: replayed too often" in answer.stdout
    assert "0  put back in all" in answer.stdout
    assert service.command("verify").returncode == 0
