"""podman and what it needs, run with settings that work without systemd."""

import os
from pathlib import Path

from deploy.local.tools import require, run

HERE = Path(__file__).parent

COMMANDS = {"podman": "podman", "buildah": "buildah", "runc": "runc", "mmdebstrap": "mmdebstrap"}
# podman's own default runtime, crun, fails without systemd; its network needs these two.
NETWORK = ("netavark", "aardvark-dns")


def require_podman() -> None:
    """See that podman and its company are installed.

    Raises:
        ServerError: something is missing; says what to install.
    """
    require(COMMANDS, *NETWORK)


def podman(*arguments: str) -> str:
    """Run podman and return what it printed.

    Raises:
        ServerError: it failed; its words are in the message.
    """
    return run(["podman", *arguments], environment())


def environment() -> dict[str, str]:
    """Return the environment in which podman works on this machine."""
    # With systemd the distribution's own settings are the better ones.
    if Path("/run/systemd/system").exists():
        return dict(os.environ)
    return {**os.environ, "CONTAINERS_CONF": str(HERE / "containers.conf")}
