import logging
import re
import warnings
from collections.abc import Callable

import pytest
import structlog

from tests.telemetry.conftest import Clock, Stream

Configure = Callable[..., Stream]


def fail(error: Exception) -> None:
    raise error


def test_a_line_is_one_json_object_with_the_names_of_the_conventions(configure: Configure) -> None:
    stream = configure(context={"service": "mission-worker", "version": "1.2", "process": "extract-0"})
    structlog.get_logger().info(
        "transaction.committed",
        topic="articles.raw",
        partition=3,
        offset=41,
        group="g",
        records=7,
        subject="minusma/DE",
    )
    (line,) = stream.lines
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("@timestamp"))
    assert line == {
        "log.level": "info",
        "event": "transaction.committed",
        "service.name": "mission-worker",
        "service.version": "1.2",
        "process.name": "extract-0",
        "messaging.destination.name": "articles.raw",
        "messaging.destination.partition.id": 3,
        "messaging.kafka.offset": 41,
        "messaging.consumer.group.name": "g",
        "records": 7,
        "subject": "minusma/DE",
    }


def test_lines_below_the_level_are_not_written(configure: Configure) -> None:
    stream = configure(level="warning")
    log = structlog.get_logger()
    log.info("quiet")
    log.warning("loud")
    assert [line["event"] for line in stream.lines] == ["loud"]


def test_an_error_has_type_message_and_stack_but_no_local_variables(configure: Configure) -> None:
    stream = configure()
    canary = "local" + "-canary"
    try:
        fail(KeyError(len(canary)))
    except KeyError:
        structlog.get_logger().exception("session.failed")
    (line,) = stream.lines
    assert line["log.level"] == "error"
    assert line["error.type"] == "KeyError"
    assert line["error.message"] == "12"
    assert line["error.stack_trace"].startswith("Traceback (most recent call last):")
    assert "local-canary" not in stream.text


def test_secrets_do_not_reach_a_line(configure: Configure) -> None:
    stream = configure()
    structlog.get_logger().warning(
        "session.opened",
        sasl_plain_password="canary",
        Authorization="Bearer canary",
        settings={"ssl_password": "canary", "nested": [{"client_secret": "canary"}], "url": "https://me:canary@host/x"},
        address="http://user:canary@registry:8081/subjects",
        unset_token=None,
    )
    assert "canary" not in stream.text
    (line,) = stream.lines
    assert line["address"] == "http://***@registry:8081/subjects"
    assert line["settings"]["url"] == "https://***@host/x"
    assert line["unset_token"] is None


def test_secrets_do_not_reach_a_stack_trace(configure: Configure) -> None:
    stream = configure()
    try:
        fail(ConnectionError("cannot reach https://me:canary@registry"))
    except ConnectionError:
        structlog.get_logger().exception("registry.failed")
    assert "canary" not in stream.text
    assert "https://***@registry" in stream.lines[0]["error.stack_trace"]


def test_of_an_article_only_the_quote_is_shown(configure: Configure) -> None:
    stream = configure()
    structlog.get_logger().info("event.published", text="canary", body="canary", value=b"canary", quote="They leave.")
    assert "canary" not in stream.text
    assert stream.lines[0]["quote"] == "They leave."


def test_a_field_is_bounded(configure: Configure) -> None:
    stream = configure()
    structlog.get_logger().info("x", title="t" * 100_000)
    assert len(stream.lines[0]["title"]) == 2_000


def test_what_json_does_not_know_is_shown_as_text(configure: Configure) -> None:
    stream = configure()
    structlog.get_logger().info("x", what={1}, partitions={0: 5})
    assert stream.lines[0]["what"] == "{1}"
    assert stream.lines[0]["partitions"] == {"0": 5}


def test_a_terminal_gets_lines_for_people(configure: Configure) -> None:
    stream = configure(terminal=True)
    structlog.get_logger().info("worker.started", password="canary")
    assert "worker.started" in stream.text
    assert not stream.text.startswith("{")
    assert "canary" not in stream.text


@pytest.mark.parametrize(("form", "terminal"), [("json", True), ("console", False)])
def test_the_form_can_be_chosen(configure: Configure, form: str, terminal: bool) -> None:
    stream = configure(terminal=terminal, format=form)
    structlog.get_logger().info("worker.started")
    assert stream.text.startswith("{") is (form == "json")


def test_an_error_on_a_terminal_shows_its_stack(configure: Configure) -> None:
    stream = configure(terminal=True)
    try:
        fail(ValueError("boom"))
    except ValueError:
        structlog.get_logger().exception("x")
    assert "ValueError: boom" in stream.text


def test_what_is_bound_to_the_context_is_in_every_line(configure: Configure) -> None:
    stream = configure()
    with structlog.contextvars.bound_contextvars(trace_id="4bf9"):
        structlog.get_logger().info("x")
    assert stream.lines[0]["trace.id"] == "4bf9"


def test_the_kafka_clients_lines_have_the_same_form(configure: Configure) -> None:
    stream = configure()
    logging.getLogger("kafka.client").error("Node %s is not %s", 1, "ready")
    logging.getLogger("kafka.client").info("chatter")
    (line,) = stream.lines
    assert line["event"] == "client.logged"
    assert line["log.level"] == "error"
    assert line["log.logger"] == "kafka.client"
    assert line["message"] == "Node 1 is not ready"


def test_repetitions_are_limited_by_template_and_counted(configure: Configure, clock: Clock) -> None:
    counted: list[None] = []
    stream = configure(repeat_limit=3, on_suppressed=lambda: counted.append(None))
    kafka = logging.getLogger("kafka.coordinator")
    for node in range(100):
        kafka.warning("Marking the coordinator dead (node %s)", node)
        if node % 10 == 0:
            kafka.warning("Another message %s", node)
    assert len(stream.lines) == 6
    assert len(counted) == 97 + 7
    clock.advance(60)
    kafka.warning("Marking the coordinator dead (node %s)", 100)
    assert [(line["message"], line["suppressed"]) for line in stream.lines[6:]] == [
        ("Marking the coordinator dead (node 100)", 97),
        ("Another message %s", 7),
    ]


def test_a_template_that_does_not_fit_its_arguments_costs_nothing(configure: Configure) -> None:
    stream = configure()
    logging.getLogger("kafka").warning("%d nodes", "three")
    assert stream.lines[0]["message"] == "%d nodes"


def test_an_error_in_a_library_has_its_stack(configure: Configure) -> None:
    stream = configure()
    try:
        fail(OSError("gone"))
    except OSError:
        logging.getLogger("kafka").exception("Failed")
    assert stream.lines[0]["error.type"] == "OSError"
    assert "OSError: gone" in stream.lines[0]["error.stack_trace"]


def test_warnings_are_logged(configure: Configure) -> None:
    stream = configure()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(capture=False)
    assert "DeprecationWarning: old" in stream.lines[0]["message"]
