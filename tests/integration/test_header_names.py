"""A record whose header is not called by anything in UTF-8 does not stop its partition."""

from pathlib import Path

import pytest

from tests.integration.service import Service, wait_for
from tests.integration.support import public
from tests.streaming.alien import Alien
from worker.streaming import client

pytestmark = pytest.mark.timeout(120)

NEWS = b"date 2022-04-11 The European Union has suspended its training mission in Mali, EUTM Mali, over mercenaries."


def test_it_is_read_or_becomes_a_dead_letter_and_what_follows_is_read(
    broker: str, topic_prefix: str, tmp_path: Path
) -> None:
    with Service(broker, topic_prefix, tmp_path, partitions=1) as service:
        producer = client.producer(service.kafka)
        for value, headers in ((NEWS, [(Alien("x"), b"1")]), (b"", [(Alien("x"), b"2")]), (NEWS, [])):
            producer.send(service.topics.articles_raw, value, headers=headers, partition=0)
        producer.close(timeout=10)
        wait_for(lambda: service.drained() and bool(service.events("event.published")), 60, "the end of the input")

        (letter,) = public(service.kafka, service.topics.dead_letter)
        assert letter.headers[0] == ("caf\\xe9\\xff", b"2")
        observed = public(service.kafka, service.topics.observations)
        assert len(observed) == 2
        shown = service.command("consume", service.topics.dead_letter, "--from-beginning", "--until-end", "--json")
        assert shown.returncode == 0, shown.stderr
        assert service.stop() == 0
