"""`diff`: what new rules or a new register would have published differently."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from worker.cli.environment import RefusedError, cluster, load_settings
from worker.cli.plain import json_page
from worker.cli.progress import progress
from worker.cli.render import cell, console, table
from worker.events.errors import EventError
from worker.missions.comparison import Changed, Comparison, compare
from worker.missions.event import StatusChanged
from worker.missions.observation import Source
from worker.missions.register import Register
from worker.missions.report import Evidence
from worker.streaming.codecs import codec
from worker.streaming.preview import Preview, preview

_COLUMNS = ("", "subject", "event", "change", "occurred", "status", "article", "what")


@click.command(
    short_help="Show what new rules or a new register would have published differently.",
    epilog="Example: `diff --register register.json`; then, if that is what you want, `replay`.",
)
@click.option(
    "--register",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A register to try, in the form of worker/missions/register.json [default: the one installed].",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, instead of a table.")
def command(file: Path | None, as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Read all articles anew that the service has read, and compare what would be published with what was.

    Nothing is published. Events are added (+), removed (-) or changed (~). An article keeps its place in the order of
    arrival, so that only what is read differently makes a difference. Exits with 1 if there is any, as diff(1) does.
    """
    settings = load_settings()
    try:
        register = Register.load() if file is None else Register.parse(file.read_bytes())
    except ValueError as error:
        raise RefusedError(f"{file}: no register: {error}") from error
    with cluster(settings), progress() as tell:
        try:
            found = preview(settings, codec(settings), register, lambda done, total: tell("articles", done, total))
        except EventError as error:
            raise RefusedError(f"a record cannot be read ({error}); `verify` says where") from error
    compared = compare(found.before, found.after)
    _print_json(found, compared) if as_json else _print(found, compared)
    sys.exit(1 if compared else 0)


def _print(found: Preview, compared: Comparison) -> None:
    if compared:
        table(console(), _COLUMNS, _rows(compared), right=frozenset({"event"}))
    renumbered = Counter(it.after.subject for it in compared.changed if it.renumbered)
    for subject, count in sorted(renumbered.items()):
        click.echo(f"{count} {'event' if count == 1 else 'events'} of {subject} would only be numbered otherwise")
    click.echo(
        f"{len(compared.added)} added, {len(compared.removed)} removed, {len(compared.changed)} changed, "
        f"{compared.same} the same; {found.articles} articles were read anew"
        + (f", {found.gone} are gone and keep their observations" if found.gone else "")
    )


def _rows(compared: Comparison) -> Iterator[Sequence[object]]:
    for sign, events in (("+", compared.added), ("-", compared.removed)):
        for event in events:
            yield (sign, *_event(event), f"“{' '.join(event.evidence.quote.split())}”")
    for changed in compared.changed:
        if not changed.renumbered:
            yield ("~", *_event(changed.after), "; ".join(_fields(changed)))


def _event(event: StatusChanged) -> Sequence[object]:
    status = f"{cell(event.previous_status)} → {event.status}"
    return event.subject, event.sequence, event.change.value, event.occurred, status, event.source.article


def _fields(changed: Changed) -> Iterator[str]:
    """What differs; of evidence, figures and sources only that they do."""
    for name in changed.fields:
        before, after = getattr(changed.before, name), getattr(changed.after, name)
        long = name == "strengths" or isinstance(before, Evidence | Source)
        yield name if long else f"{name}: {cell(before)} → {cell(after)}"


def _print_json(found: Preview, compared: Comparison) -> None:
    answer = {
        "code": found.versions.code,
        "register": found.versions.register,
        "articles": found.articles,
        "gone": found.gone,
        "same": compared.same,
        "added": compared.added,
        "removed": compared.removed,
        "changed": [{"fields": it.fields, "before": it.before, "after": it.after} for it in compared.changed],
    }
    sys.stdout.buffer.write(json_page(answer))
