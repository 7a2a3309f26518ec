"""Tables in a pipe line up and hold every cell whole; plain values are ready for JSON."""

import io
import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from worker.cli.plain import json_line, json_page, plain
from worker.cli.render import NOTHING, cell, console, table
from worker.missions.dates import PartialDate
from worker.missions.vocabulary import Change


@dataclass(frozen=True)
class Example:
    change: Change
    occurred: PartialDate | None
    actors: tuple[str, ...]


def test_a_table_in_a_pipe_has_a_line_for_each_row_and_columns_that_line_up(capsys: pytest.CaptureFixture[str]) -> None:
    long = "a very long cell " * 30
    table(console(), ["what", "n"], [["troops", 4300], [None, 7], [long.strip(), ()]], right=frozenset({"n"}))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[0].split() == ["what", "n"]
    assert lines[1].startswith("troops ")
    assert lines[1].endswith(" 4300")
    assert lines[2].split() == [NOTHING, "7"]
    assert {len(line) for line in lines} == {len(lines[0])}


def test_an_empty_table_has_its_head(capsys: pytest.CaptureFixture[str]) -> None:
    table(console(), ["what"], [])
    assert capsys.readouterr().out == "what\n"


def test_a_table_on_a_terminal_fits_it_and_takes_no_cell_for_markup() -> None:
    stream = io.StringIO()
    table(Console(file=stream, force_terminal=True, width=40, color_system=None), ["what"], [["[bold]" + "x" * 80]])
    shown = stream.getvalue()
    assert "[bold]" in shown
    assert max(map(len, shown.splitlines())) <= 40


def test_cells() -> None:
    assert [cell(value) for value in (None, "", (), ("FR", "ML"), 0, True, PartialDate(2022))] == [
        *(NOTHING, NOTHING, NOTHING, "FR, ML", "0", "yes", "2022")
    ]


def test_plain_values() -> None:
    example = Example(Change.ENDED, PartialDate(2022, 2), ("FR",))
    assert plain({Change.ENDED: [example]}) == {"ended": [{"change": "ended", "occurred": "2022-02", "actors": ["FR"]}]}
    assert json_line(example) == b'{"change":"ended","occurred":"2022-02","actors":["FR"]}\n'
    assert json_page({"a": 1}) == b'{\n  "a": 1\n}\n'


JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=8,
)


@given(JSON)
def test_what_is_plain_already_stays(value: Any) -> None:
    assert json.loads(json_line(value)) == value
