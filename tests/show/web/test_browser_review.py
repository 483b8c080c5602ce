"""Judging in a real browser: queue, edges, several rows, claims, merging."""

from __future__ import annotations

import re

from browser import IN_A_BROWSER, Watched, marked

import onrecord
from onrecord.record import query

pytestmark = IN_A_BROWSER


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
    assert marked(page, "edging") == "shelled a customs"
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
