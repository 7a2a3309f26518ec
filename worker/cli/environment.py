"""What the commands that talk to a cluster share: settings from the environment, and faults in one clear line."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from kafka.errors import KafkaError

from worker.settings import Settings, SettingsError, unknown_variables
from worker.streaming.exits import Exit
from worker.streaming.faults import FaultError, classify
from worker.telemetry import logs


class RefusedError(click.ClickException):
    """A command cannot be carried out, for a reason that people can mend."""

    exit_code = Exit.CONFIG.value


class UnavailableError(RefusedError):
    """The cluster does not answer."""

    exit_code = Exit.UNAVAILABLE.value


def load_settings() -> Settings:
    """The settings. Raises RefusedError for wrong ones.

    Logs go to standard error from here on, since the output of a command is data; the Kafka client, which tells of
    every attempt at a connection, has to be asked for: by the level `debug`.
    """
    try:
        settings = Settings.load()
    except SettingsError as error:
        raise RefusedError("\n".join(("wrong settings in the environment:", *error.faults))) from error
    for line in unknown_variables(os.environ):
        click.echo(f"Warning: {line}", err=True)
    logs.configure(settings.logs, stream=sys.stderr)
    logging.getLogger("kafka").setLevel(logging.WARNING if settings.logs.level == "debug" else logging.CRITICAL)
    return settings


@contextmanager
def cluster(settings: Settings) -> Iterator[None]:
    """Turns what the cluster refuses, in the body, into one line."""
    try:
        yield
    except KafkaError as error:
        servers = ",".join(settings.kafka.bootstrap_servers)
        raise UnavailableError(f"Kafka at {servers} (KAFKA_BOOTSTRAP_SERVERS): {classify(error)}") from error
    except FaultError as error:
        raise RefusedError(str(error)) from error
