"""A backfill into the topic of raw articles: exactly once, whatever is killed when.

Each batch is one transaction, and the number of messages sent so far is committed with it, as the offset of a consumer
group that has no members. So the position lies where the messages do and moves with them: there is no moment at which
one knows of a batch and the other does not. Kafka forgets such a group after `offsets.retention.minutes`, by default a
week; articles that are sent twice after that give observations that are recognised as duplicates.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kafka import TopicPartition
from kafka.structs import ConsumerGroupMetadata

from worker.backfill.batches import Mark, batches
from worker.backfill.inputs import Input, identity
from worker.backfill.message import SCHEME, TRUNCATED, Message
from worker.settings import Settings
from worker.streaming import client
from worker.streaming.faults import FatalError, FaultError
from worker.streaming.stage import Output
from worker.streaming.transactor import Transactor
from worker.streaming.watchdog import Watchdog

_MESSAGES: Final = 1000
_ATTEMPTS: Final = 5
# For what is in a batch beside the value of its one record: key, headers, and Kafka's own.
_ROOM: Final = 8 << 10
_TOO_LARGE: Final = "larger than the topic takes (MISSION_WORKER_TOPIC_MAX_MESSAGE_BYTES)"


@dataclass(slots=True)
class Sent:
    """How far it has come: `messages` dealt with by all runs, of these `before` by former ones; bytes of input read.

    `broken` has what was not sent: files that could not be read to their end, and messages that are too large.
    """

    topic: str
    before: int = 0
    messages: int = 0
    bytes_read: int = 0
    seconds: float = 0.0
    broken: dict[str, str] = field(default_factory=dict)


def _cut(message: Message) -> bool:
    return any(name == TRUNCATED for name, _ in message.headers)


class Sender:
    """Sends the messages of files to the topic of raw articles. Two that send the same files fence each other off.

    Raises FaultError where the cluster refuses, or does not answer.
    """

    def __init__(self, given: Sequence[Input], settings: Settings) -> None:
        self._given = given
        self._settings = settings
        self._topic = settings.topics.articles_raw
        name = f"mission-worker.backfill.{identity(given, self._topic)}"
        self._group = ConsumerGroupMetadata(name, -1, "", None)
        self._place = TopicPartition(self._topic, 0)
        self._transactor = Transactor(settings.kafka, name, Watchdog(settings.process.stall_limit_seconds))

    def run(self, tell: Callable[[Sent], bool], *, anew: bool = False) -> Sent:
        """Send what is left; `tell` is told of each batch, and says whether to go on. `anew` sends everything again."""
        began, sent = time.monotonic(), Sent(self._topic)
        self._transactor.open()
        try:
            sent.before = sent.messages = 0 if anew else self._position()
            left = batches(self._given, self._settings.topics.max_message_bytes - _ROOM, size=_MESSAGES)
            passed = 0
            for batch, mark in left:
                unsent = batch[max(0, sent.before - passed) :]
                passed += len(batch)
                sent.broken |= {f"{it.topic.removeprefix(SCHEME)} #{it.offset}": _TOO_LARGE for it in batch if _cut(it)}
                if unsent:
                    self._commit([it for it in unsent if not _cut(it)], passed)
                self._note(sent, mark, passed, began)
                if not tell(sent):
                    break
        finally:
            self._transactor.close()
        return sent

    def _note(self, sent: Sent, mark: Mark, passed: int, began: float) -> None:
        sent.messages = max(passed, sent.before)
        sent.bytes_read = mark.bytes_read
        sent.seconds = time.monotonic() - began
        sent.broken |= mark.broken

    def _commit(self, batch: Sequence[Message], position: int) -> None:
        """Send a batch, and that all before `position` is sent; again where the cluster had no time for it."""
        outputs = [
            Output(self._topic, each.key, each.value, each.headers, timestamp_ms=each.timestamp) for each in batch
        ]
        for attempt in range(_ATTEMPTS):
            try:
                self._transactor.commit(outputs, {self._place: position}, self._group)
            except FatalError:
                raise
            except FaultError:
                if attempt + 1 == _ATTEMPTS:
                    raise
                self._transactor.open()
                # Whether the transaction came through before its answer was lost, the position tells.
                if self._position() >= position:
                    return
            else:
                return

    def _position(self) -> int:
        reader = client.reader(self._settings.kafka, group_id=self._group.group_id)
        try:
            return int(reader.committed(self._place) or 0)
        finally:
            reader.close(autocommit=False)
