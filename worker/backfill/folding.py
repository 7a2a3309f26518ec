"""The part of a backfill that has to keep the order: observations fold into timelines, and what is new is an event."""

from collections import Counter

import worker
from worker.missions.event import StatusChanged
from worker.missions.fold import fold
from worker.missions.observation import Coordinates, Observation, Versions
from worker.missions.register import Register
from worker.missions.timeline import Timeline


class Folder:
    """The timelines of all subjects, and how many observations came to what.

    It gives the very events that the stage `track` would publish for the same observations in the same order. `topic`
    is where they would stand, in one partition, each at the number that it has here.
    """

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._missions = Register.load()
        self._versions = Versions(code=worker.__version__, register=self._missions.version)
        self._timelines: dict[str, Timeline] = {}
        self.observations = 0
        self.events = 0
        self.outcomes: Counter[str] = Counter()

    def fold(self, observation: Observation) -> StatusChanged | None:
        """Take in the next observation; the event that it gives, if any."""
        at = Coordinates(self._topic, 0, self.observations)
        before = self._timelines.get(observation.subject)
        folded = fold(before, observation, at, self._missions, self._versions)
        self._timelines[observation.subject] = folded.timeline
        self.observations += 1
        self.events += folded.event is not None
        self.outcomes[folded.outcome.value] += 1
        return folded.event

    def timelines(self) -> list[Timeline]:
        """What is known of each subject now, in the order of the subjects."""
        return [self._timelines[subject] for subject in sorted(self._timelines)]
