"""Sources are counted as the view counts them, however they are looked up."""

from __future__ import annotations

from typing import Any

import pytest
from record_reports import selva_report
from sqlalchemy import select

from onrecord.record import corrections, query
from onrecord.record.store import Store
from onrecord.record.views import view_table


@pytest.fixture
def filled(store: Store) -> Store:
    """Three outlets, one of them unknown, and two actors whom they quote."""
    for publisher in ("The Lantern", "Harbour Weekly", ""):
        for ending in ("", " Again."):
            text = selva_report().document.text + ending
            store.write(selva_report(publisher, text).resolved(), version="hand")
    return store


def _view(store: Store) -> list[dict[str, Any]]:
    with store.reading() as connection:
        rows = connection.execute(select(view_table("sources"))).mappings()
        return sorted((dict(row) for row in rows), key=str)


def test_sources_are_those_of_the_view(filled: Store) -> None:
    found = query.sources(filled)
    assert sorted(found.to_dicts(), key=str) == _view(filled)
    assert found.total == len(found)
    assert [row.n_statements for row in found] == sorted(
        (row.n_statements for row in found), reverse=True
    )


def test_what_a_person_rejected_rests_on_nobody(filled: Store) -> None:
    before = {row.source: row.n_statements for row in query.sources(filled)}
    rejected = query.events(filled, publisher="The Lantern")
    for row in rejected:
        corrections.reject(filled, row.statement_id, reviewer="ana")
    after = {row.source: row for row in query.sources(filled)}
    assert after["The Lantern"].n_statements == before["The Lantern"] - rejected.total
    assert after["Harbour Weekly"].n_statements == before["Harbour Weekly"]
    view = {row["source"]: row for row in _view(filled)}
    for source, row in after.items():
        if row.n_statements:
            assert row.n_statements == view[source]["n_statements"], source
            assert row.n_documents == view[source]["n_documents"], source


@pytest.mark.parametrize("role", ["outlet", "agency", "speaker", "outlet,speaker"])
def test_a_role_leaves_out_the_others(filled: Store, role: str) -> None:
    expected = [row for row in query.sources(filled) if row.role in role.split(",")]
    assert list(query.sources(filled, role=role)) == expected


def test_pages_of_sources_add_up(filled: Store) -> None:
    every = list(query.sources(filled))
    parts = [
        row
        for start in range(len(every) + 1)
        for row in query.sources(filled, limit=1, offset=start)
    ]
    assert parts == every


@pytest.mark.parametrize(
    "source", ["the lantern", "Harbour Weekly", "unknown outlet", "Orsk Valen"]
)
def test_what_rests_on_a_source_is_what_has_it_in_its_chain(filled: Store, source: str) -> None:
    every = query.events(filled)
    has = [
        row.statement_id
        for row in every
        if source.casefold() in [link.casefold() for link in row.chain.split(" < ")]
    ]
    assert has
    assert [row.statement_id for row in query.events(filled, source=source)] == has
    # Rows that somebody judged are asked in another way.
    corrections.accept(filled, has[0], reviewer="ana")
    assert [row.statement_id for row in query.events(filled, source=source)] == has
