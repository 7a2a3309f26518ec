import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.missions.braces import expand

plain = st.text(st.characters(exclude_characters="{},"), max_size=8)


@pytest.mark.parametrize(
    ("written", "phrases"),
    [
        ("UN mission in Mali", ("UN mission in Mali",)),
        ("{UN,U.N.} mission", ("UN mission", "U.N. mission")),
        ("NATO{-, }{missie,macht}", ("NATO-missie", "NATO-macht", "NATO missie", "NATO macht")),
        ("VN-{vredes,}missie", ("VN-vredesmissie", "VN-missie")),
        ("a, b", ("a, b",)),
    ],
)
def test_braces_stand_for_all_their_alternatives_in_order(written: str, phrases: tuple[str, ...]) -> None:
    assert expand(written) == phrases


@pytest.mark.parametrize("written", ["{a", "a}", "{a,{b,c}}", "}{"])
def test_braces_that_do_not_pair_are_an_error(written: str) -> None:
    with pytest.raises(ValueError, match="do not pair"):
        expand(written)


@given(plain, st.lists(plain, min_size=1, max_size=4), plain)
def test_one_group_gives_one_phrase_for_each_alternative(before: str, choices: list[str], after: str) -> None:
    assert expand(f"{before}{{{','.join(choices)}}}{after}") == tuple(before + choice + after for choice in choices)
