"""Claims asked of the record: how sure they have to be."""

from __future__ import annotations

from typing import Any

import pytest
from record_reports import Report, selva_report
from sqlalchemy import event

from onrecord.errors import QueryError
from onrecord.model.value import Amount
from onrecord.pipeline import settle
from onrecord.record import query
from onrecord.record.claim_queries import ClaimOrder
from onrecord.record.store import Store

ORDERS: tuple[ClaimOrder, ...] = ("disputed", "sources", "newest", "oldest")


@pytest.fixture
def sure_and_not(store: Store) -> Store:
    """Return a record with claims of confidence 0.9, and one of 0.25."""
    other = Report("Some 300 lorries turned back.", "The Beacon", None)
    other.state(
        "quantity", "other", "Some 300", counted=other.span("lorries"),
        amount=Amount(300.0, 300.0, "count", "about"), confidence=0.25,
    )  # fmt: skip
    for report in (selva_report(), other):
        store.write(report.resolved(), version="hand")
    settle(store)
    return store


@pytest.mark.parametrize("order", ORDERS)
def test_claims_are_those_at_least_as_sure_as_asked(sure_and_not: Store, order: ClaimOrder) -> None:
    every = query.claims(sure_and_not, order=order)
    assert sorted({row.confidence for row in every}) == [0.25, 0.9]
    for least in (0.0, 0.25, 0.3, 0.9, 0.95):
        found = query.claims(sure_and_not, min_confidence=least, order=order)
        assert list(found) == [row for row in every if row.confidence >= least]
        assert found.total == len(found)


def test_acts_are_asked_for_as_claims_are(store: Store) -> None:
    store.write(selva_report().resolved(), version="hand")
    settle(store)
    asked = [query.acts(store, actor="Tarn Brigade", min_confidence=n).total for n in (0.9, 0.91)]
    assert asked == [1, 0]


def test_confidence_that_is_no_probability_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="not between 0 and 1"):
        query.claims(store, min_confidence=7)


@pytest.mark.parametrize("order", ORDERS)
def test_lists_of_sure_claims_are_found_and_counted_in_indexes(order: ClaimOrder) -> None:
    asked: list[tuple[str, Any]] = []
    with Store.open(":memory:") as store:
        store.write(selva_report().resolved(), version="hand")
        settle(store)
        with store.reading() as connection:
            event.listen(
                connection.engine, "before_cursor_execute",
                lambda c, cursor, words, values, *more: asked.append((words, values)),
            )  # fmt: skip
        assert query.claims(store, min_confidence=0.5, order=order)
        # The page is read from the rows of the table, by their keys.
        lists = [found for found in asked if "confidence >=" in found[0]]
        assert len(lists) >= 2
        for words, values in lists:
            with store.reading() as connection:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values).all()
            assert "COVERING INDEX" in plan[0][3]
