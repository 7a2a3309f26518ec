"""Receipts: what one transaction did with a range of offsets of one input partition."""

from collections.abc import Mapping
from dataclasses import dataclass

from worker.missions.observation import Versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What `member` of consumer `group`, running `stage`, did with one partition of `topic` in one transaction.

    It covers the offsets from `first_offset` up to, and without, `next_offset`; receipts of a partition cover its
    offsets without gap or overlap. `outcomes` counts the records by outcome, exactly one each; `outputs` counts what
    was written on their account, by kind.
    """

    stage: str
    group: str
    member: str
    topic: str
    partition: int
    first_offset: int
    next_offset: int
    outcomes: Mapping[str, int]
    outputs: Mapping[str, int]
    versions: Versions
