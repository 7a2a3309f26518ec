from dataclasses import replace

from tests.missions.samples import VERSIONS, Register, observation, place, reported, source, strength
from worker.missions.dates import PartialDate
from worker.missions.event import StatusChanged
from worker.missions.fold import fold
from worker.missions.observation import Observation, Versions, observe
from worker.missions.publish import Identity
from worker.missions.register import Register as RealRegister
from worker.missions.report import Extraction
from worker.missions.vocabulary import Change, Reason, Scope, Status


def published(observed: Observation, offset: int = 5) -> StatusChanged:
    event = fold(None, observed, place(offset), Register(), VERSIONS).event
    assert event is not None
    return event


def test_an_event_says_what_its_article_says() -> None:
    change = reported(
        Change.WITHDRAWAL_ANNOUNCED,
        "2022-02-17",
        actors=("FR",),
        theatre=("ML", "NE"),
        effective="2022-06",
        relocated_to="NE",
        reasons=(Reason.COUP,),
        quote="France quitte le Mali.",
    )
    (observed,) = observe(Extraction(changes=(change,), strengths=(strength("FR"),)), source(offset=9), VERSIONS)
    event = published(observed)
    assert event == StatusChanged(
        id=event.id,
        subject="minusma",
        sequence=1,
        mission="minusma",
        mission_name="MINUSMA",
        predecessor="afisma",
        successor=None,
        actors=("FR",),
        theatre=("ML", "NE"),
        scope=Scope.MISSION,
        change=Change.WITHDRAWAL_ANNOUNCED,
        status=Status.ENDING,
        previous_status=None,
        occurred=PartialDate(2022, 2, 17),
        effective=PartialDate(2022, 6),
        relocated_to="NE",
        reasons=(Reason.COUP,),
        late=False,
        contradicts=False,
        corrects=None,
        confidence=0.8,
        evidence=change.evidence,
        strengths=(strength("FR"),),
        sources=1,
        source=source(offset=9),
        observation=observed.id,
        observed_at=place(5),
        versions=VERSIONS,
    )


def test_a_contribution_is_linked_as_its_mission() -> None:
    event = published(observation(reported(actors=("DE",), scope=Scope.CONTRIBUTION)))
    assert (event.subject, event.mission, event.mission_name) == ("minusma/DE", "minusma", "MINUSMA")
    assert event.predecessor == "afisma"


def test_a_mission_without_a_slug_and_one_that_the_register_lost() -> None:
    assert Identity.of(None, Register()) == Identity()
    assert Identity.of("forgotten", Register()) == Identity("forgotten")


def test_the_register_is_one_that_the_timeline_can_use() -> None:
    identity = Identity.of("serval", RealRegister.load())
    assert (identity.mission_name, identity.successor) == ("Opération Serval", "barkhane")


def test_id_is_that_of_the_content() -> None:
    event = published(observation(reported()))
    assert event.id == event.content_id() == "e4f16176-4921-5b03-be02-b6e9478ae708"


def test_id_is_the_same_in_any_topic_and_by_any_version() -> None:
    event = published(observation(reported()))
    elsewhere = replace(event.source, topic="other.raw", partition=0, offset=1, timestamp_ms=None)
    moved = replace(event, source=elsewhere, observed_at=place(77), versions=Versions(code="2", register="r2"))
    assert moved.content_id() == event.id


def test_id_depends_on_everything_else() -> None:
    event = published(observation(reported()))
    variants = [
        replace(event, subject="minusma/DE"),
        replace(event, sequence=2),
        replace(event, observation="another"),
        replace(event, mission=None),
        replace(event, mission_name=None),
        replace(event, predecessor=None),
        replace(event, successor="another"),
        replace(event, actors=()),
        replace(event, theatre=()),
        replace(event, scope=Scope.CONTRIBUTION),
        replace(event, change=Change.STARTED),
        replace(event, status=Status.ACTIVE),
        replace(event, previous_status=Status.ACTIVE),
        replace(event, occurred=PartialDate(2022)),
        replace(event, effective=PartialDate(2022)),
        replace(event, relocated_to="NE"),
        replace(event, reasons=(Reason.COST,)),
        replace(event, late=True),
        replace(event, contradicts=True),
        replace(event, corrects="another"),
        replace(event, confidence=0.1),
        replace(event, sources=2),
        replace(event, evidence=replace(event.evidence, quote="Other words.")),
        replace(event, strengths=(strength(),)),
    ]
    assert len({event.id, *(it.content_id() for it in variants)}) == len(variants) + 1
