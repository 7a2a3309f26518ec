"""AsyncAPI's own parser, to check `schemas/asyncapi.yaml` with."""

from deploy.asyncapi.parser import Diagnostic, diagnose

__all__ = ["Diagnostic", "diagnose"]
