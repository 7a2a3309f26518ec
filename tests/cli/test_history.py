"""`status` and `timeline`: what is known, as a table, as a drawing, and for programs."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from rich.console import Console
from rich.text import Text

from tests.missions import samples
from worker.cli import main
from worker.cli.chronicle import chronicle
from worker.cli.glyphs import COLOUR, DUE, FILL, MARK, SEVERAL
from worker.cli.lanes import draw
from worker.events.codec import Codec
from worker.missions.timeline import Timeline
from worker.missions.vocabulary import Change, Reason, Scope, Status
from worker.streaming.lookup import Archive

TODAY = dt.date(2024, 3, 1)
LEAVING = samples.reported(
    Change.WITHDRAWAL_ANNOUNCED,
    "2023-06-30",
    effective="2023-12-31",
    reasons=(Reason.HOST_REQUEST,),
    quote="The Council ended  the\nmission.",
)
GERMANY = samples.reported(
    Change.WITHDRAWAL_ANNOUNCED, "2022-11-22", effective="2024-05", actors=("DE",), scope=Scope.CONTRIBUTION
)


def mission() -> Timeline:
    """A withdrawal that two articles report, an extension reported late, and a start that is only recalled."""
    return samples.fold_all(
        [
            samples.observation(LEAVING, "a1", "2023-07-01"),
            samples.observation(LEAVING, "a2", "2023-07-02"),
            samples.observation(samples.reported(Change.EXTENDED, "2022-06-29", effective="2023-06-30"), "a3"),
            samples.observation(samples.reported(Change.STARTED, "2013-07-01", background=True), "a4"),
        ]
    )[-1].timeline


def contribution() -> Timeline:
    return samples.fold_all([samples.observation(GERMANY, "a5", "2022-11-23")])[-1].timeline


@pytest.fixture
def known() -> Archive:
    """What the state topic holds: two subjects."""
    codec = Codec()
    known = Archive(codec)
    for timeline in (mission(), contribution()):
        known.load(timeline.subject, codec.encode(timeline))
    return known


@pytest.fixture
def run(known: Archive, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command line on that topic."""
    monkeypatch.setattr("worker.cli.subjects.archive", lambda *_: known)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_status_of_all(run: Callable[..., Result]) -> None:
    shown = run("status", "--on", "2024-03-01")
    assert shown.exit_code == 0, shown.output
    head, whole, part = shown.output.splitlines()
    assert head.split()[:4] == ["subject", "mission", "status", "since"]
    assert whole.split()[:6] == ["minusma", "MINUSMA", "ending", "2023-06-30", "2023-12-31", "withdrawal_announced"]
    assert "end due since 2023-12-31" in whole
    assert part.startswith("minusma/DE")
    assert "due" not in part


def test_a_date_is_due_when_it_has_passed_and_not_before(run: Callable[..., Result]) -> None:
    assert "due" not in run("status", "minusma", "--on", "2023-12-31").output
    assert "end due since 2023-12-31" in run("status", "minusma", "--on", "2024-01-01").output


def test_status_of_an_earlier_day(run: Callable[..., Result]) -> None:
    shown = run("status", "--on", "2022-07-01")
    assert "active" in shown.output
    assert "Of 1 more nothing is known to have happened by 2022-07-01." in shown.output


def test_status_for_programs(run: Callable[..., Result]) -> None:
    whole, part = json.loads(run("status", "minusma", "--on", "2024-03-01", "--json").output)
    assert (whole["subject"], whole["status"], whole["since"]) == ("minusma", "ending", "2023-06-30")
    assert whole["due"] == [
        {"awaited": "end", "effective": "2023-12-31", "change": "withdrawal_announced", "said": "2023-06-30"}
    ]
    assert (whole["sources"], whole["events"], whole["observations"]) == (2, 2, 4)
    assert (part["subject"], part["scope"], part["due"]) == ("minusma/DE", "contribution", [])


def test_a_contribution_alone_and_in_any_letter_case(run: Callable[..., Result]) -> None:
    (only,) = json.loads(run("status", "MINUSMA/de", "--json").output)
    assert only["subject"] == "minusma/DE"


def test_what_is_not_known_is_answered_with_the_nearest(run: Callable[..., Result]) -> None:
    for command in ("status", "timeline"):
        shown = run(command, "minosma")
        assert shown.exit_code == 1
        assert "did you mean minusma or minusma/DE?" in shown.output
    assert "`status` lists what there is" in run("status", "zzz").output


def test_a_state_that_cannot_be_read_is_told_in_one_line(run: Callable[..., Result], known: Archive) -> None:
    known.load("kfor", b"no state")
    shown = run("status")
    assert shown.exit_code == 78
    assert shown.output.startswith("Error: missions.status holds what is no state")
    assert shown.output.count("\n") == 1
    assert run("status", "minusma").exit_code == 0


def test_timeline_for_programs(run: Callable[..., Result]) -> None:
    whole, part = json.loads(run("timeline", "minusma", "--json").output)
    assert [entry["change"] for entry in whole["entries"]] == ["started", "extended", "withdrawal_announced"]
    assert [entry["late"] for entry in whole["entries"]] == [False, True, False]
    quotes = [it["quote"] for claim in whole["entries"][2]["claims"] for it in claim["sightings"]]
    assert len(quotes) == 2
    assert [it["status"] for it in whole["periods"]] == ["active", "ending"]
    assert whole["periods"][1] == {"status": "ending", "first": "2023-06-30", "until": None}
    assert (part["subject"], part["today"]["status"]) == ("minusma/DE", "ending")


def test_timeline_for_people_has_sources_and_quotes(run: Callable[..., Result]) -> None:
    shown = run("timeline", "minusma").output
    assert "“The Council ended the mission.”" in shown
    assert "https://news.example/a2" in shown
    assert "until 2023-06-30 · 1 source · late" in shown
    assert "by 2023-12-31 · host request · 2 sources" in shown
    assert "only recalled, not published" in shown
    assert "9.0 years" in shown
    assert "12 months" in shown
    assert "\x1b" not in shown


def lines(drawn: list[Text]) -> list[str]:
    return [line.plain for line in drawn]


def test_the_drawing_has_a_lane_for_each_subject_over_one_axis() -> None:
    drawn = lines(list(draw([mission(), contribution()], TODAY, 80)))
    assert max(map(len, drawn)) <= 80
    scale, rule, marks, bar, marks_of_part, part = drawn[:6]
    assert "2016" in scale
    assert "2020" in scale
    assert rule.index("┬") == scale.index("2")
    assert bar.startswith("minusma ")
    assert part.startswith("minusma/DE")
    started, extended, leaving = (
        marks.index(MARK[it]) for it in (Change.STARTED, Change.EXTENDED, Change.WITHDRAWAL_ANNOUNCED)
    )
    assert started < extended < leaving
    assert bar[started] == FILL[Status.ACTIVE]
    assert bar[leaving] == FILL[Status.ENDING]
    assert bar[leaving - 1] == FILL[Status.ACTIVE]
    assert marks[leaving:].strip()[-1] == DUE
    assert extended < marks_of_part.index(MARK[Change.WITHDRAWAL_ANNOUNCED]) < leaving
    assert part[leaving - 1] == FILL[Status.ENDING]
    assert DUE not in marks_of_part


def test_the_legend_names_what_is_drawn_and_nothing_else() -> None:
    drawn = "\n".join(lines(list(draw([contribution()], TODAY, 80))))
    assert f"{FILL[Status.ENDING] * 2} ending" in drawn
    assert "active" not in drawn
    assert f"{MARK[Change.WITHDRAWAL_ANNOUNCED]} withdrawal announced" in drawn
    assert "due" not in drawn


def test_marks_in_one_column_are_told_as_several() -> None:
    changes = [(Change.STARTED, "2003-01-01"), (Change.REDUCED, "2023-01-02"), (Change.REINFORCED, "2023-01-20")]
    known = samples.fold_all(
        samples.observation(samples.reported(*change), f"a{nth}") for nth, change in enumerate(changes)
    )[-1].timeline
    assert SEVERAL in lines(list(draw([known], TODAY, 40)))[2]


def test_every_status_and_change_has_a_sign_of_its_own() -> None:
    assert set(MARK) == set(Change)
    assert set(FILL) == set(COLOUR) == set(Status)
    signs = [*MARK.values(), *FILL.values(), DUE, SEVERAL]
    assert len(set(signs)) == len(signs)
    assert Console().render_str("".join(signs)).cell_len == len(signs)


def test_the_history_fits_a_narrow_terminal() -> None:
    long = samples.reported(Change.ENDED, "2023-12-31", quote="The mission has ended at last. " * 12)
    known = samples.fold_all([samples.observation(long)], mission())[-1].timeline
    drawn = lines([line for line in chronicle(known, TODAY, 60) if "“" in line.plain or "last." in line.plain])
    assert len(drawn) > 5
    assert max(map(len, drawn)) <= 60


def test_what_is_due_stands_at_the_end_of_the_history() -> None:
    assert lines(list(chronicle(mission(), TODAY, None)))[-1] == (
        "2023-12-31  ! end due since then, without news (withdrawal announced of 2023-06-30)"
    )
