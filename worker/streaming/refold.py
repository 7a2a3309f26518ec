"""Replaying `track` in memory: what a partition's observations give, held against what the topics say they gave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from worker.events.codec import Codec
from worker.missions.differences import differences
from worker.missions.event import StatusChanged
from worker.missions.fold import fold
from worker.missions.observation import Coordinates, Observation, Versions
from worker.missions.publish import Mission, Missions
from worker.missions.timeline import Timeline
from worker.streaming.decisions import Decisions
from worker.streaming.problem import Problem, place

_REPLAYED: Final = Versions(code="", register="")
_FROM_THE_REGISTER: Final = ("mission_name", "predecessor", "successor")


@dataclass(frozen=True, slots=True)
class _Named:
    """What the register said of a mission when an event was written."""

    name: str
    predecessor: str | None
    successor: str | None


@dataclass(frozen=True, slots=True)
class _Then:
    """The register as it was, as far as one event tells."""

    by_slug: Mapping[str, Mission]

    @classmethod
    def told_by(cls, event: StatusChanged) -> "_Then":
        if event.mission is None or event.mission_name is None:
            return cls({})
        return cls({event.mission: _Named(event.mission_name, event.predecessor, event.successor)})


@dataclass(slots=True)
class _State:
    """The record of the state topic that is the latest of a subject."""

    value: bytes
    at: Coordinates
    ends: Coordinates
    proved: bool = False


class Refold:
    """Proves one partition: takes in its events and its states, then its observations, each in their order.

    Events and states may run ahead of the receipts, which are read before them, and observations ahead of both: a
    state is held against the timeline of the very observation that it ends with. `problems` are faults; `notes` tell of
    what another version of the code decided otherwise than this one would, which may be right.
    """

    def __init__(
        self, topic: str, partition: int, decisions: Decisions, codec: Codec, missions: Missions, versions: Versions
    ) -> None:
        self._topic = topic
        self._partition = partition
        self._decisions = decisions
        self._codec = codec
        self._missions = missions
        self._versions = versions
        self._events: dict[int, list[tuple[bytes, Coordinates]]] = {}
        self._states: dict[str, _State] = {}
        self._timelines: dict[str, Timeline] = {}
        self._taken_in: dict[str, Coordinates] = {}
        self._elsewhere: set[str] = set()
        self._last_event = -1
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.events = 0
        """Events that the observations give, word for word."""
        self.states = 0
        """States that the observations give, word for word."""

    def event(self, event: StatusChanged, value: bytes, at: Coordinates) -> None:
        """A record of the events' topic; `value` is what it was decoded from."""
        seen = event.observed_at
        if (seen.topic, seen.partition) != (self._topic, self._partition):
            self._fault(at, f"event {event.id} comes from {place(seen)}, and so stands in the wrong partition")
            return
        if seen.offset < self._last_event:
            self._fault(at, f"event {event.id} of {place(seen)} stands behind that of a later observation")
        self._last_event = max(self._last_event, seen.offset)
        decided = self._decisions.on(seen.offset)
        if decided is not None and decided != event.versions:
            self._fault(at, f"event {event.id} says {_by(event.versions)}, its receipt {_by(decided)}")
        self._events.setdefault(seen.offset, []).append((value, at))

    def state(self, subject: str, value: bytes | None, at: Coordinates) -> None:
        """A record of the state topic. Raises EventError for bytes that are no state."""
        if value is None:
            self._states.pop(subject, None)
            return
        timeline = self._codec.decode(value, Timeline).value
        if timeline.subject != subject:
            self._fault(at, f"the state of {timeline.subject} stands under the key {subject}")
        self._states[subject] = _State(value, at, timeline.last_observed_at)

    def observation(self, observation: Observation, at: Coordinates) -> None:
        """A record of the observations' topic: fold it, and look what was made of it."""
        subject, before = observation.subject, self._timelines.get(observation.subject)
        decided = self._decisions.on(at.offset)
        if decided is not None and decided.code != self._versions.code:
            self._elsewhere.add(subject)
        found = self._events.pop(at.offset, [])
        folded = fold(before, observation, at, self._register_of(found), _REPLAYED)
        self._timelines[subject] = folded.timeline
        self._hold_event(folded.event, found, observation, at)
        if folded.timeline is before:
            return
        if decided is not None:
            self._taken_in[subject] = at
        state = self._states.get(subject)
        if state is not None and state.ends == at:
            self._hold_state(folded.timeline, state)

    def finish(self) -> None:
        """All has been taken in: tell what is left over and what is missing."""
        for offset, events in self._events.items():
            source = Coordinates(self._topic, self._partition, offset)
            for value, at in events:
                event = self._codec.decode(value, StatusChanged).value
                self._fault(at, f"event {event.id} comes from {place(source)}, where no observation is")
        for subject, state in self._states.items():
            taken_in = self._taken_in.get(subject)
            if not state.proved:
                self._fault(state.at, f"the state of {subject} ends with {place(state.ends)}, which did not change it")
            elif taken_in is not None and state.ends.offset < taken_in.offset:
                self._fault(
                    state.at, f"the state of {subject} ends with {place(state.ends)}, and {place(taken_in)} came after"
                )
        for subject, at in self._taken_in.items():
            if subject not in self._states:
                self._fault(at, f"{subject} has no state, though this was taken in")

    def _register_of(self, found: list[tuple[bytes, Coordinates]]) -> Missions:
        """The register that decided: this one, or what the event itself tells of a former one."""
        if len(found) == 1:
            event = self._codec.decode(found[0][0], StatusChanged).value
            if event.versions.register != self._versions.register:
                return _Then.told_by(event)
        return self._missions

    def _hold_event(
        self,
        expected: StatusChanged | None,
        found: list[tuple[bytes, Coordinates]],
        observation: Observation,
        at: Coordinates,
    ) -> None:
        tell = self._teller(observation.subject)
        if expected is None:
            for _, stands in found:
                tell(stands, f"an event comes from {place(at)}, which tells nothing new of {observation.subject}")
            return
        told = f"event {expected.sequence} of {observation.subject}, {expected.change.value} {expected.occurred}"
        if not found:
            if self._decisions.on(at.offset) is not None:
                tell(at, f"{told}, is missing")
            return
        for value, stands in found:
            event = replace(self._codec.decode(value, StatusChanged).value, versions=_REPLAYED)
            if event == expected:
                self.events += 1
            else:
                tell(stands, f"{told}, from {place(at)}, differs in {', '.join(differences(event, expected))}")

    def _hold_state(self, expected: Timeline, state: _State) -> None:
        state.proved = True
        found = self._codec.decode(state.value, Timeline).value
        tell = self._teller(found.subject)
        decided = self._decisions.on(state.ends.offset)
        if decided is not None and decided != found.versions:
            self._fault(
                state.at, f"the state of {found.subject} says {_by(found.versions)}, its receipt {_by(decided)}"
            )
        if found.versions.register != self._versions.register:
            expected = replace(expected, **{name: getattr(found, name) for name in _FROM_THE_REGISTER})
        if replace(found, versions=_REPLAYED) == expected:
            self.states += 1
            return
        told = ", ".join(differences(replace(found, versions=_REPLAYED), expected))
        tell(state.at, f"the state of {found.subject} differs from what is observed in {told}")

    def _teller(self, subject: str) -> Callable[[Coordinates, str], None]:
        """Where to tell what is wrong with a subject: this code need not decide as another version did."""
        to = self.notes if subject in self._elsewhere else self.problems
        return lambda at, what: to.append(Problem(place(at), what))

    def _fault(self, at: Coordinates, what: str) -> None:
        self.problems.append(Problem(place(at), what))


def _by(versions: Versions) -> str:
    return f"code {versions.code} and register {versions.register}"
