"""Every setting of the worker: its type, default and meaning. All come from environment variables.

`Settings.load()` reads them. Any variable `NAME` can instead be given as `NAME_FILE`, the path of a file
that holds the value, as secrets are mounted.
"""

from collections.abc import Mapping
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from worker.settings import checks, table
from worker.settings.faults import faults_of
from worker.settings.group import Group, SettingsError
from worker.settings.kafka import Kafka
from worker.settings.process import Articles, DeadLetters, Process
from worker.settings.services import Logs, Metrics, Registry
from worker.settings.topics import Topics

__all__ = [
    "GROUPS",
    "Articles",
    "DeadLetters",
    "Kafka",
    "Logs",
    "Metrics",
    "Process",
    "Registry",
    "Settings",
    "SettingsError",
    "Topics",
    "settings_table",
    "unknown_variables",
]

GROUPS: Final[dict[str, type[Group]]] = {
    "kafka": Kafka,
    "topics": Topics,
    "process": Process,
    "dead_letters": DeadLetters,
    "articles": Articles,
    "registry": Registry,
    "metrics": Metrics,
    "logs": Logs,
}


class Settings(BaseModel):
    """All settings, by group."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kafka: Kafka
    topics: Topics
    process: Process
    dead_letters: DeadLetters
    articles: Articles
    registry: Registry
    metrics: Metrics
    logs: Logs

    @classmethod
    def load(cls) -> Self:
        """Read the environment. Raises SettingsError, which has a line for every fault."""
        groups: dict[str, Group] = {}
        faults: list[str] = []
        for name, group in GROUPS.items():
            try:
                groups[name] = group()
            except SettingsError as error:
                faults.extend(error.faults)
            except ValidationError as error:
                faults.extend(faults_of(group, error))
        if not faults:
            settings = cls.model_validate(groups)
            faults.extend(checks.between(settings.kafka, settings.process))
        if faults:
            raise SettingsError(faults)
        return settings


def settings_table() -> str:
    """All settings as a Markdown table."""
    return table.markdown(table.variables(GROUPS.values()))


def unknown_variables(environ: Mapping[str, str]) -> tuple[str, ...]:
    """A line for each variable that looks like a setting and is none: most likely a slip of the pen."""
    return table.unknown(GROUPS.values(), environ)
