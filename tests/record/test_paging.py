"""Asking by index gives what asking the views gives, whatever people said."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from record_reports import Report
from sqlalchemy import select

from onrecord.model.value import Interval
from onrecord.record import corrections, query
from onrecord.record.store import Store
from onrecord.record.views import view_table

_START = datetime(2024, 1, 1, tzinfo=UTC)
_ASKS: dict[str, Any] = {
    "events": query.events, "relations": query.relations, "quantities": query.quantities,
}  # fmt: skip
Fits = Callable[[dict[str, Any]], bool]


def _fill(store: Store, seed: int) -> list[str]:
    chance = random.Random(seed)
    ids = []
    for number in range(12):
        published = chance.choice([None, _START + timedelta(hours=chance.randrange(300))])
        words = [f"Gull {number} {n} acted." for n in range(6)]
        report = Report("\n".join(words), f"Post {number % 3}", published)
        for sentence in words:
            day = _START + timedelta(days=chance.randrange(10))
            first, last = chance.choice([(day, day + timedelta(days=2)), (None, day), (day, None)])
            kind = chance.choice(["event", "relation", "quantity"])
            statement = report.state(
                kind, chance.choice(["A", "B"] if kind == "event" else ["a", "b"]), sentence,
                interval=chance.choice([None, Interval(first, last, "day")]),
            )  # fmt: skip
            ids.append(statement.statement_id)
        store.write(report.resolved(), version="hand")
    for row_id in chance.sample(ids, 8):
        corrections.reject(store, row_id, reviewer="Tester")
    for row_id in chance.sample(ids, 8):
        corrections.correct(store, row_id, "date_from", "2024-01-07", reviewer="Tester")
    for row_id in chance.sample(ids, 4):
        corrections.correct(store, row_id, "factuality", "denied", reviewer="Tester")
    return ids


def _day(row: dict[str, Any]) -> str:
    return row["date_from"] or row["date_to"] or row["published"] or ""


def _last_day(row: dict[str, Any]) -> str:
    goes_on = row["date_from"] and not row["date_to"]
    return "9999" if goes_on else row["date_to"] or row["published"] or ""


_FILTERS: list[tuple[dict[str, Any], Fits]] = [
    ({}, lambda row: True),
    ({"type": "a"}, lambda row: row["type"].lower() == "a"),
    ({"factuality": "denied"}, lambda row: row["factuality"] == "denied"),
    ({"publisher": "post 1"}, lambda row: row["publisher"] == "Post 1"),
    ({"since": "2024-01-06"}, lambda row: _last_day(row) >= "2024-01-06"),
    ({"until": "2024-01-06"}, lambda row: "" < _day(row) <= "2024-01-06"),
    ({"min_confidence": 0.9}, lambda row: row["confidence"] >= 0.9),
]


@pytest.mark.parametrize("name", _ASKS)
@pytest.mark.parametrize("seed", range(3))
def test_a_page_holds_what_the_view_holds(store: Store, seed: int, name: str) -> None:
    _fill(store, seed)
    with store.reading() as connection:
        everything = [dict(row) for row in connection.execute(select(view_table(name))).mappings()]
    everything.sort(key=lambda row: (row["document_id"], row["sentence_start"]))
    everything.sort(key=_day, reverse=True)
    for filters, fits in _FILTERS:
        expected = [row for row in everything if fits(row)]
        for offset, limit in ((0, 3), (2, 5), (0, 100), (90, 5)):
            page = _ASKS[name](store, **filters, limit=limit, offset=offset)
            assert page.to_dicts() == expected[offset : offset + limit], filters
            assert page.total == len(expected), filters


@pytest.mark.parametrize("seed", range(3))
def test_the_timeline_holds_what_its_view_holds(store: Store, seed: int) -> None:
    _fill(store, seed)
    with store.reading() as connection:
        rows = connection.execute(select(view_table("timeline"))).mappings()
        everything = {row["statement_id"]: dict(row) for row in rows}
    page = query.timeline(store, limit=1000)
    assert {row["statement_id"]: row for row in page.to_dicts()} == everything
    assert [row.day for row in page] == sorted(row.day for row in page)
    newest = query.timeline(store, limit=1000, order="newest")
    assert sorted(page, key=str) == sorted(newest, key=str)
    assert [row.day for row in newest] == sorted((row.day for row in page), reverse=True)
    parts = [
        row for start in range(0, 60, 7) for row in query.timeline(store, limit=7, offset=start)
    ]
    assert parts == list(page)[: len(parts)]


@pytest.mark.parametrize("name", _ASKS)
def test_an_empty_record_has_no_rows(store: Store, name: str) -> None:
    assert _ASKS[name](store).total == 0


@pytest.mark.parametrize("judged", [False, True])
def test_pages_of_rows_with_a_word_add_up(store: Store, judged: bool) -> None:
    words = [f"Gull {n} acted." for n in range(9)]
    report = Report("\n".join(words), "Post", None)
    ids = [report.state("event", "AID", sentence).statement_id for sentence in words]
    store.write(report.resolved(), version="hand")
    if judged:
        corrections.reject(store, ids[0], reviewer="Tester")
    every = query.events(store, text="gull", limit=100)
    assert every.total == len(every) == 9 - judged
    parts = [query.events(store, text="gull", limit=4, offset=start) for start in range(0, 16, 4)]
    assert [row for part in parts for row in part] == list(every)
    assert {part.total for part in parts} == {every.total}
    assert query.events(store, text="gull", limit=0).total == every.total
