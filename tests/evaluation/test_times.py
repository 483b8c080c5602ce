"""The table of time expressions: large enough, well formed, and met."""

import json
from pathlib import Path

from onrecord.evaluation.times import TABLE, score

FLOOR = 0.97


def test_table_is_met_and_covers_the_conventions() -> None:
    result = score()
    assert result["cases"] >= 300
    assert result["accuracy"] >= FLOOR
    assert result["found"] >= FLOOR
    assert len(result["by_convention"]) >= 15


def test_wrong_interval_is_counted_and_named(tmp_path: Path) -> None:
    row = json.loads(TABLE.read_text("utf-8").splitlines()[0])
    path = tmp_path / "table.jsonl"
    path.write_text(json.dumps(row) + "\n" + json.dumps({**row, "start": "1999-01-01"}) + "\n")
    result = score(path)
    assert result["accuracy"] == 0.5
    assert [case["start"] for case in result["wrong"]] == ["1999-01-01"]
