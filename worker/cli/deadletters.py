"""`deadletters`: what could not be read, and the way back."""

from collections import Counter

import click

from worker.cli.environment import cluster, load_settings
from worker.streaming.dead_letters import REASON
from worker.streaming.reading import read
from worker.streaming.replay import DEFAULT_LIMIT, replay


@click.group(short_help="Count the dead letters, or put them back.", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Count the dead letters by reason; `consume articles.dead-letter --from-beginning` shows them one by one."""
    if context.invoked_subcommand is not None:
        return
    settings = load_settings()
    with cluster(settings):
        records = read(settings.kafka, settings.topics.dead_letter)
        reasons = Counter(dict(it.headers).get(REASON, b"unknown").decode("utf-8", "replace") for it in records)
    for reason, count in reasons.most_common():
        click.echo(f"{count:>8}  {reason}")
    click.echo(f"{reasons.total():>8}  in all")


@command.command(name="replay")
@click.option("--reason", "reasons", multiple=True, help="Only letters with this reason; may be given several times.")
@click.option(
    "--limit", default=DEFAULT_LIMIT, show_default=True, help="Leave alone what was put back so many times already."
)
def put_back(reasons: tuple[str, ...], limit: int) -> None:
    """Send the dead letters back to the topics that they came from, each at most once, all or none.

    To be done when the cause is mended: a letter that still cannot be read comes back as another dead letter.
    """
    settings = load_settings()
    member = f"{settings.process.instance_id}-replay"
    with cluster(settings):
        done = replay(settings.kafka, settings.topics, member, reasons=reasons, limit=limit)
    for reason, count in done.sent.most_common():
        click.echo(f"{count:>8}  put back: {reason}")
    for why, count in done.left.most_common():
        click.echo(f"{count:>8}  left alone: {why}")
    click.echo(f"{done.sent.total():>8}  put back in all")
