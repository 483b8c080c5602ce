"""A small record to ask, in every database that keeps records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from onrecord.record import schema as s
from onrecord.record.store import Store

# Tests are imported by path, so what they share has to be found by name.
sys.path.insert(0, str(Path(__file__).parent))

from postgresql_server import missing, server
from record_reports import Report, selva_report


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """URL of an empty database."""
    if missing():
        pytest.skip(missing())
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    on_server = request.param == "postgresql"
    location = request.getfixturevalue("postgresql") if on_server else ":memory:"
    with Store.open(location, clock=lambda: datetime(2024, 6, 1, tzinfo=UTC)) as opened:
        yield opened
        if on_server:
            _empty(opened)


@pytest.fixture
def selva(store: Store) -> Report:
    report = selva_report()
    store.write(report.resolved(), version="rules-1")
    return report


def _empty(store: Store) -> None:
    """Take all rows out of a record: quicker than to make another one."""
    filled = ", ".join(
        table.name for table in s.metadata.sorted_tables if table is not s.record_info
    )
    with store.writing() as connection:
        connection.execute(text(f"TRUNCATE {filled}"))
        connection.execute(s.record_info.delete().where(s.record_info.c.key != "schema_version"))
