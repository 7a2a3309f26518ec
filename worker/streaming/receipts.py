"""The receipts of a transaction: one for each input partition that it moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from worker.events.receipt import Receipt
from worker.missions.observation import Versions
from worker.streaming.publisher import Publisher
from worker.streaming.stage import Output, Span, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """Writes the receipts of one member of a group."""

    publisher: Publisher
    topic: str
    stage: str
    group: str
    member: str
    source: str
    versions: Versions

    def __call__(self, spans: Mapping[int, Span], tallies: Mapping[int, Tally]) -> Sequence[Output]:
        """A receipt for each span; one that only passed markers has no outcomes."""
        nothing = Tally()
        return [self._receipt(number, span, tallies.get(number, nothing)) for number, span in sorted(spans.items())]

    def _receipt(self, number: int, span: Span, tally: Tally) -> Output:
        receipt = Receipt(
            stage=self.stage,
            group=self.group,
            member=self.member,
            topic=self.source,
            partition=number,
            first_offset=span.first,
            next_offset=span.next,
            outcomes={outcome: count for outcome, count in tally.outcomes.items() if count},
            outputs={kind: count for kind, count in tally.outputs.items() if count},
            versions=self.versions,
        )
        return self.publisher.receipt(self.topic, receipt)
