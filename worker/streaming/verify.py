"""The auditor: proves from the log alone that every input was taken in exactly once.

Receipts say which offsets a transaction took in and what it made of them. They must tile each input partition, account
for each of its records, and add up to what the output topics hold.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from worker.events.receipt import Receipt
from worker.missions.event import StatusChanged
from worker.missions.observation import Coordinates, Observation
from worker.streaming.problem import Problem, place
from worker.streaming.refold import Refold

OBSERVATIONS: Final = "observations"
EVENTS: Final = "events"
DEAD_LETTERS: Final = "dead_letters"
_KINDS: Final = (OBSERVATIONS, EVENTS, DEAD_LETTERS)
_LOST: Final = "lost"


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """An input partition of a stage."""

    stage: str
    topic: str
    partition: int

    def __str__(self) -> str:
        return f"{self.stage} {self.topic}-{self.partition}"


@dataclass(slots=True)
class Account:
    """The receipts of an input partition, and what was found on their account. `covered` is the end of `later` ones."""

    receipts: list[tuple[Receipt, Coordinates]] = field(default_factory=list)
    covered: int = 0
    offsets: list[int] = field(default_factory=list)
    outputs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def next_offset(self) -> int:
        """Where the receipts end."""
        return max((receipt.next_offset for receipt, _ in self.receipts), default=0)

    @property
    def outcomes(self) -> Counter[str]:
        """The outcomes of all receipts."""
        return sum((Counter(receipt.outcomes) for receipt, _ in self.receipts), Counter())


class Auditor:
    """Takes in the topics, record by record and in any order, and then says what is wrong."""

    def __init__(self) -> None:
        self.accounts: dict[Input, Account] = defaultdict(Account)
        self._receipts: set[Coordinates] = set()
        self._observations: Counter[tuple[str, str, int, int]] = Counter()
        self._events: dict[str, Coordinates] = {}
        self._sequences: dict[str, list[tuple[int, Coordinates]]] = defaultdict(list)
        self._letters: Counter[tuple[str, int, int]] = Counter()
        self._problems: list[Problem] = []
        self.notes: list[Problem] = []
        """What another version of the code decided otherwise than this one would: no faults, and not proved either."""
        self.proved_events = 0
        """Events that are word for word what the observations give when they are folded anew."""
        self.proved_states = 0
        """States that are so."""

    def receipt(self, receipt: Receipt, at: Coordinates) -> None:
        """A record of the receipts' topic."""
        self._account(receipt.stage, receipt.topic, receipt.partition).receipts.append((receipt, at))
        self._receipts.add(at)

    def later_receipt(self, receipt: Receipt, at: Coordinates) -> None:
        """A record of the receipts' topic, read again: one that was not there before accounts for what is new."""
        account = self._account(receipt.stage, receipt.topic, receipt.partition)
        if at not in self._receipts:
            account.covered = max(account.covered, receipt.next_offset)

    def read(self, stage: str, at: Coordinates) -> None:
        """A record of a stage's input topic."""
        self._account(stage, at.topic, at.partition).offsets.append(at.offset)

    def observation(self, observation: Observation, at: Coordinates) -> None:
        """A record of the observations' topic: an output of `extract`."""
        source = observation.source
        self._account("extract", source.topic, source.partition).outputs[OBSERVATIONS].append(source.offset)
        key = (observation.id, source.topic, source.partition, source.offset)
        self._observations[key] += 1
        if self._observations[key] == 2:
            origin = Coordinates(source.topic, source.partition, source.offset)
            self._say(at, f"observation {observation.id} of {place(origin)} is double")
        if observation.content_id() != observation.id:
            self._say(at, f"observation {observation.id} has the content of {observation.content_id()}")

    def event(self, event: StatusChanged, at: Coordinates) -> None:
        """A record of the events' topic: an output of `track`."""
        seen = event.observed_at
        self._account("track", seen.topic, seen.partition).outputs[EVENTS].append(seen.offset)
        first = self._events.setdefault(event.id, at)
        if first is not at:
            self._say(at, f"event {event.id} is double: also at {place(first)}")
        if event.content_id() != event.id:
            self._say(at, f"event {event.id} has the content of {event.content_id()}")
        self._sequences[event.subject].append((event.sequence, at))

    def dead_letter(self, stage: str, source: Coordinates, at: Coordinates) -> None:
        """A record of the dead letters' topic, and where it came from."""
        self._account(stage, source.topic, source.partition).outputs[DEAD_LETTERS].append(source.offset)
        key = (source.topic, source.partition, source.offset)
        self._letters[key] += 1
        if self._letters[key] == 2:
            self._say(at, f"the dead letter of {place(source)} is double")

    def refolded(self, refold: Refold) -> None:
        """A partition that was replayed in memory."""
        self._problems += refold.problems
        self.notes += refold.notes
        self.proved_events += refold.events
        self.proved_states += refold.states

    def undecodable(self, at: Coordinates, why: str) -> None:
        """A record of a derived topic that cannot be read."""
        self._say(at, f"cannot be read: {why}")

    def problems(self) -> list[Problem]:
        """All that is wrong, in the order of the inputs."""
        problems = list(self._problems)
        for where, account in sorted(self.accounts.items()):
            account.receipts.sort(key=lambda entry: entry[0].first_offset)
            problems += _tiles(where, account)
            problems += _adds_up(where, account)
        problems += self._gaps_in_sequences()
        return problems

    def _account(self, stage: str, topic: str, partition: int) -> Account:
        return self.accounts[Input(stage, topic, partition)]

    def _say(self, at: Coordinates, what: str) -> None:
        self._problems.append(Problem(place(at), what))

    def _gaps_in_sequences(self) -> Iterator[Problem]:
        for subject, events in sorted(self._sequences.items()):
            for expected, (sequence, at) in enumerate(sorted(events, key=lambda it: it[0]), start=1):
                if sequence != expected:
                    yield Problem(place(at), f"event {sequence} of {subject} stands where {expected} should be")
                    break


def _tiles(where: Input, account: Account) -> Iterator[Problem]:
    """The receipts must cover the offsets of a partition without gap or overlap."""
    expected: int | None = None
    for receipt, at in account.receipts:
        span = f"receipt {place(at)} of offsets {receipt.first_offset} to {receipt.next_offset}"
        if receipt.next_offset <= receipt.first_offset:
            yield Problem(str(where), f"{span} is empty")
        if expected is not None and receipt.first_offset > expected:
            yield Problem(str(where), f"no receipt for offsets {expected} to {receipt.first_offset}")
        if expected is not None and receipt.first_offset < expected:
            yield Problem(str(where), f"{span} overlaps what ends at {expected}")
        if receipt.outcomes.get(_LOST):
            lost = receipt.outcomes[_LOST]
            yield Problem(str(where), f"{span} tells of {lost} offsets that were removed before they were read")
        expected = max(expected or 0, receipt.next_offset)


def _adds_up(where: Input, account: Account) -> Iterator[Problem]:
    """A receipt must account for every record between its offsets, and for every output that came of them."""
    records = _by_receipt(account, account.offsets)
    outputs = {kind: _by_receipt(account, account.outputs.get(kind, [])) for kind in _KINDS}
    for number, (receipt, at) in enumerate(account.receipts):
        span = f"offsets {receipt.first_offset} to {receipt.next_offset} (receipt {place(at)})"
        told = sum(count for outcome, count in receipt.outcomes.items() if outcome != _LOST)
        if account.offsets and records[number] != told:
            yield Problem(str(where), f"{span} hold {records[number]} records, and {told} outcomes are told")
        for kind, counts in outputs.items():
            if counts[number] != receipt.outputs.get(kind, 0):
                yield Problem(
                    str(where),
                    f"{span} have {counts[number]} {kind} in the log, and {receipt.outputs.get(kind, 0)} are told",
                )
    for kind, counts in outputs.items():
        if counts[-1]:
            yield Problem(str(where), f"{counts[-1]} {kind} come from offsets that no receipt covers")


def _by_receipt(account: Account, offsets: list[int]) -> Mapping[int, int]:
    """How many of the offsets each receipt covers; under -1 those that none does."""
    firsts = [receipt.first_offset for receipt, _ in account.receipts]
    counts: Counter[int] = Counter()
    for offset in offsets:
        number = bisect_right(firsts, offset) - 1
        if number >= 0 and offset < account.receipts[number][0].next_offset:
            counts[number] += 1
        elif not account.next_offset <= offset < account.covered:
            counts[-1] += 1
    return counts
