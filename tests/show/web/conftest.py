"""Records to look at, and pages on them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

# Tests are imported by path, so what they share has to be found by name.
sys.path.insert(0, str(Path(__file__).parent))

from web_reports import News, client_of, write_news


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> News:
    """Return a record to look at; do not write to it."""
    return write_news(tmp_path_factory.mktemp("web") / "news.db")


@pytest.fixture
def own(tmp_path: Path) -> News:
    """Return a record that a test may change."""
    return write_news(tmp_path / "news.db")


@pytest.fixture
def page(seen: News) -> Iterator[TestClient]:
    with client_of(seen.path) as client:
        yield client


@pytest.fixture
def own_page(own: News) -> Iterator[TestClient]:
    with client_of(own.path) as client:
        yield client
