"""The page in a real browser: scripts, keys, highlights, deep links, accessibility."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from web_reports import News

import onrecord
from onrecord.record import query
from onrecord.show.web.app import create_app

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium; make test installs it"),
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--no-first-run", "--disable-sync", "--disable-default-apps",
)  # fmt: skip
VIEWS = (
    "/", "/claims", "/events", "/relations", "/figures", "/quotes", "/actors", "/documents",
    "/sources", "/timeline", "/map", "/network", "/search?q=customs", "/review", "/reviews", "/export",
    "/search", "/events?wibble=1",
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


def _deep(news: News) -> list[str]:
    with onrecord.open(news.path) as record:
        from onrecord.record import claim_queries

        actor = record.events(type="ASSAULT", document=news.plain.id)[0].actor_id
        claim = claim_queries.claims(record.store)[0].claim_id
    return [
        f"/document/{news.plain.id}", f"/statement/{news.plain.statements[0].statement_id}",
        f"/actor/{actor}", f"/claim/{claim}", f"/network?actor={actor}",
    ]  # fmt: skip


def test_every_view_runs_without_errors_and_asks_no_other_host(tab: Watched) -> None:
    for path in (*VIEWS, *_deep(tab.site.news)):
        tab.errors.clear()
        tab.open(path)
        expected = ["400"] if "wibble" in path else []
        assert [e for e in tab.errors if not any(x in e for x in expected)] == [], path
    assert tab.foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Any, site: Site, scheme: str) -> None:
    watched = Watched(chromium, site, color_scheme=scheme, bypass_csp=True)
    axe = AXE.read_text("utf-8")
    for path in (*VIEWS, *_deep(site.news)):
        page = watched.open(path)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [
            (v["id"], [node["html"][:120] for node in v["nodes"][:3]])
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == [], path
    watched.context.close()


def test_no_view_is_wider_than_a_phone(chromium: Any, site: Site) -> None:
    watched = Watched(chromium, site, viewport={"width": 360, "height": 740})
    for path in (*VIEWS, *_deep(site.news)):
        page = watched.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    watched.context.close()


def test_the_first_text_is_there_without_scripts(chromium: Any, site: Site) -> None:
    watched = Watched(chromium, site, java_script_enabled=False)
    page = watched.open(f"/document/{site.news.plain.id}")
    assert "shelled a customs post" in page.inner_text(".body")
    assert page.is_visible("nav.side a[href='/events']")
    watched.context.close()


def _marked(page: Any, words: str) -> str:
    return "".join(page.locator(f".{words}").all_text_contents())


def test_highlights_cover_their_words_in_text_with_emoji_and_arabic(tab: Watched) -> None:
    news = tab.site.news
    event = news.wide.statements[0]
    page = tab.open(f"/document/{news.wide.id}?at={event.statement_id}")
    assert _marked(page, "f-trigger") == "attacked"
    on = _marked(page, "f-on")
    assert "Tarn Brigade" in on
    assert "حقل النفط" in on
    assert page.locator(".arrows path:not(.tip)").count() == 2


def test_text_and_panel_follow_each_other(tab: Watched) -> None:
    news = tab.site.news
    page = tab.open(f"/document/{news.plain.id}")
    figure = news.plain.statements[1].statement_id
    page.locator(".body span", has_text="At least 14").first.click()
    assert page.locator(".notes li.on").get_attribute("data-id") == figure
    page.locator(f".notes li[data-id='{news.plain.statements[2].statement_id}'] .pick").click()
    assert _marked(page, "f-trigger") == "leads"
    assert f"at={news.plain.statements[2].statement_id}" in page.url


def test_n_and_p_walk_through_the_rows_and_the_address_restores_them(tab: Watched) -> None:
    news = tab.site.news
    page = tab.open(f"/document/{news.plain.id}")
    tab.press("n")
    first = page.locator(".notes li.on").get_attribute("data-id")
    tab.press("n")
    second = page.locator(".notes li.on").get_attribute("data-id")
    tab.press("p")
    assert page.locator(".notes li.on").get_attribute("data-id") == first != second
    address = page.url
    page.goto(address, wait_until="networkidle")
    assert page.locator(".notes li.on").get_attribute("data-id") == first


def test_a_key_hides_a_layer_and_the_address_keeps_it(tab: Watched) -> None:
    page = tab.open(f"/document/{tab.site.news.plain.id}")
    assert page.locator(".tag.event").first.is_visible()
    tab.press("e")
    assert not page.locator(".tag.event").first.is_visible()
    assert "hide=event" in page.url
    page.reload(wait_until="networkidle")
    assert not page.locator(".tag.event").first.is_visible()


def test_a_deep_link_into_a_long_report_scrolls_to_the_words(tab: Watched) -> None:
    news = tab.site.news
    event = news.long.statements[0]
    page = tab.open(f"/document/{news.long.id}?at={event.statement_id}")
    page.wait_for_selector(".f-trigger")
    page.wait_for_timeout(600)
    box = page.locator(".f-trigger").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 900


def test_review_from_the_keyboard_and_undo(own_tab: Watched) -> None:
    page = own_tab.open("/review")
    first = page.locator("article.card").get_attribute("data-row-id")
    own_tab.press("n")
    page.wait_for_selector(".undo")
    second = page.locator("article.card").get_attribute("data-row-id")
    assert second != first
    assert own_tab.open("/reviews.json").inner_text("body").count('"reject"') == 1
    page.go_back()
    own_tab.press("z")
    page.wait_for_selector(f"article[data-row-id='{first}']")
    own_tab.press("y")
    page.wait_for_selector(f"article[data-row-id='{second}']")
    own_tab.press("u")
    page.wait_for_function(
        "id => document.querySelector('article.card')?.dataset.rowId !== id", arg=second
    )
    assert own_tab.errors == []


def test_a_field_is_corrected_from_the_keyboard(own_tab: Watched) -> None:
    page = own_tab.open("/review")
    own_tab.press("c")
    page.keyboard.type("fac")
    own_tab.press("Tab")
    page.keyboard.type("planned")
    own_tab.press("Enter")
    page.wait_for_selector(".undo")
    assert "planned" in page.inner_text(".undo")


def test_an_edge_is_moved_from_the_keyboard_and_undone(own_tab: Watched) -> None:
    event = own_tab.site.news.plain.statements[0]
    page = own_tab.open(f"/review?row={event.statement_id}")
    own_tab.press("f")
    while page.inner_text("#edge-field") != "trigger":
        own_tab.press("f")
    own_tab.press("]")
    own_tab.press("]")
    assert page.inner_text("#edge-words") == "shelled a customs"
    assert _marked(page, "edging") == "shelled a customs"
    own_tab.press("}")
    own_tab.press("Shift+ArrowLeft")
    assert page.inner_text("#edge-words") == "Front shelled a"
    own_tab.press("{")
    own_tab.press("Enter")
    page.wait_for_selector(".undo")
    assert page.locator("article.card").get_attribute("data-row-id") == event.statement_id
    assert page.inner_text(".f-trigger >> nth=0").endswith("shelled a")
    with onrecord.open(own_tab.site.news.path) as record:
        (review,) = query.reviews(record.store)
        assert (review.field, review.new.split(" ", 1)[1]) == ("trigger_span", "shelled a")
        assert record.events(document=own_tab.site.news.plain.id)[0].trigger_text == "shelled a"
    own_tab.press("z")
    page.wait_for_selector("article.card")
    page.wait_for_selector(".undo", state="detached")
    assert page.inner_text(".f-trigger >> nth=0").endswith("shelled")
    assert own_tab.errors == []


def test_edges_count_code_points_where_browsers_count_otherwise(own_tab: Watched) -> None:
    event = own_tab.site.news.wide.statements[0]
    page = own_tab.open(f"/review?row={event.statement_id}")
    own_tab.press("f")
    while page.inner_text("#edge-field") != "object":
        own_tab.press("f")
    own_tab.press("]")
    own_tab.press("Enter")
    page.wait_for_selector(".undo")
    with onrecord.open(own_tab.site.news.path) as record:
        changed = record.events(document=own_tab.site.news.wide.id)[0]
    assert changed.recipient_text == "حقل النفط yesterday"


def test_edges_left_alone_write_nothing(own_tab: Watched) -> None:
    page = own_tab.open(f"/review?row={own_tab.site.news.plain.statements[0].statement_id}")
    own_tab.press("f")
    own_tab.press("]")
    own_tab.press("Escape")
    assert not page.is_visible("#edge")
    assert page.locator(".edging").count() == 0
    assert own_tab.open("/reviews.json").inner_text("body").count('"verdict"') == 0


def test_rows_are_chosen_rejected_together_and_brought_back(own_tab: Watched) -> None:
    from playwright.sync_api import expect

    page = own_tab.open("/events")
    before = page.locator("li.row").count()
    for key in ("n", "s", "n", "s"):
        own_tab.press(key)
    assert "2 chosen" in page.inner_text("#bulk")
    own_tab.press("N")
    page.wait_for_selector("h1:has-text('Reject 2 events?')")
    own_tab.press("Enter")
    page.wait_for_selector(".undo")
    assert "Rejected 2 events" in page.inner_text(".undo")
    expect(page.locator("li.row")).to_have_count(before - 2)
    own_tab.press("z")
    expect(page.locator("li.row")).to_have_count(before)
    assert own_tab.errors == []


def test_all_rows_shown_are_accepted_together(own_tab: Watched) -> None:
    page = own_tab.open("/figures")
    page.wait_for_selector("#choose-shown:not([hidden])", state="attached")
    own_tab.press("A")
    page.wait_for_selector("text=1 chosen")
    own_tab.press("Y")
    page.wait_for_selector("h1:has-text('Accept 1 figure?')")
    own_tab.press("Enter")
    page.wait_for_selector(".reviewed")
    assert page.inner_text(".reviewed") == "accepted"


def test_the_network_is_narrowed_by_the_standing_of_claims(tab: Watched) -> None:
    path = _deep(tab.site.news)[-1]
    page = tab.open(path)
    ties = page.locator("tbody tr").count()
    page.select_option("select[name=status]", "corroborated")
    page.click("form.filters button")
    page.wait_for_url(re.compile("status=corroborated"))
    assert page.locator("tbody tr").count() < ties


def test_claims_are_formed_anew_after_a_review(own_tab: Watched) -> None:
    from playwright.sync_api import expect

    page = own_tab.open("/claims")
    before = page.locator("li.row").count()
    assert page.locator("text=Form claims now").count() == 0
    page = own_tab.open(f"/review?row={own_tab.site.news.plain.statements[2].statement_id}")
    own_tab.press("n")
    page.wait_for_selector(".undo")
    page = own_tab.open("/claims")
    page.click("text=Form claims now")
    expect(page.locator("li.row")).to_have_count(before - 1)
    expect(page.locator("text=Form claims now")).to_have_count(0)


def test_two_actors_are_merged_and_taken_apart_again(own_tab: Watched) -> None:
    with onrecord.open(own_tab.site.news.path) as record:
        one = record.actors(name="Tarn Brigade")[0]
    page = own_tab.open(f"/actor/{one.actor_id}")
    page.click("details.identity summary")
    page.fill("details.identity input[name=other]", "Meridian Front")
    page.click("details.identity form[action='/merge'] button")
    page.click("text=They are one")
    page.wait_for_url(re.compile("/reviews"))
    with onrecord.open(own_tab.site.news.path) as record:
        assert record.actors(name="Tarn Brigade")[0] == record.actors(name="Meridian Front")[0]
    page.click("td button")
    page.wait_for_url(re.compile("/reviews"))
    with onrecord.open(own_tab.site.news.path) as record:
        assert record.actors(name="Tarn Brigade")[0] != record.actors(name="Meridian Front")[0]


def test_new_reports_are_shown_while_the_page_is_open(own_tab: Watched) -> None:
    from web_reports import Report

    page = own_tab.open("/events")
    before = page.locator("li.row").count()
    report = Report("The Tarn Brigade shelled a mill.", title="Mill", publisher="Lowland Post")
    report.state("event", "ASSAULT", "shelled", subject=report.party("Tarn Brigade"))
    with onrecord.open(own_tab.site.news.path) as record:
        record.store.write(report.resolved(), version="hand")
    page.reload()
    assert page.locator("li.row").count() == before + 1


def test_question_mark_lists_the_keys(tab: Watched) -> None:
    page = tab.open("/events")
    tab.press("?")
    page.wait_for_selector("#help", state="visible")
    tab.press("Escape")
    page.wait_for_selector("#help", state="hidden")
    tab.press("n")
    tab.press("Enter")
    page.wait_for_url(re.compile("/document/"))


def test_hostile_words_run_nowhere(tab: Watched) -> None:
    news = tab.site.news
    event = news.hostile.statements[0]
    with onrecord.open(news.path) as record:
        actor = record.events(document=news.hostile.id)[0].actor_id
    for path in (
        "/", "/events", "/documents", "/timeline", "/map", f"/document/{news.hostile.id}?at={event.statement_id}",
        f"/network?actor={actor}", f"/actor/{actor}", f"/review?row={event.statement_id}",
    ):  # fmt: skip
        tab.open(path)
    assert tab.dialogs == []
    assert tab.errors == []


def test_the_network_is_drawn_and_widened_by_a_key(tab: Watched) -> None:
    path = _deep(tab.site.news)[-1]
    page = tab.open(path)
    page.wait_for_selector("#net[data-drawn]")
    tab.press("2")
    page.wait_for_url(re.compile("steps=2"))


def test_charts_are_drawn_in_the_dark_as_well(chromium: Any, site: Site) -> None:
    watched = Watched(chromium, site, color_scheme="dark")
    for path, box in (("/", "#days"), ("/timeline", "#timeline"), ("/map", "#map")):
        page = watched.open(path)
        page.wait_for_selector(f"{box} canvas")
    assert watched.errors == []
    watched.context.close()


def test_two_hundred_thousand_words_open_at_once(chromium: Any, own_site: Site) -> None:
    from web_reports import long_report

    report = long_report(200_000)
    with onrecord.open(own_site.news.path) as record:
        record.store.write(report.resolved(), version="hand")
    watched = Watched(chromium, own_site)
    started = time.monotonic()
    watched.tab.goto(f"{own_site.address}/document/{report.id}", wait_until="domcontentloaded")
    assert watched.tab.locator(".body p").first.is_visible()
    # The text is there long before all of it is; the limit allows for a busy machine.
    assert time.monotonic() - started < 5
    watched.press("n")
    watched.tab.wait_for_selector(".f-trigger", timeout=60_000)
    watched.context.close()
