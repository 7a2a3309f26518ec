"""The data files of this room: TOML under `worker/extraction/lexicon`."""

import tomllib
from importlib import resources
from typing import Any


def read(name: str) -> dict[str, Any]:
    """Read a data file by its name. Raises FileNotFoundError, or tomllib.TOMLDecodeError where it is malformed."""
    return tomllib.loads(resources.files("worker.extraction.lexicon").joinpath(name).read_text(encoding="utf-8"))
