import pytest

from tests.missions.samples import reported
from worker.missions.subject import actor_of, subjects
from worker.missions.vocabulary import Scope

MISSION, CONTRIBUTION = Scope.MISSION, Scope.CONTRIBUTION


@pytest.mark.parametrize(
    ("mission", "actors", "theatre", "scope", "expected"),
    [
        ("minusma", ("UN",), ("ML",), MISSION, ("minusma",)),
        ("minusma", ("DE",), ("ML",), CONTRIBUTION, ("minusma/DE",)),
        ("minusma", ("DE", "NL", "DE"), ("ML",), CONTRIBUTION, ("minusma/DE", "minusma/NL")),
        (None, ("FR", "TD"), ("TD", "NE"), MISSION, ("FR@TD",)),
        (None, ("NL", "BE"), ("BALTICS",), CONTRIBUTION, ("NL@BALTICS", "BE@BALTICS")),
        ("minusma", (), ("ML",), CONTRIBUTION, ("minusma/XX",)),
        (None, (), ("ML",), MISSION, ("XX@ML",)),
        (None, ("FR",), (), MISSION, ("FR@XX",)),
    ],
)
def test_key(
    mission: str | None, actors: tuple[str, ...], theatre: tuple[str, ...], scope: Scope, expected: tuple[str, ...]
) -> None:
    assert subjects(reported(mission=mission, actors=actors, theatre=theatre, scope=scope)) == expected


@pytest.mark.parametrize(
    ("subject", "actor"), [("minusma", None), ("minusma/DE", "DE"), ("FR@TD", "FR"), ("XX@XX", "XX")]
)
def test_actor_of_a_subject(subject: str, actor: str | None) -> None:
    assert actor_of(subject) == actor
