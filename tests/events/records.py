"""Arbitrary records of the domain, for property tests, and one of each kind for the golden bytes."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from tests.missions import samples
from worker.events.receipt import Receipt
from worker.missions.dates import PartialDate
from worker.missions.event import StatusChanged
from worker.missions.observation import Coordinates, Observation
from worker.missions.timeline import Claim, Entry, Published, Sighting, Timeline
from worker.missions.vocabulary import Change, Reason, Scope, Status

KINDS = (Observation, StatusChanged, Timeline, Receipt)
# `observation` is a record's id in these classes, and the number of observations in none of them.
_UUIDS = {"id", "observation", "last_observation"}

_dates = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.dates().map(PartialDate.of),
)


def anything(kind: Any, name: str = "", owner: type | None = None) -> st.SearchStrategy[Any]:
    """Any value of a type, within what Avro can hold."""
    origin, arguments = get_origin(kind), get_args(kind)
    if name in _UUIDS or (name == "corrects" and owner is StatusChanged):
        ids: st.SearchStrategy[Any] = st.uuids().map(str)
        return st.none() | ids if origin in (Union, types.UnionType) else ids
    if is_dataclass(kind) and isinstance(kind, type) and kind is not PartialDate:
        hints = get_type_hints(kind)
        return st.builds(kind, **{each.name: anything(hints[each.name], each.name, kind) for each in fields(kind)})
    if origin in (Union, types.UnionType):
        return st.one_of(*(anything(part) for part in arguments))
    if origin is tuple:
        return st.lists(anything(arguments[0]), max_size=3).map(tuple)
    if origin is Mapping:
        return st.dictionaries(st.text(max_size=8), anything(arguments[1]), max_size=4)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        type(None): st.none(),
        PartialDate: _dates,
        str: st.text(max_size=30),
        bool: st.booleans(),
        int: st.integers(-(1 << 31), (1 << 31) - 1),
        float: st.floats(allow_nan=False, allow_infinity=False),
    }
    return plain[kind]


def observation() -> Observation:
    change = samples.reported(
        Change.WITHDRAWAL_ANNOUNCED,
        "2022-02-17",
        mission="barkhane",
        actors=("FR",),
        effective="2022-06",
        relocated_to="NE",
        reasons=(Reason.COUP, Reason.DIPLOMATIC_RIFT),
        quote="Frankrijk verlaat Mali – “onmogelijk”",
    )
    return samples.observation(change)


def status_changed() -> StatusChanged:
    seen = observation()
    report = seen.report
    return StatusChanged(
        id="0d8d9b4c-4c4c-5d0e-8c39-5c64e8a5b3a1",
        subject="barkhane",
        sequence=3,
        mission="barkhane",
        mission_name="Opération Barkhane",
        predecessor="serval",
        successor=None,
        actors=report.actors,
        theatre=report.theatre,
        scope=Scope.MISSION,
        change=report.change,
        status=Status.ENDING,
        previous_status=Status.ACTIVE,
        occurred=report.occurred,
        effective=report.effective,
        relocated_to=report.relocated_to,
        reasons=report.reasons,
        late=False,
        contradicts=False,
        corrects=None,
        confidence=0.9,
        evidence=report.evidence,
        strengths=(samples.strength("FR"),),
        sources=1,
        source=seen.source,
        observation=seen.id,
        observed_at=Coordinates("missions.observations", 2, 41),
        versions=seen.versions,
    )


def timeline() -> Timeline:
    seen = observation()
    report, source = seen.report, seen.source
    sighting = Sighting(
        observation=seen.id,
        article=source.article,
        published=source.published,
        language=source.language,
        title=source.title,
        url=source.url,
        source=source.source,
        actors=report.actors,
        theatre=report.theatre,
        effective=report.effective,
        relocated_to=report.relocated_to,
        reasons=report.reasons,
        background=False,
        confidence=0.9,
        quote=report.evidence.quote,
        rule=report.evidence.rule,
    )
    event = Published("0d8d9b4c-4c4c-5d0e-8c39-5c64e8a5b3a1", 3)
    entry = Entry(
        change=report.change,
        status=Status.ENDING,
        previous_status=None,
        occurred=report.occurred,
        effective=report.effective,
        relocated_to=report.relocated_to,
        actors=report.actors,
        theatre=report.theatre,
        reasons=report.reasons,
        background=False,
        reported=source.published,
        sources=1,
        confidence=0.9,
        contradicts=False,
        corrects=None,
        corrected=False,
        claims=(Claim(occurred=report.occurred, sightings=(sighting,), seen=1, events=(event,)),),
    )
    return Timeline(
        subject="barkhane",
        mission="barkhane",
        mission_name="Opération Barkhane",
        predecessor="serval",
        successor=None,
        scope=Scope.MISSION,
        status=Status.ENDING,
        since=report.occurred,
        entries=(entry,),
        sequence=3,
        observations=1,
        forgotten=0,
        horizon=None,
        last_observation=seen.id,
        last_observed_at=Coordinates("missions.observations", 2, 41),
        versions=seen.versions,
    )


def receipt() -> Receipt:
    return Receipt(
        stage="extract",
        group="mission-worker.extract",
        member="worker-0-extract-0",
        topic="articles.raw",
        partition=3,
        first_offset=100,
        next_offset=201,
        outcomes={"observed": 2, "irrelevant": 97, "dead_letter": 1},
        outputs={"observations": 3, "dead_letters": 1},
        versions=samples.VERSIONS,
    )


RECORDED_AT = 1_645_142_400_123
EXAMPLES: dict[str, Callable[[], Observation | StatusChanged | Timeline | Receipt]] = {
    "mission-observation": observation,
    "mission-status-changed": status_changed,
    "mission-status": timeline,
    "ingestion-receipt": receipt,
}


def recorded_at(value: object) -> int | None:
    """What `Codec.encode` wants to be told of this record."""
    return RECORDED_AT if isinstance(value, StatusChanged) else None
