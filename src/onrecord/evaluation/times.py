"""Score time expressions: are they found, and do they denote the interval a person says they do?

The table was written by hand from calendars. Start and end are days of the
row's time zone ("2024-03-08") or UTC instants ("2024-03-08T12:00:00Z"), the
end exclusive; rows of precision "unresolved" must give no interval.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from onrecord.annotate.text import parse_document
from onrecord.annotate.times import find_times
from onrecord.model.document import Document
from onrecord.model.value import Interval
from onrecord.resolve.times import resolve_time

TABLE = Path(__file__).parent / "tables" / "times.jsonl"


def score(path: Path = TABLE) -> dict[str, Any]:
    """Return how much of the table comes out right.

    Args:
        path: JSON lines with text, sentence, tense, published, timezone, anchor, start, end
            and precision.

    Returns:
        `cases`; `accuracy`: share whose interval (both ends) is right, unresolved ones
        included; `with_precision`: share whose precision is right too; `found`: share
        whose words are found in their sentence; `by_convention`: accuracy of each
        convention; `wrong`: the cases that are not right, each with what came out.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    exact = 0
    wrong: list[dict[str, Any]] = []
    for row in rows:
        expected, actual = _expected(row), _resolved(row)
        total[row["convention"]] += 1
        same = _ends(expected) == _ends(actual)
        right[row["convention"]] += same
        if same and (expected is None or actual is None or expected.precision == actual.precision):
            exact += 1
        else:
            wrong.append({**row, "actual": None if actual is None else _printed(actual)})
    return {
        "cases": len(rows),
        "accuracy": sum(right.values()) / len(rows),
        "with_precision": exact / len(rows),
        "found": _found(rows) / len(rows),
        "by_convention": {name: right[name] / total[name] for name in total},
        "wrong": wrong,
    }


def _zone(row: dict[str, Any]) -> tzinfo:
    if row["timezone"] is not None:
        return ZoneInfo(row["timezone"])
    published = row["published"]
    return UTC if published is None else datetime.fromisoformat(published).tzinfo or UTC


def _instant(words: str | None, zone: tzinfo) -> datetime | None:
    if words is None:
        return None
    moment = datetime.fromisoformat(words)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _interval(cell: dict[str, Any], zone: tzinfo) -> Interval:
    return Interval(_instant(cell["start"], zone), _instant(cell["end"], zone), cell["precision"])


def _expected(row: dict[str, Any]) -> Interval | None:
    return None if row["precision"] == "unresolved" else _interval(row, _zone(row))


def _resolved(row: dict[str, Any]) -> Interval | None:
    zone = _zone(row)
    published = row["published"]
    return resolve_time(
        row["text"],
        None if published is None else datetime.fromisoformat(published),
        tense=row["tense"],
        anchor=None if row["anchor"] is None else _interval(row["anchor"], zone),
        timezone=zone,
        day_first=row.get("day_first"),
    )


def _ends(interval: Interval | None) -> tuple[datetime | None, datetime | None] | None:
    return None if interval is None else (interval.start, interval.end)


def _found(rows: list[dict[str, Any]]) -> int:
    """Return in how many rows the words are found in their sentence, each one a paragraph."""
    text = "\n".join(row["sentence"] for row in rows)
    parse = parse_document(Document(document_id="times", uri="times", text=text))
    found: dict[int, set[str]] = {}
    for time in find_times(parse):
        found.setdefault(text.count("\n", 0, time.span.start), set()).add(parse.text_of(time.span))
    # A preposition that bounds nothing is not part of the expression found.
    return sum(
        bool({row["text"], row["text"].partition(" ")[2]} & found.get(number, set()))
        for number, row in enumerate(rows)
    )


def _printed(interval: Interval) -> dict[str, str | None]:
    return {
        "start": None if interval.start is None else interval.start.isoformat(),
        "end": None if interval.end is None else interval.end.isoformat(),
        "precision": interval.precision,
    }


if __name__ == "__main__":
    result = score()
    for case in result.pop("wrong"):
        print(json.dumps(case, ensure_ascii=False))
    print(json.dumps(result, indent=2))
