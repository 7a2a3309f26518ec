"""Builds the image of ``deploy/Dockerfile`` with podman, on a Debian base made here where none is given."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import worker
from deploy.image.tools import HERE, podman, require_podman
from deploy.local.tools import ROOT, ServerError, run

IMAGE = "localhost/mission-worker:dev"

# The Debian release whose Python is that of the Dockerfile's default base (3.13).
SUITE = "trixie"
PACKAGES = "python3-venv,ca-certificates"
# Documentation, translations and the index of packages have no reader in a container.
LEFT_OUT = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*", "/usr/share/info/*"]
# Files carry this time at the latest (2025-01-01), so that the same sources give the same image.
EPOCH = "1735689600"


def build(image: str = IMAGE, *, cache: bool = True) -> str:
    """Build the image and return its name. ``BASE`` in the environment names the base to build on.

    Args:
        image: the name to give it.
        cache: whether to keep the steps of an earlier build whose inputs are the same.

    Raises:
        ServerError: a tool is missing, or the build failed.
    """
    require_podman()
    base = os.environ.get("BASE") or _local_base()
    revision, created = _revision()
    labels = {"version": worker.__version__, "revision": revision, "created": created}
    certificates = Path("/etc/ssl/certs")
    mounts = [f"{certificates}:{certificates}:ro", f"{HERE / 'pip.conf'}:/etc/pip.conf:ro"]
    podman(
        "build", "--quiet", "--isolation", "chroot", "--network", "host", "--format", "oci", "--pull=missing",
        *([] if cache else ["--no-cache"]),
        # One time for all commits: a layer whose content is the same is the same layer, and need not be pushed again.
        "--timestamp", EPOCH, f"--build-arg=BASE={base}",
        *(f"--label=org.opencontainers.image.{key}={value}" for key, value in labels.items()),
        *(f"--volume={each}" for each in mounts if certificates.is_dir()),
        "--ignorefile", str(ROOT / "deploy/Dockerfile.dockerignore"),
        "--file", str(ROOT / "deploy/Dockerfile"), "--tag", image, str(ROOT),
    )  # fmt: skip
    return image


def _local_base() -> str:
    """Return a minimal Debian with Python, made here once."""
    name = f"localhost/mission-worker-base:{SUITE}"
    try:
        podman("image", "exists", name)
    except ServerError:
        if os.geteuid() != 0:
            raise ServerError(
                "making a base image needs root; name one instead: make image BASE=docker.io/library/python:3.13-slim"
            ) from None
    else:
        return name
    print(f"Making a base image from Debian {SUITE} (once)", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="base-") as folder:
        archive = f"{folder}/base.tar"
        left_out = [f"--dpkgopt=path-exclude={each}" for each in LEFT_OUT]
        clean = ["--aptopt=Acquire::Languages none", "--dpkgopt=path-include=/usr/share/doc/*/copyright"]
        command = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={PACKAGES}", *left_out, *clean]
        run([*command, SUITE, archive], {**os.environ, "SOURCE_DATE_EPOCH": EPOCH})
        podman("import", "--quiet", archive, name)
    return name


def _revision() -> tuple[str, str]:
    """Return the commit that is built and its time (RFC 3339); ``unknown`` twice outside a checkout."""
    if shutil.which("git") is None:
        return "unknown", "unknown"
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%H %cI"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    revision, _, created = ran.stdout.strip().partition(" ")
    return (revision, created) if created else ("unknown", "unknown")
