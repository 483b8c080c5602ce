"""A report in a real browser: highlights, panel, keys, deep links, long texts."""

from __future__ import annotations

import time
from typing import Any

from browser import IN_A_BROWSER, Site, Watched, marked

import onrecord

pytestmark = IN_A_BROWSER


def test_highlights_cover_their_words_in_text_with_emoji_and_arabic(tab: Watched) -> None:
    news = tab.site.news
    event = news.wide.statements[0]
    page = tab.open(f"/document/{news.wide.id}?at={event.statement_id}")
    assert marked(page, "f-trigger") == "attacked"
    on = marked(page, "f-on")
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
    assert marked(page, "f-trigger") == "leads"
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
