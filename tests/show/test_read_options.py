"""What `read` can be told about its inputs, on the command line as in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.show.cli.main import run

_STORY = "The council met in Łódź on Tuesday and voted to repair the dam above the town."


def test_named_encoding_is_used(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(_STORY.encode("cp1250"))
    with onrecord.open(":memory:") as record:
        record.read(tmp_path / "a.txt", encoding="cp1250", extractor="rules", progress=False)
        assert record.search("Łódź").total == 1


def test_larger_files_are_read_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(_STORY)
    with onrecord.open(":memory:") as record:
        refused = record.read(tmp_path, max_mb=0.00005, extractor="rules", progress=False)
        assert "--max-mb" in refused.failed[0].next_step
        assert record.read(tmp_path, max_mb=1, extractor="rules", progress=False).read == 1


def test_warnings_of_readers_are_shown_and_those_of_their_libraries_are_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes("“Café owners agreed to the plan,” he said.".encode("cp1252"))
    (tmp_path / "b.html").write_text("<html><frameset><frame src='x'></frameset></html>")
    words = ["read", str(tmp_path), "--record", str(tmp_path / "r.db"), "--extractor", "rules"]
    assert run(words) == 3
    said = capsys.readouterr().err
    assert "a.txt: not valid UTF-8; read as Windows-1252" in said
    assert "discarding data" not in said


def test_reports_without_a_date_are_counted_and_a_date_given_later_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Rebels attacked the port of Aldmoor on Tuesday.")
    record = str(tmp_path / "r.db")
    words = ["read", str(tmp_path / "a.txt"), "--record", record, "--extractor", "rules"]
    run(words)
    assert "1 report without a publication date" in capsys.readouterr().err
    run([*words, "--published", "2024-05-08"])
    assert "without a publication date" not in capsys.readouterr().err
    with onrecord.open(record) as opened:
        assert [event.date_from for event in opened.events(min_confidence=0)] == ["2024-05-07"]


def test_timeline_counts_acts_and_sends_on_to_what_was_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(
        'Rebels attacked Aldmoor. "We saw it," interior minister Ilse Brandt told reporters.'
    )
    record = str(tmp_path / "r.db")
    run(["read", str(tmp_path / "a.txt"), "--record", record, "--extractor", "rules", "-q"])
    run(["timeline", "rebels", "--record", record])
    assert "1 act. Next" in capsys.readouterr().err
    run(["timeline", "Ilse Brandt", "--record", record])
    assert "No acts of 'Ilse Brandt' on record" in capsys.readouterr().err
