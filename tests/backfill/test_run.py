"""Whole backfills into files: what they hold, that they are reproducible, and that none is begun on top of another."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import fastavro
import pytest

from tests.backfill.archives import ARTICLES, json_lines, warc
from worker.backfill.checkpoint import Checkpoint
from worker.backfill.extracting import Reader
from worker.backfill.folding import Folder
from worker.backfill.inputs import inputs
from worker.backfill.messages import messages
from worker.backfill.place import PlaceError
from worker.backfill.run import Options, StoppedError, backfill
from worker.backfill.summary import Summary
from worker.events.codec import Codec
from worker.events.container import records
from worker.missions.event import StatusChanged
from worker.missions.observation import Observation
from worker.missions.timeline import Timeline
from worker.settings import Articles, Topics

OPTIONS = Options(processes=1, articles=Articles(), topics=Topics(), checkpoint_seconds=0)
STARTED = 1_700_000_000_000


def run(out: Path, *paths: Path, options: Options = OPTIONS, force: bool = False) -> Summary:
    return backfill(inputs([str(path) for path in paths]), out, options, started_ms=STARTED, force=force)


def events(path: Path) -> list[StatusChanged]:
    return [decoded.value for decoded in records(path, StatusChanged)]


def test_it_gives_the_events_that_the_stages_give_for_the_same_articles_in_the_same_order(tmp_path: Path) -> None:
    texts = [f"{text} (No. {number})" for number in range(40) for text in ARTICLES]
    lines = json_lines(tmp_path / "a.jsonl.zst", texts)
    archive = warc(tmp_path / "b.warc.gz")
    summary = run(tmp_path / "out.avro", lines, archive)
    reader, folder, codec = Reader(OPTIONS.articles, OPTIONS.topics), Folder("missions.observations"), Codec()
    batch = [it.message for each in inputs([str(lines), str(archive)]) for it in messages(each, 1 << 20)]
    seen = reader(batch)
    folded = [folder.fold(codec.decode(it, Observation).value) for it in seen.observations]
    expected = [event for event in folded if event is not None]
    assert events(tmp_path / "out.avro") == expected
    assert {event.subject for event in expected} == {"minusma", "minusma/DE"}
    assert {it.recorded_at for it in records(tmp_path / "out.avro", StatusChanged)} == {STARTED}
    states = [it.value for it in records(tmp_path / "out.status.avro", Timeline)]
    assert states == folder.timelines()
    assert summary.articles == len(texts) + len(ARTICLES) == sum(summary.outcomes.values())
    assert (summary.events, summary.observations, summary.subjects) == (len(expected), folder.observations, len(states))
    assert not summary.resumed
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.jsonl.zst",
        "b.warc.gz",
        "out.avro",
        "out.status.avro",
    ]


def test_sources_say_where_their_articles_lie(tmp_path: Path) -> None:
    lines = json_lines(tmp_path / "a.jsonl")
    run(tmp_path / "out.avro", lines)
    sources = {event.subject: event.source for event in events(tmp_path / "out.avro")}
    assert (sources["minusma/DE"].topic, sources["minusma/DE"].offset) == (f"file:{lines}", 1)
    assert sources["minusma/DE"].article == "a-1"


def test_dead_letters_are_kept_with_their_bytes_and_reasons(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"text": "cut off\n{"text": 3}\n{"published_at": "2022", "text": "Fine words"}\n' + b"x" * 2000 + b"\n"
    )
    options = replace(OPTIONS, articles=Articles(max_bytes=1024))
    summary = run(tmp_path / "out.avro", path, options=options)
    assert summary.dead_letters == {"json_shape": 1, "json_syntax": 1, "too_large": 1}
    with Path(summary.files["dead-letters"]).open("rb") as file:
        letters: list[Any] = list(fastavro.reader(file))
    assert [(it["number"], it["reason"], it["value"]) for it in letters] == [
        (0, "json_syntax", b'{"text": "cut off'), (1, "json_shape", b'{"text": 3}'), (3, "too_large", b"x" * 1025),
    ]  # fmt: skip
    assert letters[0]["file"] == str(path)
    assert letters[0]["key"] == b"a.jsonl:1"
    assert letters[2]["headers"] == [{"name": "truncated", "value": b"true"}]


def test_a_damaged_file_does_not_cost_the_others(tmp_path: Path) -> None:
    broken = json_lines(tmp_path / "a.jsonl.gz")
    broken.write_bytes(broken.read_bytes()[:-10])
    summary = run(tmp_path / "out.avro", broken, json_lines(tmp_path / "b.jsonl"))
    assert list(summary.broken) == [str(broken)]
    assert "minusma/DE" in {event.subject for event in events(tmp_path / "out.avro")}


def test_the_same_files_give_the_same_bytes_however_many_processes(tmp_path: Path) -> None:
    lines = json_lines(tmp_path / "a.jsonl", ARTICLES * 60)
    eager = replace(OPTIONS, checkpoint_seconds=1000)
    assert run(tmp_path / "one.avro", lines, options=eager).events == len(events(tmp_path / "one.avro")) == 2
    run(tmp_path / "two.avro", lines, options=replace(eager, processes=2))
    for one in tmp_path.glob("one*.avro"):
        assert one.read_bytes() == (tmp_path / one.name.replace("one", "two")).read_bytes()


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    lines, out = json_lines(tmp_path / "a.jsonl", ARTICLES * 100), tmp_path / "out.avro"
    run(tmp_path / "whole.avro", lines)
    stops = 0
    while not out.exists():
        batches = 0

        def twice(_: Checkpoint) -> bool:
            nonlocal batches
            batches += 1
            return batches < 2

        try:
            summary = backfill(inputs([str(lines)]), out, OPTIONS, started_ms=STARTED, tell=twice)
        except StoppedError:
            stops += 1
    assert stops >= 2
    assert summary.resumed
    assert summary.articles == 300
    assert events(out) == events(tmp_path / "whole.avro")
    assert list(records(tmp_path / "out.status.avro", Timeline)) == list(
        records(tmp_path / "whole.status.avro", Timeline)
    )
    assert not (tmp_path / "out.avro.partial").exists()


def test_what_is_there_already_is_not_overwritten_unasked(tmp_path: Path) -> None:
    lines, out = json_lines(tmp_path / "a.jsonl"), tmp_path / "out.avro"
    run(out, lines)
    with pytest.raises(PlaceError, match="--force"):
        run(out, lines)
    assert run(out, lines, force=True).events == 2


def test_what_was_begun_with_other_files_is_not_gone_on_with(tmp_path: Path) -> None:
    lines, out = json_lines(tmp_path / "a.jsonl"), tmp_path / "out.avro"
    with pytest.raises(StoppedError):
        backfill(inputs([str(lines)]), out, OPTIONS, started_ms=STARTED, tell=lambda _: False)
    lines.write_bytes(lines.read_bytes() + b"\n")
    with pytest.raises(PlaceError, match="other files"):
        run(out, lines)
    assert run(out, lines, force=True).events == 2


def test_a_folder_that_was_doctored_is_not_gone_on_with(tmp_path: Path) -> None:
    lines, out = json_lines(tmp_path / "a.jsonl"), tmp_path / "out.avro"
    with pytest.raises(StoppedError):
        backfill(inputs([str(lines)]), out, OPTIONS, started_ms=STARTED, tell=lambda _: False)
    path = tmp_path / "out.avro.partial" / "checkpoint.json"
    state = Checkpoint.load(path)
    assert state is not None
    state.events += 1
    state.save(path)
    with pytest.raises(PlaceError, match="damaged"):
        run(out, lines)
