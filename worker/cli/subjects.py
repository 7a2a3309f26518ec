"""Which subjects a name on the command line means, and what is known of them."""

import difflib
from collections.abc import Sequence

import click

from worker.cli.environment import RefusedError, cluster, load_settings
from worker.events.errors import EventError
from worker.missions.timeline import Timeline
from worker.streaming.codecs import codec
from worker.streaming.lookup import archive


class UnknownSubjectError(click.ClickException):
    """Nothing is known under this name."""

    def __init__(self, name: str, subjects: Sequence[str]) -> None:
        near = difflib.get_close_matches(name.casefold(), subjects, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`status` lists what there is"
        super().__init__(f"nothing is known of {name!r}; {hint}")


def select(subjects: Sequence[str], name: str | None) -> list[str]:
    """The subjects that a name means: a mission comes with the contributions to it; all, where there is no name.

    Letter case does not matter. Raises UnknownSubjectError where none fits.
    """
    if name is None:
        return list(subjects)
    wanted = name.casefold()
    found = [it for it in subjects if it.casefold() == wanted or it.casefold().startswith(f"{wanted}/")]
    if not found:
        raise UnknownSubjectError(name, subjects)
    return found


def timelines(name: str | None) -> list[Timeline]:
    """The timelines of the subjects that a name means, from the cluster that the environment names.

    Raises click's exceptions for wrong settings, for a cluster that does not answer, and where nothing is known.
    """
    settings = load_settings()
    with cluster(settings):
        known = archive(settings.kafka, settings.topics.status, codec(settings))
    found = select(known.subjects, name)
    try:
        return [known[subject] for subject in found]
    except EventError as error:
        raise RefusedError(f"{settings.topics.status} holds what is no state ({error}); `verify` says where") from error
