from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import ValidationError

from worker.articles.limits import DEFAULT, Limits
from worker.settings import GROUPS, Settings, SettingsError, settings_table, unknown_variables
from worker.settings.table import variables

SASL = {
    "KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
    "KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
    "KAFKA_SASL_PLAIN_USERNAME": "w",
}
BEARER = {"KAFKA_SECURITY_PROTOCOL": "SASL_SSL", "KAFKA_SASL_MECHANISM": "OAUTHBEARER"}
ENDPOINT = {"KAFKA_SASL_OAUTH_TOKEN_ENDPOINT_URL": "https://login.example/token", "KAFKA_SASL_OAUTH_CLIENT_ID": "w"}


def load(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings.load()


def faults(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load(monkeypatch, environment)
    return caught.value.faults


def test_an_empty_environment_is_enough() -> None:
    settings = Settings.load()
    assert settings.kafka.bootstrap_servers == ("localhost:9092",)
    assert settings.topics.names == (
        "articles.raw",
        "missions.observations",
        "missions.status-changed",
        "missions.status",
        "articles.dead-letter",
        "ingestion.receipts",
    )
    assert settings.metrics.port == 9464
    assert settings.registry.wire_format == "single-object"


def test_values_are_read_and_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(
        monkeypatch,
        {
            "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:9192, [::1]:9292,localhost",
            "KAFKA_MAX_POLL_RECORDS": "50",
            "KAFKA_SSL_CHECK_HOSTNAME": "false",
            "MISSION_WORKER_STALL_LIMIT_SECONDS": "75.5",
            "MISSION_WORKER_LOG_LEVEL": "debug",
        },
    )
    assert settings.kafka.bootstrap_servers == ("127.0.0.1:9192", "[::1]:9292", "localhost:9092")
    assert settings.kafka.max_poll_records == 50
    assert settings.kafka.ssl_check_hostname is False
    assert settings.process.stall_limit_seconds == 75.5
    assert settings.logs.level == "debug"


def test_an_empty_variable_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    unset = Settings.load()
    assert load(monkeypatch, {"KAFKA_SASL_MECHANISM": "", "KAFKA_MAX_POLL_RECORDS": ""}) == unset


def test_settings_cannot_be_changed() -> None:
    kafka = Settings.load().kafka
    with pytest.raises(ValidationError, match="frozen"):
        kafka.max_poll_records = 1


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_mounted_secret_loses_one_newline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ending: str) -> None:
    secret = tmp_path / "password"
    secret.write_bytes(f" canary\n{ending}".encode())
    settings = load(monkeypatch, {**SASL, "KAFKA_SASL_PLAIN_PASSWORD_FILE": str(secret)})
    assert settings.kafka.sasl_plain_password is not None
    assert settings.kafka.sasl_plain_password.get_secret_value() == (" canary\n" if ending else " canary")


def test_any_setting_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "servers"
    file.write_text("127.0.0.1:1234\n")
    assert load(monkeypatch, {"KAFKA_BOOTSTRAP_SERVERS_FILE": str(file)}).kafka.bootstrap_servers == ("127.0.0.1:1234",)


def test_no_secret_is_ever_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    canaries = {
        "KAFKA_SASL_PLAIN_PASSWORD": "canary-1",
        "KAFKA_SSL_PASSWORD": "canary-2",
        "SCHEMA_REGISTRY_TOKEN": "canary-3",
        "SCHEMA_REGISTRY_URL": "https://registry",
        "KAFKA_SASL_OAUTH_CLIENT_SECRET": "canary-4",
    }
    settings = load(monkeypatch, {**SASL, **canaries})
    for shown in (repr(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert "canary" not in shown
    monkeypatch.setenv("SCHEMA_REGISTRY_URL", "https://me:canary-5@registry")
    monkeypatch.setenv("KAFKA_MAX_POLL_RECORDS", "0")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert "canary" not in str(caught.value)
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize(
    ("environment", "fault"),
    [
        (
            {"KAFKA_MAX_POLL_RECORDS": "many"},
            "KAFKA_MAX_POLL_RECORDS must be a whole number from 1 to 100000, but is 'many'",
        ),
        (
            {"KAFKA_SECURITY_PROTOCOL": "TLS"},
            "KAFKA_SECURITY_PROTOCOL must be one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL, but is 'TLS'",
        ),
        (
            {"KAFKA_BOOTSTRAP_SERVERS": "SSL://broker:9093"},
            "KAFKA_BOOTSTRAP_SERVERS must be brokers as HOST:PORT, separated by commas, but is 'SSL://broker:9093'",
        ),
        ({"KAFKA_BOOTSTRAP_SERVERS": "localhost:70000"}, "KAFKA_BOOTSTRAP_SERVERS must be brokers as HOST:PORT"),
        ({"ALLOW_PLAINTEXT": "perhaps"}, "ALLOW_PLAINTEXT must be true or false, but is 'perhaps'"),
        (
            {"KAFKA_BOOTSTRAP_SERVERS": "localhost:1,broker.example:9092"},
            "KAFKA_SECURITY_PROTOCOL must be SSL or SASL_SSL for a broker on another machine (broker.example:9092)",
        ),
        (
            {"KAFKA_BOOTSTRAP_SERVERS": "10.0.0.1:9092", "KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT"},
            "KAFKA_SECURITY_PROTOCOL must be SSL or SASL_SSL",
        ),
        ({"KAFKA_SASL_MECHANISM": "PLAIN"}, "KAFKA_SECURITY_PROTOCOL must be SASL_SSL or SASL_PLAINTEXT"),
        ({"KAFKA_SECURITY_PROTOCOL": "SASL_SSL"}, "KAFKA_SASL_MECHANISM must be set"),
        (SASL, "KAFKA_SASL_PLAIN_USERNAME and KAFKA_SASL_PLAIN_PASSWORD must be set"),
        (BEARER, "one of KAFKA_SASL_OAUTH_TOKEN_FILE and KAFKA_SASL_OAUTH_TOKEN_ENDPOINT_URL must be set"),
        (BEARER | ENDPOINT, "KAFKA_SASL_OAUTH_CLIENT_ID and KAFKA_SASL_OAUTH_CLIENT_SECRET must be set"),
        (
            {"KAFKA_SSL_CAFILE": "/nowhere/ca.pem"},
            "KAFKA_SSL_CAFILE must be a readable file (No such file or directory)",
        ),
        ({"KAFKA_SSL_PASSWORD_FILE": "/nowhere/secret"}, "KAFKA_SSL_PASSWORD_FILE: cannot read /nowhere/secret"),
        (
            {"KAFKA_TRANSACTION_TIMEOUT_MS": "30000"},
            "KAFKA_TRANSACTION_TIMEOUT_MS (30000) must be shorter than KAFKA_SESSION_TIMEOUT_MS (30000)",
        ),
        (
            {"KAFKA_MAX_POLL_INTERVAL_MS": "20000"},
            "KAFKA_SESSION_TIMEOUT_MS (30000) must be shorter than KAFKA_MAX_POLL_INTERVAL_MS (20000)",
        ),
        (
            {"KAFKA_DELIVERY_TIMEOUT_MS": "11000"},
            "KAFKA_DELIVERY_TIMEOUT_MS (11000) must not be longer than KAFKA_TRANSACTION_TIMEOUT_MS (10000)",
        ),
        ({"KAFKA_HEARTBEAT_INTERVAL_MS": "20000"}, "KAFKA_HEARTBEAT_INTERVAL_MS (20000) must be at most a third"),
        (
            {"MISSION_WORKER_TOPIC_STATUS": "no spaces"},
            "MISSION_WORKER_TOPIC_STATUS must be up to 249 of the characters",
        ),
        ({"MISSION_WORKER_TOPIC_PREFIX": "a b"}, "MISSION_WORKER_TOPIC_PREFIX must be up to 249 of the characters"),
        (
            {"MISSION_WORKER_TOPIC_STATUS": "missions.observations"},
            "MISSION_WORKER_TOPIC_* must all differ, but missions.observations is used twice",
        ),
        (
            {"MISSION_WORKER_EXTRACT_GROUP": "one", "MISSION_WORKER_TRACK_GROUP": "one"},
            "MISSION_WORKER_EXTRACT_GROUP and MISSION_WORKER_TRACK_GROUP must differ",
        ),
        ({"MISSION_WORKER_INSTANCE_ID": "a/b"}, "MISSION_WORKER_INSTANCE_ID must be up to 100 of the characters"),
        (
            {"MISSION_WORKER_STALL_LIMIT_SECONDS": "0"},
            "MISSION_WORKER_STALL_LIMIT_SECONDS must be a number above 0, at most 86400, but is '0'",
        ),
        (
            {"MISSION_WORKER_WIRE_FORMAT": "confluent"},
            "SCHEMA_REGISTRY_URL must be set where MISSION_WORKER_WIRE_FORMAT",
        ),
        ({"SCHEMA_REGISTRY_TOKEN": "t"}, "SCHEMA_REGISTRY_URL must be set where credentials for it are"),
        ({"SCHEMA_REGISTRY_URL": "registry:8081"}, "SCHEMA_REGISTRY_URL must be an http:// or https:// address"),
        (
            {"SCHEMA_REGISTRY_URL": "http://r", "SCHEMA_REGISTRY_USERNAME": "me"},
            "SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD must be set together",
        ),
    ],
)
def test_a_wrong_value_is_told_by_name_and_what_would_be_right(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], fault: str
) -> None:
    (told,) = faults(monkeypatch, environment)
    assert told.startswith(fault)
    assert "\n" not in told


def test_a_value_and_its_file_exclude_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, {"KAFKA_SSL_PASSWORD": "a", "KAFKA_SSL_PASSWORD_FILE": "/b"}) == (
        "KAFKA_SSL_PASSWORD and KAFKA_SSL_PASSWORD_FILE are both set: set one of them",
    )


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told = faults(
        monkeypatch, {"KAFKA_MAX_POLL_RECORDS": "x", "KAFKA_SECURITY_PROTOCOL": "y", "MISSION_WORKER_METRICS_PORT": "z"}
    )
    assert [line.split()[0] for line in told] == [
        "KAFKA_SECURITY_PROTOCOL",
        "KAFKA_MAX_POLL_RECORDS",
        "MISSION_WORKER_METRICS_PORT",
    ]


def test_plaintext_to_another_machine_can_be_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(monkeypatch, {"KAFKA_BOOTSTRAP_SERVERS": "broker:9092", "ALLOW_PLAINTEXT": "1"}).kafka.allow_plaintext


def test_the_prefix_precedes_every_topic_but_the_raw_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    topics = load(monkeypatch, {"MISSION_WORKER_TOPIC_PREFIX": "v2.", "MISSION_WORKER_TOPIC_STATUS": "state"}).topics
    assert topics.articles_raw == "articles.raw"
    assert topics.status == "v2.state"
    assert topics.dead_letter == "v2.articles.dead-letter"


def test_a_registry_turns_the_framing_to_confluent_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(monkeypatch, {"SCHEMA_REGISTRY_URL": "http://registry:8081/"}).registry.wire_format == "confluent"
    monkeypatch.setenv("MISSION_WORKER_WIRE_FORMAT", "single-object")
    assert Settings.load().registry.wire_format == "single-object"


def test_the_instance_is_named_after_the_host_and_each_process_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "pod 0.example")
    process = Settings.load().process
    assert process.instance_id == "pod-0.example"
    assert process.member("track", 1) == "pod-0.example-track-1"


def test_every_limit_on_articles_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.load().articles.limits == DEFAULT
    for number, field in enumerate(fields(Limits)):
        monkeypatch.setenv(
            f"MISSION_WORKER_ARTICLE_{field.name.upper()}", "100" if "depth" in field.name else str(9_000 + number)
        )
    changed = Settings.load().articles.limits
    assert [
        field.name for field in fields(Limits) if getattr(changed, field.name) == getattr(DEFAULT, field.name)
    ] == []
    assert len({getattr(changed, field.name) for field in fields(Limits)}) == 4


def test_every_setting_has_a_meaning_and_a_place_in_the_table() -> None:
    settings = variables(GROUPS.values())
    assert all(setting.meaning.endswith(".") for setting in settings)
    names = [setting.name for setting in settings]
    assert len(set(names)) == len(names)
    table = settings_table()
    assert all(f"| `{name}` |" in table for name in names)
    assert "| `KAFKA_MAX_POLL_RECORDS` | a whole number from 1 to 100000 | `1000` |" in table
    assert "| `KAFKA_SASL_PLAIN_PASSWORD` | a secret | – |" in table


def test_variables_that_only_look_like_settings_are_named() -> None:
    environment = {
        "KAFKA_BOOTSTRAP_SERVER": "x",
        "MISSION_WORKER_COLOUR": "red",
        "KAFKA_SSL_PASSWORD_FILE": "/run/secrets/key",
        "KAFKA_BOOTSTRAP_SERVERS": "x",
        "ALLOW_PLAINTEXT": "1",
        "HOME": "/",
        # What Kubernetes sets for Services named `kafka` and `schema-registry`.
        "KAFKA_SERVICE_HOST": "10.0.0.1",
        "KAFKA_PORT_9092_TCP_ADDR": "10.0.0.1",
        "SCHEMA_REGISTRY_PORT": "tcp://10.0.0.1:8081",
    }
    assert unknown_variables(environment) == (
        "KAFKA_BOOTSTRAP_SERVER is not a setting; did you mean KAFKA_BOOTSTRAP_SERVERS?",
        "MISSION_WORKER_COLOUR is not a setting",
    )


def test_a_rebalance_must_not_count_as_a_stall(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match=r"MISSION_WORKER_STALL_LIMIT_SECONDS \(60\) must be longer than"):
        load(monkeypatch, {"MISSION_WORKER_STALL_LIMIT_SECONDS": "60"})
