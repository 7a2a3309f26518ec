"""A backfill into a file: the inputs through all cores, and back in order into events."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import worker
from worker.backfill import extracting, letters
from worker.backfill.batches import Mark, batches
from worker.backfill.checkpoint import Checkpoint
from worker.backfill.extracting import Extracted
from worker.backfill.folding import Folder
from worker.backfill.inputs import Input, identity
from worker.backfill.place import EVENTS, LETTERS, OBSERVATIONS, STATES, Place, PlaceError
from worker.backfill.pool import Pool
from worker.backfill.summary import Summary
from worker.events import schemas
from worker.events.codec import Codec
from worker.events.container import Container, records
from worker.events.wire import SINGLE_OBJECT_BYTES
from worker.extraction.extractor import Extractor
from worker.missions.observation import Observation
from worker.missions.register import Register
from worker.settings import Articles, Topics

_CHECKPOINT_SECONDS: Final = 2.0

Tell = Callable[[Checkpoint], bool]


class StoppedError(Exception):
    """A backfill was asked to stop, and has put on the disk all that it did."""


def _go_on(_: Checkpoint) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to go about a backfill: `processes` that read, limits on articles, names of topics."""

    processes: int
    articles: Articles
    topics: Topics
    checkpoint_seconds: float = _CHECKPOINT_SECONDS


class Backfill:
    """One backfill, begun or resumed where a former run was stopped.

    Args:
        given: the files to read, in order.
        place: where the events go. It must be locked.
        options: how to go about it.
        started_ms: what events have for `recorded_at` where this run is the first, Unix time in milliseconds.

    Raises:
        PlaceError: what a former run left there is of other inputs, or of other code.
    """

    def __init__(self, given: Sequence[Input], place: Place, options: Options, started_ms: int) -> None:
        self._given = given
        self._place = place
        self._options = options
        code = f"{worker.__version__}+{Extractor.load().version}"
        known = identity(given, code, Register.load().version, options.articles.model_dump_json())
        found = Checkpoint.load(place.checkpoint)
        if found is not None and found.identity != known:
            raise PlaceError(
                f"{place.folder} was begun with other files or by other rules: --force begins anew, and drops it"
            )
        self.resumed = found is not None
        self.state = found or Checkpoint(identity=known, started_ms=started_ms)
        self._folder = Folder(options.topics.observations)
        self._codec = Codec()
        self._began = time.monotonic()
        self._seconds_before = self.state.seconds

    def run(self, tell: Tell = _go_on) -> Summary:
        """Read what is left, and put everything where it belongs.

        `tell` is told of progress again and again, and says whether to go on; where not, StoppedError is raised.
        Whatever ends it, a later run goes on from the last checkpoint.
        """
        if not self.state.complete:
            with ExitStack() as stack:
                files = {kind: stack.enter_context(self._open(kind)) for kind in (EVENTS, OBSERVATIONS, LETTERS)}
                self._restore(files)
                self._read(files, tell)
            self._finish()
        summary = self._summary()
        self._place.publish()
        return summary

    def _open(self, kind: str) -> Container:
        definition = letters.definition() if kind == LETTERS else schemas.load().latest(_SCHEMAS[kind]).definition
        return Container(self._place.partial(kind), definition, self.state.lengths.get(kind))

    def _restore(self, files: dict[str, Container]) -> None:
        """Fold again what was observed before; the events of that are written already."""
        if self.resumed:
            for observation in records(self._place.partial(OBSERVATIONS), Observation):
                self._folder.fold(observation.value)
            if (self._folder.observations, self._folder.events) != (self.state.observations, self.state.events):
                raise PlaceError(f"{self._place.folder} is damaged: --force begins anew")
        else:
            self._save(files)

    def _read(self, files: dict[str, Container], tell: Tell) -> None:
        options, saved = self._options, time.monotonic()
        arguments: tuple[Any, ...] = (options.articles, options.topics)
        left = batches(self._given, options.articles.max_bytes, file=self.state.file, number=self.state.number)
        with Pool(options.processes, extracting.read, extracting.prepare, arguments) as pool:
            for mark, extracted in pool.map(left):
                self._take(mark, extracted, files)
                go_on = tell(self.state)
                if not go_on or time.monotonic() - saved >= options.checkpoint_seconds:
                    self._save(files)
                    saved = time.monotonic()
                if not go_on:
                    raise StoppedError(f"stopped after {self.state.articles} articles")
        self._save(files)

    def _take(self, mark: Mark, extracted: Extracted, files: dict[str, Container]) -> None:
        state = self.state
        for encoded in extracted.observations:
            observation = self._codec.decode(encoded, Observation).value
            files[OBSERVATIONS].append(_bare(encoded))
            event = self._folder.fold(observation)
            if event is not None:
                files[EVENTS].append(_bare(self._codec.encode(event, recorded_at=state.started_ms)))
        for letter in extracted.letters:
            files[LETTERS].append(letters.encoded(letter))
        state.file, state.number, state.bytes_read = mark.file, mark.number, mark.bytes_read
        state.articles += extracted.outcomes.total()
        state.outcomes = dict(Counter(state.outcomes) + extracted.outcomes)
        state.dead_letters = dict(Counter(state.dead_letters) + Counter(it.reason for it in extracted.letters))
        state.observations, state.events = self._folder.observations, self._folder.events
        state.broken |= mark.broken
        state.seconds = self._seconds_before + time.monotonic() - self._began

    def _save(self, files: dict[str, Container]) -> None:
        self.state.lengths = {kind: file.sync() for kind, file in files.items()}
        self.state.save(self._place.checkpoint)

    def _finish(self) -> None:
        with Container(self._place.partial(STATES), schemas.load().latest(schemas.STATUS).definition) as states:
            for timeline in self._folder.timelines():
                states.append(_bare(self._codec.encode(timeline)))
            states.sync()
        if not self.state.dead_letters:
            self._place.partial(LETTERS).unlink()
        self.state.subjects = len(self._folder.timelines())
        self.state.seconds = self._seconds_before + time.monotonic() - self._began
        self.state.complete = True
        self.state.save(self._place.checkpoint)

    def _summary(self) -> Summary:
        state, finished = self.state, self._place.finished
        kinds = [kind for kind in finished if kind != LETTERS or state.dead_letters]
        return Summary(
            articles=state.articles,
            observations=state.observations,
            events=state.events,
            subjects=state.subjects,
            outcomes=dict(sorted(state.outcomes.items())),
            dead_letters=dict(sorted(state.dead_letters.items())),
            broken=state.broken,
            seconds=state.seconds,
            resumed=self.resumed,
            files={kind: str(finished[kind]) for kind in kinds},
        )


def backfill(
    given: Sequence[Input],
    out: Path,
    options: Options,
    *,
    started_ms: int,
    force: bool = False,
    tell: Tell = _go_on,
) -> Summary:
    """Read the files into a file of events; go on where a former run with the same files was stopped.

    `force` drops what former runs left, finished or not. Raises PlaceError where `out` is there already, where another
    run is at it, and as `Backfill` does; PoolError where no process can be started; StoppedError where `tell` says so.
    """
    place = Place(out)
    if out.exists() and not force and not place.checkpoint.exists():
        raise PlaceError(f"{out} is there already: --force writes it anew")
    with place.locked():
        if force:
            place.discard()
        return Backfill(given, place, options, started_ms).run(tell)


def _bare(encoded: bytes) -> bytes:
    """A record without what names its schema in a topic: a file names it once, at its beginning."""
    return encoded[SINGLE_OBJECT_BYTES:]


_SCHEMAS: Final = {EVENTS: schemas.STATUS_CHANGED, OBSERVATIONS: schemas.OBSERVATION}
