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
