"""`topics`: make the topics, and see whether they are right."""

import sys

import click

from worker.cli.environment import cluster, load_settings
from worker.streaming import topics


@click.group(short_help="Make the topics, or check them.")
def command() -> None:
    """Make the topics that the service needs, or check those that there are."""


@command.command()
def create() -> None:
    """Make the topics that there are not yet; leave the others as they are."""
    settings = load_settings()
    with cluster(settings):
        for name, made in topics.create(settings.kafka, settings.topics).items():
            click.echo(f"{'created' if made else 'exists '}  {name}")
    _check()


@command.command()
def check() -> None:
    """Check that all topics are there and right; exit with 1 where not."""
    _check()
    click.echo("all topics are as they should be")


def _check() -> None:
    settings = load_settings()
    with cluster(settings):
        problems = topics.check(settings.kafka, settings.topics)
    for line in problems.warnings:
        click.echo(f"warning  {line}", err=True)
    for line in problems.faults:
        click.echo(f"fault    {line}", err=True)
    if problems.faults:
        sys.exit(1)
