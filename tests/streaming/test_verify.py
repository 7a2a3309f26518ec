"""The auditor is worth what it finds: a sound log, and then the same log with one thing wrong."""

from dataclasses import replace

import pytest

from tests.missions import samples
from worker.events.receipt import Receipt
from worker.missions.event import StatusChanged
from worker.missions.observation import Coordinates, Observation
from worker.missions.vocabulary import Change
from worker.streaming.verify import Auditor

RAW, SEEN, DEAD, EVENTS, RECEIPTS = (
    "articles.raw",
    "missions.observations",
    "articles.dead-letter",
    "missions.status-changed",
    "ingestion.receipts",
)
REPORTS = [
    samples.reported(Change.WITHDRAWAL_ANNOUNCED, "2022-02-17"),
    samples.reported(Change.WITHDRAWAL_STARTED, "2022-05-01"),
    samples.reported(Change.ENDED, "2022-08-15"),
]


def observed(nth: int) -> Observation:
    one = samples.observation(REPORTS[nth], f"a{nth}")
    return replace(one, source=replace(one.source, topic=RAW, partition=0, offset=2 * nth))


def published() -> list[StatusChanged]:
    folded = samples.fold_all(observed(nth) for nth in range(3))
    events = [it.event for it in folded if it.event is not None]
    return [replace(event, observed_at=Coordinates(SEEN, 1, nth)) for nth, event in enumerate(events)]


def receipt(stage: str, first: int, following: int, outcomes: dict[str, int], outputs: dict[str, int]) -> Receipt:
    topic, partition = (RAW, 0) if stage == "extract" else (SEEN, 1)
    return Receipt(
        stage=stage, group="g", member="m", topic=topic, partition=partition, first_offset=first, next_offset=following,
        outcomes=outcomes, outputs=outputs, versions=samples.VERSIONS,
    )  # fmt: skip


class Log:
    """A sound log: six articles, of which three report something and one is none, in two transactions."""

    def __init__(self) -> None:
        self.receipts = [
            receipt(
                "extract", 0, 4, {"observed": 2, "nothing": 1, "dead_letter": 1}, {"observations": 2, "dead_letters": 1}
            ),
            receipt("extract", 4, 8, {"observed": 1, "nothing": 1}, {"observations": 1}),
            receipt("track", 0, 4, {"changed": 3}, {"events": 3, "states": 1}),
        ]
        self.raw = [0, 1, 2, 3, 4, 6]  # a marker stands at 5 and at 7
        self.seen = [0, 1, 2]
        self.observations = [observed(nth) for nth in range(3)]
        self.letters = [1]
        self.events = published()
        self.later: list[Receipt] = []

    def audit(self) -> list[str]:
        auditor = Auditor()
        for nth, one in enumerate(self.receipts):
            auditor.receipt(one, Coordinates(RECEIPTS, 0, nth))
        for nth, event in enumerate(self.events):
            auditor.event(event, Coordinates(EVENTS, 1, nth))
        for nth, observation in enumerate(self.observations):
            auditor.observation(observation, Coordinates(SEEN, 1, nth))
        for nth, offset in enumerate(self.letters):
            auditor.dead_letter("extract", Coordinates(RAW, 0, offset), Coordinates(DEAD, 0, nth))
        for nth, one in enumerate([*self.receipts, *self.later]):
            auditor.later_receipt(one, Coordinates(RECEIPTS, 0, nth))
        for offset in self.raw:
            auditor.read("extract", Coordinates(RAW, 0, offset))
        for offset in self.seen:
            auditor.read("track", Coordinates(SEEN, 1, offset))
        return list(map(str, auditor.problems()))


@pytest.fixture
def log() -> Log:
    return Log()


def test_a_sound_log(log: Log) -> None:
    assert log.audit() == []


def test_receipts_may_come_in_any_order(log: Log) -> None:
    log.receipts.reverse()
    assert log.audit() == []


def test_a_receipt_is_missing(log: Log) -> None:
    del log.receipts[0]
    problems = log.audit()
    assert "extract articles.raw-0: 2 observations come from offsets that no receipt covers" in problems
    assert "extract articles.raw-0: 1 dead_letters come from offsets that no receipt covers" in problems


def test_a_gap_between_receipts(log: Log) -> None:
    log.receipts[0] = replace(log.receipts[0], next_offset=3)
    assert "extract articles.raw-0: no receipt for offsets 3 to 4" in log.audit()


def test_an_overlap(log: Log) -> None:
    log.receipts[1] = replace(log.receipts[1], first_offset=3)
    assert any("overlaps what ends at 4" in problem for problem in log.audit())


def test_an_empty_receipt(log: Log) -> None:
    log.receipts.append(receipt("extract", 8, 8, {}, {}))
    assert any("is empty" in problem for problem in log.audit())


def test_a_record_without_an_outcome(log: Log) -> None:
    log.raw.append(7)
    (problem,) = log.audit()
    assert "offsets 4 to 8" in problem
    assert "hold 3 records, and 2 outcomes are told" in problem


def test_an_observation_is_missing(log: Log) -> None:
    del log.observations[0]
    assert any("have 1 observations in the log, and 2 are told" in problem for problem in log.audit())


def test_an_observation_is_double(log: Log) -> None:
    log.observations.append(log.observations[2])
    problems = log.audit()
    assert any(problem.startswith(f"{SEEN}-1@3: observation ") and "is double" in problem for problem in problems)
    assert any("have 2 observations in the log, and 1 are told" in problem for problem in problems)


def test_the_same_article_twice_is_no_double(log: Log) -> None:
    one = log.observations[2]
    log.observations.append(replace(one, source=replace(one.source, offset=6)))
    log.receipts[1] = replace(log.receipts[1], outcomes={"observed": 2}, outputs={"observations": 2})
    log.seen.append(3)
    log.receipts[2] = replace(log.receipts[2], outcomes={"changed": 3, "duplicate": 1})
    assert log.audit() == []


def test_an_observation_was_changed(log: Log) -> None:
    log.observations[1] = replace(log.observations[1], subject="minusma/DE")
    assert any("has the content of" in problem for problem in log.audit())


def test_an_event_is_missing(log: Log) -> None:
    del log.events[1]
    problems = log.audit()
    assert any("have 2 events in the log, and 3 are told" in problem for problem in problems)
    assert any("event 3 of minusma stands where 2 should be" in problem for problem in problems)


def test_an_event_is_double(log: Log) -> None:
    log.events.append(log.events[0])
    assert any("is double: also at missions.status-changed-1@0" in problem for problem in log.audit())


def test_an_event_was_changed(log: Log) -> None:
    log.events[0] = replace(log.events[0], late=True)
    assert any("has the content of" in problem for problem in log.audit())


def test_a_dead_letter_is_double(log: Log) -> None:
    log.letters.append(1)
    assert any("the dead letter of articles.raw-0@1 is double" in problem for problem in log.audit())


def test_a_dead_letter_is_missing(log: Log) -> None:
    log.letters.clear()
    assert any("have 0 dead_letters in the log, and 1 are told" in problem for problem in log.audit())


def test_what_retention_took_is_told(log: Log) -> None:
    log.receipts[1] = replace(log.receipts[1], outcomes={"observed": 1, "nothing": 1, "lost": 1})
    (problem,) = log.audit()
    assert "1 offsets that were removed before they were read" in problem


def test_what_a_running_service_has_added_is_no_fault(log: Log) -> None:
    one = log.observations[2]
    log.observations.append(replace(one, source=replace(one.source, offset=8)))
    log.raw.append(8)
    log.later = [receipt("extract", 8, 10, {"observed": 1}, {"observations": 1})]
    assert log.audit() == []


def test_without_its_receipt_it_is(log: Log) -> None:
    one = log.observations[2]
    log.observations.append(replace(one, source=replace(one.source, offset=8)))
    assert "extract articles.raw-0: 1 observations come from offsets that no receipt covers" in log.audit()
