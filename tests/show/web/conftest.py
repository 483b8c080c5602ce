"""Records to look at, and pages on them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

# Tests are imported by path, so what they share has to be found by name.
sys.path.insert(0, str(Path(__file__).parent))

from browser import CHROMIUM, FLAGS, Site, Watched
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


@pytest.fixture(scope="module")
def site(seen: News) -> Iterator[Site]:
    running = Site(seen)
    yield running
    running.stop()


@pytest.fixture
def own_site(own: News) -> Iterator[Site]:
    running = Site(own)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Any, site: Site) -> Iterator[Watched]:
    watched = Watched(chromium, site)
    yield watched
    watched.context.close()


@pytest.fixture
def own_tab(chromium: Any, own_site: Site) -> Iterator[Watched]:
    watched = Watched(chromium, own_site)
    yield watched
    watched.context.close()
