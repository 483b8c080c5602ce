"""A page that runs and a real browser to look at it with."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from web_reports import News

import onrecord
from onrecord.record import claim_queries
from onrecord.show.web.app import create_app

CHROMIUM = Path("/usr/bin/chromium")
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium; make test installs it"),
]
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--no-first-run", "--disable-sync", "--disable-default-apps",
)  # fmt: skip


class Site:
    """A page that runs, and the address it runs at."""

    def __init__(self, news: News) -> None:
        self.news = news
        listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = create_app(str(news.path), reviewer="Tester")
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [listening]}, daemon=True
        )
        self.thread.start()

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)


class Watched:
    """A tab whose requests, errors and dialogs are noted."""

    def __init__(self, chromium: Any, site: Site, **settings: Any) -> None:
        self.site = site
        self.context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 900}, **settings}
        )
        self.tab = self.context.new_page()
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.dialogs: list[str] = []
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.tab.on("request", self._note)
        self.tab.on(
            "dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss())
        )

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self.site.address, "data:", "blob:")):
            self.foreign.append(request.url)

    def open(self, path: str) -> Any:
        self.tab.goto(self.site.address + path, wait_until="networkidle")
        return self.tab

    def press(self, key: str) -> None:
        # Chromium throws away keys that come before a page's first paint, and a page whose
        # heading is there may not have run its scripts yet.
        self.tab.wait_for_load_state("load")
        self.tab.evaluate(PAINTED)
        self.tab.keyboard.press(key)


def deep_links(news: News) -> list[str]:
    """Return addresses of one row, actor, claim and network each."""
    with onrecord.open(news.path) as record:
        actor = record.events(type="ASSAULT", document=news.plain.id)[0].actor_id
        claim = claim_queries.claims(record.store)[0].claim_id
    return [
        f"/document/{news.plain.id}", f"/statement/{news.plain.statements[0].statement_id}",
        f"/actor/{actor}", f"/claim/{claim}", f"/network?actor={actor}",
    ]  # fmt: skip


def marked(page: Any, words: str) -> str:
    """Return the text of all elements of a class, joined."""
    return "".join(page.locator(f".{words}").all_text_contents())
