"""Prometheus' text format: several processes' metrics as one, told apart by the label `process`."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_SAMPLE: Final = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+(?: \S+)?)")


def render(registry: CollectorRegistry) -> bytes:
    """A registry's metrics in the text format."""
    return generate_latest(registry)


def merge(parts: Mapping[str, bytes]) -> bytes:
    """The metrics of all parts, each sample with the label `process` that says whose it is.

    A family's help and type stand once, before all of its samples, as the format demands. Lines that are no sample are
    left out: a process that is being killed may send half of one.
    """
    families: dict[str, list[str]] = {}
    for process, text in parts.items():
        family: list[str] = []
        for line in text.decode("utf-8", "replace").splitlines():
            if line.startswith("# HELP "):
                name = line.split(" ", 3)[2]
                family = families.setdefault(name, [line])
            elif line.startswith("# TYPE "):
                if line not in family[:2]:
                    family.insert(1, line)
            elif match := _SAMPLE.fullmatch(line):
                name, labels, value = match.groups()
                inner = f'process="{process}"' + (f",{labels}" if labels else "")
                family.append(f"{name}{{{inner}}} {value}")
    return "".join(f"{line}\n" for line in _lines(families.values())).encode()


def _lines(families: Iterable[list[str]]) -> Iterable[str]:
    for family in families:
        yield from family
