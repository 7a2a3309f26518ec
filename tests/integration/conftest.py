"""What several of these tests look at and none of them changes."""

import uuid
from collections.abc import Iterator

import pytest

from tests.integration.service import Newsroom, Service, wait_for
from tests.integration.support import feed

MISSIONS = ("MINUSMA", "EUTM Mali", "KFOR", "UNIFIL", "Operation Barkhane")


@pytest.fixture(scope="session")
def written(broker: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Topics that a service wrote in several transactions, and left; audited while it was at work."""
    prefix = f"written-{uuid.uuid4().hex[:8]}."
    newsroom = Newsroom(MISSIONS, seed=11)
    with Service(broker, prefix, tmp_path_factory.mktemp("written"), partitions=2) as service:
        for _ in range(3):
            articles = [newsroom.article(number) for number in range(120)]
            feed(service.kafka, service.topics.articles_raw, [*articles, b'{"text": "cut off'])
            assert list(map(str, service.audit().problems())) == []
            wait_for(service.drained, 60, "the end of the input")
        assert service.stop() == 0
        yield service
