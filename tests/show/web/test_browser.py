"""Every view in a real browser: scripts, keys, pictures, accessibility, no other host."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browser import IN_A_BROWSER, Site, Watched, deep_links
from web_reports import Report

import onrecord
from onrecord.model.actor import Place
from onrecord.model.value import Interval
from onrecord.record.store import Store

pytestmark = IN_A_BROWSER
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
VIEWS = (
    "/", "/claims", "/events", "/relations", "/figures", "/quotes", "/actors", "/documents",
    "/sources", "/timeline", "/map", "/network", "/search?q=customs", "/review", "/reviews", "/export",
    "/search", "/events?wibble=1",
)  # fmt: skip


def test_every_view_runs_without_errors_and_asks_no_other_host(tab: Watched) -> None:
    for path in (*VIEWS, *deep_links(tab.site.news)):
        tab.errors.clear()
        tab.open(path)
        expected = ["400"] if "wibble" in path else []
        assert [e for e in tab.errors if not any(x in e for x in expected)] == [], path
    assert tab.foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Any, site: Site, scheme: str) -> None:
    watched = Watched(chromium, site, color_scheme=scheme, bypass_csp=True)
    axe = AXE.read_text("utf-8")
    for path in (*VIEWS, *deep_links(site.news)):
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
    for path in (*VIEWS, *deep_links(site.news)):
        page = watched.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    watched.context.close()


def test_the_first_text_is_there_without_scripts(chromium: Any, site: Site) -> None:
    watched = Watched(chromium, site, java_script_enabled=False)
    page = watched.open(f"/document/{site.news.plain.id}")
    assert "shelled a customs post" in page.inner_text(".body")
    assert page.is_visible("nav.side a[href='/events']")
    watched.context.close()


def test_the_network_is_narrowed_by_the_standing_of_claims(tab: Watched) -> None:
    path = deep_links(tab.site.news)[-1]
    page = tab.open(path)
    ties = page.locator("tbody tr").count()
    page.select_option("select[name=status]", "corroborated")
    page.click("form.filters button")
    page.wait_for_url(re.compile("status=corroborated"))
    assert page.locator("tbody tr").count() < ties


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
    path = deep_links(tab.site.news)[-1]
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


def test_where_the_network_was_moved_to_stands_in_the_address(tab: Watched) -> None:
    page = tab.open(deep_links(tab.site.news)[-1])
    page.wait_for_selector("#net[data-drawn]")
    box = page.locator("#net").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 80, steps=5)
    page.mouse.up()
    page.wait_for_url("**view=**")
    moved = page.url
    page.reload(wait_until="networkidle")
    page.wait_for_selector("#net[data-drawn]")
    page.wait_for_timeout(400)
    assert near(page.url, moved)


def test_where_the_map_was_moved_to_stands_in_the_address(tab: Watched) -> None:
    page = tab.open("/map")
    page.wait_for_selector("#map canvas")
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 90, box["y"] + box["height"] / 2 + 40, steps=5)
    page.mouse.up()
    page.wait_for_url("**view=**")
    moved = page.url
    page.reload(wait_until="networkidle")
    assert page.url == moved


def near(one: str, other: str) -> bool:
    """Return whether two addresses name one place, but for rounding."""
    places = [
        [float(part) for part in parse_qs(urlsplit(url).query)["view"][0].split(",")]
        for url in (one, other)
    ]
    return all(abs(a - b) < 1 for a, b in zip(*places, strict=True))


def test_the_days_of_the_timeline_and_of_the_map_follow_the_slider(own_tab: Watched) -> None:
    tab = own_tab
    later = Report("The Coastal League shelled Port Orsk.", title="Later", publisher="Lowland Post")
    later.places.append(Place("pl_9000003", "Port Orsk", "town", "IRQ", "", 31.5, 46.8, None))
    later.state(
        "event", "ASSAULT", "shelled", subject=later.party("The Coastal League"),
        place=later.span("Port Orsk"), place_id="pl_9000003",
        interval=Interval(datetime(2024, 3, 30, tzinfo=UTC), datetime(2024, 3, 31, tzinfo=UTC), "day"),
    )  # fmt: skip
    with Store.open(tab.site.news.path) as store:
        store.write(later.resolved(), version="rules-1")
    page = tab.open("/map")
    page.wait_for_selector("#days:not([hidden])")
    page.focus("#day-from")
    tab.press("ArrowRight")
    page.wait_for_url("**from=**")
    first = page.input_value("#day-from")
    words = page.inner_text("#day-words")
    page.reload(wait_until="networkidle")
    page.wait_for_selector("#days:not([hidden])")
    assert page.input_value("#day-from") == first
    assert page.inner_text("#day-words") == words

    page = tab.open("/timeline")
    page.wait_for_selector("#timeline canvas")
    box = page.locator("#timeline").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_url("**from=**")
    assert "to=" in page.url
