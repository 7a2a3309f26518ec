"""One batch, one transaction: outputs and input offsets become visible together, or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

from kafka import TopicPartition
from kafka.errors import KafkaError, KafkaTimeoutError
from kafka.structs import OffsetAndMetadata

from worker.settings import Kafka
from worker.streaming.client import producer
from worker.streaming.faults import FaultError, classify
from worker.streaming.stage import Output
from worker.streaming.watchdog import Watchdog


class Transactor:
    """A transactional producer that serves until its first failure, and then is replaced.

    No producer is used after a transaction that failed. It may still hold a batch that lands after the abort marker
    (KAFKA-14053), and kafka-python keeps the offsets of an aborted transaction and commits them with the next one.
    `init_transactions` of the successor, which has the same transactional id, aborts what is left and fences the rest.

    """

    def __init__(self, kafka: Kafka, transactional_id: str, watchdog: Watchdog) -> None:
        self._kafka = kafka
        self._transactional_id = transactional_id
        self._watchdog = watchdog
        self._producer: Any = None
        # A coordinator that has to be elected anew, and its transaction log read, is within this.
        self._call_seconds = 2 * kafka.transaction_timeout_ms / 1000

    def open(self) -> None:
        """Make a producer and fence its predecessors; waits until their transactions have ended.

        To be called before the consumer polls: an open transaction of a predecessor would block its offsets.
        Raises IndefiniteError when the cluster does not answer in time, FatalError when it refuses.
        """
        self.close()
        # Its predecessor's transaction may first have to time out.
        until = monotonic() + self._call_seconds
        with self._watchdog.deadline("init_transactions", 2 * self._call_seconds):
            try:
                self._producer = producer(self._kafka, transactional_id=self._transactional_id)
                while True:
                    try:
                        self._producer.init_transactions()
                    except KafkaTimeoutError:
                        # A further call goes on waiting for the same request.
                        if monotonic() > until:
                            raise
                    else:
                        return
            except KafkaError as error:
                raise self._fault(error) from error

    def commit(self, outputs: Iterable[Output], offsets: Mapping[TopicPartition, int], group: Any) -> None:
        """Write the outputs and the offsets of the consumer group, atomically.

        `group` is what `KafkaConsumer.group_metadata()` said when the inputs were polled: the broker refuses offsets
        of an older generation (KIP-447). Raises FaultError; the producer is then gone, and `open` must come next.
        """
        call = self._call_seconds
        try:
            self._producer.begin_transaction()
            with self._watchdog.deadline("send", call):
                sent = [self._send(output) for output in outputs]
            self._settle(sent)
            with self._watchdog.deadline("send_offsets_to_transaction", call):
                committed = {tp: OffsetAndMetadata(offset, "", -1) for tp, offset in offsets.items()}
                self._producer.send_offsets_to_transaction(committed, group)
            with self._watchdog.deadline("commit_transaction", call):
                self._producer.commit_transaction()
        except KafkaError as error:
            raise self._fault(error) from error
        except FaultError:
            self.close()
            raise

    def close(self) -> None:
        """Drop the producer without waiting for what it has not sent. Its transaction, if any, is left to `open`."""
        producer, self._producer = self._producer, None
        if producer is None:
            return
        with self._watchdog.deadline("producer.close", self._call_seconds), suppress(KafkaError):
            # `close` flushes first, and gives up closing when that times out; a forced sender fails its batches itself.
            producer._sender.force_close()
            producer.close(timeout=self._kafka.request_timeout_ms / 1000)

    def _send(self, output: Output) -> Any:
        return self._producer.send(
            output.topic,
            value=output.value,
            key=output.key,
            headers=list(output.headers),
            partition=output.partition,
            timestamp_ms=output.timestamp_ms,
        )

    def _settle(self, sent: Sequence[Any]) -> None:
        """Wait until every send has succeeded.

        A batch that expires fails its futures and nothing else: the client would commit the offsets without it.
        """
        # The producer applies the timeout to each batch in turn, hence the deadline over all of them.
        with self._watchdog.deadline("flush", self._call_seconds):
            self._producer.flush(timeout=self._kafka.delivery_timeout_ms / 1000)
        for future in sent:
            if not future.succeeded():
                raise self._fault(future.exception or KafkaTimeoutError("a record is neither written nor failed"))

    def _fault(self, error: BaseException) -> FaultError:
        manager = getattr(self._producer, "_transaction_manager", None)
        fault = classify(error, getattr(manager, "last_error", None))
        self.close()
        return fault
