"""All settings as a table, and the variables that look like settings and are none."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from worker.settings.faults import takes
from worker.settings.group import FILE_SUFFIX, Group, variable_name

# Kubernetes describes each Service of a namespace to every pod; a Service named `kafka` gives KAFKA_PORT and the like.
_SERVICE_LINK: Final = re.compile(r"_(SERVICE_(HOST|PORT)|PORT)(_.*)?$")


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting as documentation shows it: its variable's name, what it takes, its default and its meaning."""

    name: str
    takes: str
    default: str
    meaning: str


def variables(groups: Iterable[type[Group]]) -> tuple[Variable, ...]:
    """Every setting of the groups, in the order in which they are written."""
    return tuple(
        Variable(variable_name(group, name, field), takes(field), _default(field), field.description or "")
        for group in groups
        for name, field in group.model_fields.items()
    )


def _default(field: FieldInfo) -> str:
    match field.default:  # one that is computed at run time is told by the meaning
        case None | "" | ():
            return ""
        case bool() as flag:
            return str(flag).lower()
        case tuple() as items:
            return ",".join(items)
        case value:
            return "" if value is PydanticUndefined else str(value)


def markdown(settings: Iterable[Variable]) -> str:
    """The settings as a Markdown table."""
    lines = ["| variable | takes | default | meaning |", "| --- | --- | --- | --- |"]
    for setting in settings:
        default = f"`{setting.default}`" if setting.default else "–"
        lines.append(f"| `{setting.name}` | {setting.takes} | {default} | {setting.meaning} |")
    return "\n".join(lines) + "\n"


def unknown(groups: Iterable[type[Group]], environ: Mapping[str, str]) -> tuple[str, ...]:
    """A line for each variable that has the prefix of a group and is no setting: most likely a slip of the pen."""
    groups = tuple(groups)
    known = {variable.name for variable in variables(groups)}
    prefixes = tuple({str(group.model_config.get("env_prefix", "")) for group in groups} - {""})
    lines = []
    for name in sorted(environ):
        if not name.startswith(prefixes) or name in known or name.removesuffix(FILE_SUFFIX) in known:
            continue
        if _SERVICE_LINK.search(name):
            continue
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
        lines.append(f"{name} is not a setting" + (f"; did you mean {near[0]}?" if near else ""))
    return tuple(lines)
