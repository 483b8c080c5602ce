"""A small record to ask."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.record.store import Store

# Tests are imported by path, so what they share has to be found by name.
sys.path.insert(0, str(Path(__file__).parent))

from record_reports import Report, selva_report


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:", clock=lambda: datetime(2024, 6, 1, tzinfo=UTC)) as opened:
        yield opened


@pytest.fixture
def selva(store: Store) -> Report:
    report = selva_report()
    store.write(report.resolved(), version="rules-1")
    return report
