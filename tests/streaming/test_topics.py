"""What is said of topics that are not as they should be; the sound ones are made on a real broker elsewhere."""

from typing import Any

import pytest
from kafka.errors import ClusterAuthorizationFailedError

from worker.settings import Kafka, Topics
from worker.streaming import client, topics
from worker.streaming.topics import HEADERS_ROOM, Problems

SETTINGS = Topics(partitions=3)
EVERYTHING = ["READ", "WRITE", "CREATE", "DESCRIBE", "DESCRIBE_CONFIGS"]


class FakeAdmin:
    """A cluster with all topics as they should be, until a test changes something."""

    def __init__(self) -> None:
        wanted = topics.topics(SETTINGS)
        self.described: dict[str, dict[str, Any]] = {
            it.name: {
                "name": it.name,
                "error_code": 0,
                "partitions": [{}] * it.partitions,
                "authorized_operations": EVERYTHING,
            }
            for it in wanted
        }
        self.configs = {it.name: {name: {"value": value} for name, value in it.configs.items()} for it in wanted}
        self.secretive = False

    def describe_topics(self, names: list[str]) -> list[dict[str, Any]]:
        return [self.described.get(name, {"name": name, "error_code": 3, "partitions": []}) for name in names]

    def describe_configs(self, _resources: object, config_filter: str) -> dict[str, Any]:
        if self.secretive:
            raise ClusterAuthorizationFailedError
        assert config_filter == "all"
        return {"topic": self.configs}

    def close(self) -> None:
        pass


@pytest.fixture
def admin(monkeypatch: pytest.MonkeyPatch) -> FakeAdmin:
    admin = FakeAdmin()
    monkeypatch.setattr(client, "admin", lambda _: admin)
    return admin


def look() -> Problems:
    return topics.check(Kafka(), SETTINGS)


def test_all_is_well(admin: FakeAdmin) -> None:
    assert look() == Problems()


def test_a_missing_topic(admin: FakeAdmin) -> None:
    del admin.described[SETTINGS.dead_letter]
    assert look().faults == ["topic articles.dead-letter does not exist: `topics create` makes it"]


@pytest.mark.parametrize(
    ("topic", "operation"),
    [
        (SETTINGS.articles_raw, "READ"),
        (SETTINGS.observations, "READ"),
        (SETTINGS.observations, "WRITE"),
        (SETTINGS.dead_letter, "WRITE"),
        (SETTINGS.status, "READ"),
        (SETTINGS.receipts, "WRITE"),
    ],
)
def test_a_right_that_would_be_missed_in_silence(admin: FakeAdmin, topic: str, operation: str) -> None:
    admin.described[topic]["authorized_operations"] = [one for one in EVERYTHING if one != operation]
    assert look().faults == [f"topic {topic}: an ACL must allow this principal to {operation}"]


def test_a_right_that_is_not_needed(admin: FakeAdmin) -> None:
    admin.described[SETTINGS.articles_raw]["authorized_operations"] = ["READ", "DESCRIBE"]
    assert look() == Problems()


def test_an_old_broker_does_not_tell_rights(admin: FakeAdmin) -> None:
    for described in admin.described.values():
        described["authorized_operations"] = None
    assert look() == Problems()


def test_partitions_that_do_not_go_together(admin: FakeAdmin) -> None:
    admin.described[SETTINGS.status]["partitions"] = [{}] * 4
    (fault,) = look().faults
    assert "missions.observations 3, missions.status-changed 3, missions.status 4" in fault


def test_a_state_topic_that_forgets(admin: FakeAdmin) -> None:
    admin.configs[SETTINGS.status]["cleanup.policy"]["value"] = "delete"
    assert look().faults == ["topic missions.status: cleanup.policy is delete, and should be compact"]


def test_an_event_topic_that_forgets_is_doubtful(admin: FakeAdmin) -> None:
    admin.configs[SETTINGS.status_changed]["retention.ms"]["value"] = "604800000"
    problems = look()
    assert problems.faults == []
    assert problems.warnings[0].startswith("topic missions.status-changed: retention.ms is 604800000, and should be -1")


def test_how_long_articles_stay_is_for_their_owner(admin: FakeAdmin) -> None:
    admin.configs[SETTINGS.articles_raw]["retention.ms"]["value"] = "1"
    assert look() == Problems()


def test_dead_letters_need_more_room_than_articles(admin: FakeAdmin) -> None:
    raw = int(admin.configs[SETTINGS.articles_raw]["max.message.bytes"]["value"])
    admin.configs[SETTINGS.dead_letter]["max.message.bytes"]["value"] = str(raw)
    (fault,) = look().faults
    assert f"must be at least {raw + HEADERS_ROOM}" in fault


def test_settings_that_may_not_be_read(admin: FakeAdmin) -> None:
    admin.secretive = True
    problems = look()
    assert problems.faults == []
    assert problems.warnings == ["the topics' settings could not be read: DESCRIBE_CONFIGS is not allowed"]
