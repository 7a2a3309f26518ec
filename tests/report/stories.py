"""Missions with a history, folded from observations as the service folds them, and many of them."""

import datetime as dt
from collections.abc import Iterable

from tests.missions import samples
from worker.backfill.folding import Folder
from worker.missions.event import StatusChanged
from worker.missions.observation import Observation
from worker.missions.register import Register
from worker.missions.report import ReportedChange
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Change, Scope
from worker.report.from_timelines import rows
from worker.report.model import Row
from worker.report.names import Missions

TODAY = dt.date(2024, 6, 1)
HOSTILE = '</script><img src=x onerror="alert(1)"> & <b>bold</b>'


def tell() -> list[Observation]:
    """MINUSMA from its start to its end with a German contribution: one change late, one against all that is known."""
    change, observed = samples.reported, samples.observation

    def german(kind: Change, occurred: str, quote: str) -> ReportedChange:
        return change(kind, occurred, actors=("DE",), scope=Scope.CONTRIBUTION, quote=quote)

    return [
        observed(change(Change.STARTED, "2013-07-01", quote="The mission begins."), article="a"),
        observed(change(Change.EXTENDED, "2022-06-29", effective="2023-06-30", quote=HOSTILE), article="b"),
        observed(german(Change.STARTED, "2014", "Germany joins."), article="c"),
        observed(german(Change.WITHDRAWAL_ANNOUNCED, "2022-11-22", "Germany leaves."), article="d"),
        observed(change(Change.ENDED, "2023-12-31", quote="The last have left."), article="e"),
        observed(change(Change.ENDED, "2023-12-31", quote="It is over."), article="f"),
        observed(change(Change.REDUCED, "2017-03", quote="Fewer soldiers than before."), article="g"),
        observed(change(Change.EXTENDED, "2024-02-01", quote="Extended once more."), article="h"),
        observed(
            change(Change.ANNOUNCED, "2024-05-01", mission=None, actors=("FR",), theatre=("TD",), quote="A new one."),
            article="i",
        ),
    ]


def fold(observations: Iterable[Observation]) -> tuple[list[Timeline], list[StatusChanged]]:
    folder = Folder("missions.observations")
    events = [event for event in map(folder.fold, observations) if event is not None]
    return folder.timelines(), events


def story() -> list[Row]:
    return rows(*fold(tell()), Missions(Register.load()))


def many(changes: int) -> list[Row]:
    """So many changes of a few hundred missions and contributions over twenty years."""
    slugs = sorted(Register.load().by_slug)
    kinds = (Change.REINFORCED, Change.REDUCED, Change.EXTENDED, Change.SUSPENDED, Change.RESUMED)

    def observation(number: int) -> Observation:
        subject, turn = number % 800, number // 800
        day = dt.date(2005, 1, 1) + dt.timedelta(days=turn * 500 + subject)
        report = samples.reported(
            kinds[(turn + subject) % len(kinds)],
            day.isoformat(),
            mission=slugs[subject // 2 % len(slugs)],
            actors=("DE",) if subject % 2 else ("UN",),
            scope=Scope.CONTRIBUTION if subject % 2 else Scope.MISSION,
            quote=f"What was said on {day}, as number {number}. " * 4,
        )
        return samples.observation(report, article=f"many-{number}")

    return rows(*fold(map(observation, range(changes))), Missions(Register.load()))
