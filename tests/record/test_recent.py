"""The short way to the newest rows leads where the long way leads."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from record_reports import Report

from onrecord.model.value import Interval
from onrecord.record import corrections, query
from onrecord.record.recent import newest
from onrecord.record.rows import EventRow, QuantityRow, RelationRow
from onrecord.record.store import Store

_START = datetime(2024, 1, 1, tzinfo=UTC)
_ASKS: dict[type, Any] = {
    EventRow: query.events, RelationRow: query.relations, QuantityRow: query.quantities,
}  # fmt: skip


def _fill(store: Store, seed: int) -> list[str]:
    chance = random.Random(seed)
    ids = []
    for number in range(12):
        published = chance.choice([None, _START + timedelta(hours=chance.randrange(300))])
        words = [f"Gull {number} {n} acted." for n in range(6)]
        report = Report("\n".join(words), f"Post {number}", published)
        for n, sentence in enumerate(words):
            day = _START + timedelta(days=chance.randrange(10))
            first, last = chance.choice([(day, day + timedelta(days=2)), (None, day), (day, None)])
            interval = chance.choice([None, Interval(first, last, "day")])
            statement = report.state(
                chance.choice(["event", "relation", "quantity"]), chance.choice(["A", "B"]),
                sentence, interval=interval,
            )  # fmt: skip
            ids.append(statement.statement_id)
            del n
        store.write(report.resolved(), version="hand")
    return ids


@pytest.mark.parametrize("row", [EventRow, RelationRow, QuantityRow])
@pytest.mark.parametrize("seed", range(4))
def test_newest_is_what_the_query_gives_newest(store: Store, seed: int, row: Any) -> None:
    ids = _fill(store, seed)
    chance = random.Random(seed)
    for row_id in chance.sample(ids, 8):
        corrections.reject(store, row_id, reviewer="Tester")
    for row_id in chance.sample(ids, 8):
        corrections.correct(store, row_id, "date_from", "2024-01-07", reviewer="Tester")
    for types in (None, "a"):
        for offset, limit in ((0, 3), (2, 5), (0, 100), (90, 5)):
            asked = {"type": types, "limit": limit, "offset": offset}
            assert newest(store, row, **asked) == _ASKS[row](store, **asked)


@pytest.mark.parametrize("row", [EventRow, RelationRow, QuantityRow])
def test_an_empty_record_has_no_newest(store: Store, row: Any) -> None:
    assert newest(store, row).total == 0
