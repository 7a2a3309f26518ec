"""Batches through all cores, their results in order, and a batch that ends a process taken apart."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, Final, Generic, NamedTuple, Self, TypeVar

from worker.backfill.extracting import Extracted, lost
from worker.backfill.message import Message

_AHEAD: Final = 4
"""Batches that wait for each process: enough that none is ever idle, and a bound on memory."""

Read = Callable[[Sequence[Message]], Extracted]
Mark = TypeVar("Mark")


class PoolError(RuntimeError):
    """There are no processes to read with, and it is no message's fault."""


class _Waiting(NamedTuple, Generic[Mark]):
    batch: Sequence[Message]
    mark: Mark
    future: Future[Extracted]


class Pool:
    """Processes that read messages.

    Args:
        processes: how many.
        read: reads a batch there; must be importable by name.
        prepare: makes a process ready, with `arguments`.
    """

    def __init__(self, processes: int, read: Read, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        self._processes = processes
        self._read = read
        self._prepare = prepare
        self._arguments = arguments
        self._executor = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def map(self, batches: Iterable[tuple[Sequence[Message], Mark]]) -> Iterator[tuple[Mark, Extracted]]:
        """The results of the batches in their order, each with the mark that came with its batch."""
        waiting: deque[_Waiting[Mark]] = deque()
        for batch, mark in batches:
            try:
                waiting.append(_Waiting(batch, mark, self._executor.submit(self._read, batch)))
            except BrokenProcessPool as error:
                failed: Future[Extracted] = Future()
                failed.set_exception(error)
                waiting.append(_Waiting(batch, mark, failed))
            while len(waiting) > self._processes * _AHEAD or (waiting and waiting[0].future.done()):
                yield self._first(waiting)
        while waiting:
            yield self._first(waiting)

    def _first(self, waiting: deque[_Waiting[Mark]]) -> tuple[Mark, Extracted]:
        first = waiting.popleft()
        try:
            return first.mark, first.future.result()
        except BrokenProcessPool:
            # Which of the batches did it nobody knows; all that wait are void, and each is tried by itself.
            self._renew()
            results = [(each, self._apart(each.batch)) for each in (first, *waiting)]
        waiting.clear()
        for each, result in results[1:]:
            done: Future[Extracted] = Future()
            done.set_result(result)
            waiting.append(each._replace(future=done))
        return first.mark, results[0][1]

    def _apart(self, batch: Sequence[Message]) -> Extracted:
        """Read a batch alone, in halves where that ends the process, until the message is found that does it."""
        try:
            return self._executor.submit(self._read, batch).result()
        except BrokenProcessPool:
            self._renew()
        if len(batch) == 1:
            return lost(batch[0])
        middle = len(batch) // 2
        extracted = self._apart(batch[:middle])
        extracted.add(self._apart(batch[middle:]))
        return extracted

    def _renew(self) -> None:
        """Replace processes that ended. Raises PoolError where new ones end before they were given anything."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = self._start()
        try:
            self._executor.submit(self._read, ()).result()
        except BrokenProcessPool as error:
            raise PoolError("the processes that read articles cannot start") from error

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._processes,
            # A fork would take along the threads of progress bars and clients in whatever state they are.
            mp_context=multiprocessing.get_context("spawn"),
            initializer=self._prepare,
            initargs=self._arguments,
        )
