"""The container image, built here by podman on a base of our own; ``python -m deploy.image`` builds it."""

from deploy.image.build import IMAGE, build
from deploy.image.tools import podman
from deploy.local.tools import ServerError

__all__ = ["IMAGE", "ServerError", "build", "podman"]
