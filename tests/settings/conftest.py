import os

import pytest


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("KAFKA_", "MISSION_WORKER_", "SCHEMA_REGISTRY_", "ALLOW_PLAINTEXT")):
            monkeypatch.delenv(name)
