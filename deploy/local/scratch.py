"""A fresh folder that goes, with every process that runs on it, when its owner closes it or ends."""

import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.local import guard
from deploy.local.tools import BUILD


class Scratch:
    """A folder below the ignored build folder; a guard process watches over it.

    Args:
        name: what the folder's name begins with.
    """

    def __init__(self, name: str) -> None:
        runs = BUILD / "run"
        runs.mkdir(parents=True, exist_ok=True)
        self.path = Path(tempfile.mkdtemp(dir=runs, prefix=f"{name}-"))
        command = [sys.executable, "-I", "-S", guard.__file__, str(self.path)]
        # A session of its own: an interrupt from the terminal, or a signal to the group, does not reach it.
        self._guard = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)

    def close(self) -> None:
        """Kill what runs on the folder and remove it; a second call does nothing."""
        if self._guard.stdin is not None and not self._guard.stdin.closed:
            self._guard.stdin.close()
        self._guard.wait(timeout=30)
