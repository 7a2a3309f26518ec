"""The stage `track`: observations in, events out, and the state of each subject beside them."""

import time
from collections.abc import Mapping, Sequence

from worker.events.codec import Codec
from worker.events.errors import EventError, RegistryError
from worker.events.headers import trace_id
from worker.missions.event import StatusChanged
from worker.missions.fold import fold
from worker.missions.observation import Coordinates, Observation, Versions
from worker.missions.publish import Missions
from worker.missions.timeline import Timeline
from worker.settings import Topics
from worker.streaming.brake import Brake
from worker.streaming.dead_letters import dead_letter
from worker.streaming.faults import IndefiniteError
from worker.streaming.publisher import Publisher
from worker.streaming.restore import Restoration, Restorer
from worker.streaming.stage import Opened, Opening, Record, Work
from worker.streaming.states import States


class TrackStage:
    """Folds observations into timelines; what the fold finds new becomes an event.

    The states of a partition are a function of its input up to an offset. So they are kept with that offset, and good
    for as long as the partition is opened at the very same one; otherwise they are restored from the compacted topic.
    An outcome is counted for each observation: that of the fold, or `dead_letter`.
    """

    name = "track"

    def __init__(
        self,
        *,
        codec: Codec,
        missions: Missions,
        versions: Versions,
        publisher: Publisher,
        topics: Topics,
        restorer: Restorer,
        brake: Brake,
    ) -> None:
        self._codec = codec
        self._missions = missions
        self._versions = versions
        self._publisher = publisher
        self._topics = topics
        self._restorer = restorer
        self._brake = brake
        self._states: dict[int, tuple[int, States]] = {}
        self._restorations: dict[int, Restoration] = {}
        self._pending: dict[int, dict[str, tuple[Timeline, bytes]]] = {}

    def open(self, partition: int, position: int) -> Opening:
        """Restore the partition's states, unless they are at hand as they were at this position."""
        self._abandon(partition)
        known = self._states.get(partition)
        if known is not None and known[0] == position:
            return Opened()
        self._states.pop(partition, None)

        def restored(states: States) -> None:
            self._restorations.pop(partition, None)
            self._states[partition] = (position, states)

        self._restorations[partition] = self._restorer.begin(partition, restored)
        return self._restorations[partition]

    def process(self, batch: Mapping[int, Sequence[Record]]) -> Work:
        """Fold every observation. Raises BrakedError where too many cannot be read."""
        self._restorer.idle()
        work, self._pending = Work(), {}
        dead: dict[int, list[bool]] = {}
        for number, records in batch.items():
            touched: dict[str, tuple[Timeline, Record]] = {}
            began = time.perf_counter()
            dead[number] = [self._fold(record, touched, work) for record in records]
            work.seconds += [(time.perf_counter() - began) / len(records)] * len(records)
            self._write_states(number, touched, work)
        self._brake.judge(dead)
        return work

    def committed(self, positions: Mapping[int, int]) -> None:
        """Take over the states that are public now."""
        for number, position in positions.items():
            _, states = self._states[number]
            states.update(self._pending.get(number, {}))
            self._states[number] = (position, states)
        self._pending = {}
        self._brake.committed()

    def close(self, partition: int) -> None:
        """Drop the partition's states."""
        self._abandon(partition)
        self._states.pop(partition, None)

    @property
    def entries(self) -> int:
        """How many subjects are in memory."""
        return sum(len(states) for _, states in self._states.values())

    @property
    def bytes(self) -> int:
        """What their states take, encoded."""
        return sum(states.size for _, states in self._states.values())

    @property
    def remaining(self) -> int:
        """Records of the state topic still to be read."""
        return self._restorer.remaining

    @property
    def restore_seconds(self) -> float:
        """How long the last restoration took."""
        return self._restorer.seconds

    def _abandon(self, partition: int) -> None:
        restoration = self._restorations.pop(partition, None)
        if restoration is not None:
            restoration.abandoned = True

    def _fold(self, record: Record, touched: dict[str, tuple[Timeline, Record]], work: Work) -> bool:
        """Fold one observation; whether it became a dead letter."""
        tally = work.tally(record.partition)
        try:
            observation = self._codec.decode(record.value or b"", Observation).value
        except RegistryError as error:
            # Not the observation's fault, and likely to pass.
            raise IndefiniteError(str(error)) from error
        except EventError as error:
            letter = dead_letter(
                self._topics.dead_letter,
                record,
                reason=error.reason,
                error=error,
                stage=self.name,
                version=self._versions.code,
            )
            work.outputs.append(letter)
            work.dead_letters[error.reason] += 1
            tally.outputs["dead_letters"] += 1
            tally.outcomes["dead_letter"] += 1
            return True
        # A state that cannot be read is no fault of the observation's, and ends the process.
        before = self._timeline(observation.subject, record.partition, touched)
        at = Coordinates(record.topic, record.partition, record.offset)
        folded = fold(before, observation, at, self._missions, self._versions)
        tally.outcomes[folded.outcome.value] += 1
        if folded.timeline is not before:
            touched[observation.subject] = (folded.timeline, record)
        if folded.event is not None:
            work.outputs.append(self._publisher.event(self._topics.status_changed, folded.event, record))
            tally.outputs["events"] += 1
            if record.timestamp >= 0:
                work.sources.append(record.timestamp)
            work.published.append(told(folded.event, record))
        return False

    def _timeline(
        self, subject: str, partition: int, touched: Mapping[str, tuple[Timeline, Record]]
    ) -> Timeline | None:
        if subject in touched:
            return touched[subject][0]
        return self._states[partition][1].get(subject)

    def _write_states(self, number: int, touched: Mapping[str, tuple[Timeline, Record]], work: Work) -> None:
        """One state a subject and transaction: the states between are of no interest to anybody."""
        pending = self._pending.setdefault(number, {})
        for subject, (timeline, record) in touched.items():
            encoded = self._codec.encode(timeline)
            pending[subject] = (timeline, encoded)
            work.outputs.append(self._publisher.state(self._topics.status, timeline, encoded, record))
        if touched:
            work.tally(number).outputs["states"] += len(touched)


def told(event: StatusChanged, record: Record) -> Mapping[str, object]:
    """An event as a log line has it: what happened, by whose word, and where that stands in the log."""
    return {
        "id": event.id,
        "subject": event.subject,
        "sequence": event.sequence,
        "change": event.change.value,
        "status": event.status.value,
        "occurred": str(event.occurred),
        "late": event.late,
        "contradicts": event.contradicts,
        "confidence": event.confidence,
        "quote": event.evidence.quote,
        "rule": event.evidence.rule,
        "article_id": event.source.article,
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "trace_id": trace_id(record.headers),
    }
