"""Every view, its twins, its errors; what reports say stays text."""

from __future__ import annotations

import csv
import dataclasses
import html
import io
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_reports import News, Report, client_of

import onrecord
from onrecord.pipeline import settle
from onrecord.record import schema as s
from onrecord.show.filters import CLAIM_SURE_ENOUGH
from onrecord.show.web.parameters import within

LISTS = ("/events", "/relations", "/figures", "/quotes", "/actors", "/documents")
VIEWS = (
    "/", *LISTS, "/claims", "/sources", "/timeline", "/map", "/network", "/search", "/review",
    "/reviews", "/export",
)  # fmt: skip


class Words(HTMLParser):
    """Collects the text of an element chosen by class."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.depth, self.text = wanted, 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if (self.depth and tag not in ("br", "input")) or self.wanted in classes:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.text += data


def words_of(page: str, wanted: str) -> str:
    parser = Words(wanted)
    parser.feed(page)
    return parser.text


def twin(path: str, suffix: str) -> str:
    stem, _, query = path.partition("?")
    return ("/overview" if stem == "/" else stem) + suffix + (f"?{query}" if query else "")


def addresses(news: News) -> list[str]:
    event = news.plain.statements[0]
    with onrecord.open(news.path) as record:
        actor = record.events(type="ASSAULT", document=news.plain.id)[0].actor_id
        from onrecord.record import claim_queries

        claim = claim_queries.claims(record.store)[0].claim_id
    quote = news.plain.attributions[0].attribution_id
    return [
        *VIEWS, f"/document/{news.plain.id}", f"/document/{news.plain.id}?at={event.statement_id}",
        f"/statement/{event.statement_id}", f"/statement/{quote}", f"/actor/{actor}",
        f"/claim/{claim}", f"/network?actor={actor}&steps=2", "/search?q=customs",
        "/events?type=ASSAULT&since=2024", "/review?kind=quote", "/timeline?actor=Meridian+Front",
    ]  # fmt: skip


def test_every_view_answers_with_a_page_and_both_twins(seen: News, page: TestClient) -> None:
    for path in addresses(seen):
        shown = page.get(path)
        assert shown.status_code == 200, path
        assert "<h1" in shown.text
        assert page.get(twin(path, ".json")).json()["total"] >= 0
        rows = list(csv.reader(io.StringIO(page.get(twin(path, ".csv")).text)))
        assert rows[0], path


@pytest.mark.parametrize("path", VIEWS)
def test_an_unknown_parameter_is_an_error_page(page: TestClient, path: str) -> None:
    shown = page.get(f"{path}?wibble=1")
    assert shown.status_code == 400
    assert "wibble" in shown.text


def test_a_misspelt_filter_names_the_right_one(page: TestClient) -> None:
    assert "Did you mean publisher?" in page.get("/events?publsher=x").text
    assert page.get("/events.json?publsher=x").json()["error"].endswith("Did you mean publisher?")


@pytest.mark.parametrize(
    "path", ["/nowhere", "/document/doc_none", "/statement/st_none", "/actor/ac_none",
             "/claim/cl_none", "/document/../../etc/passwd", "/static/../app.py",
             "/static/%2e%2e/app.py", "/open/st_none", "/document/%00"],
)  # fmt: skip
def test_what_is_not_there_is_404(page: TestClient, path: str) -> None:
    assert page.get(path).status_code == 404


def test_twins_keep_the_filters_and_say_so(page: TestClient) -> None:
    answer = page.get("/events.json?factuality=denied&min_confidence=0").json()
    assert answer["filters"] == {"factuality": "denied", "min_confidence": "0"}
    assert answer["total"] == len(answer["rows"]) == 1
    name = page.get("/events.csv?factuality=denied&min_confidence=0").headers["content-disposition"]
    assert "factuality=denied_min_confidence=0_1-rows.csv" in name


def test_every_row_leads_to_its_sentence(seen: News, page: TestClient) -> None:
    event = seen.plain.statements[0]
    shown = page.get("/events").text
    assert f"/document/{seen.plain.id}?at={event.statement_id}" in shown


def test_document_text_is_the_text_of_the_report(seen: News, page: TestClient) -> None:
    for report in (seen.plain, seen.wide):
        shown = words_of(page.get(f"/document/{report.id}").text, "body")
        assert " ".join(shown.split()) == " ".join(report.text.split())


def test_offsets_in_the_page_count_code_points(seen: News, page: TestClient) -> None:
    shown = page.get(f"/document/{seen.wide.id}").text
    for start, words in re.findall(r'data-o="(\d+)"[^>]*>([^<]*)<', shown):
        text = html.unescape(words)
        assert seen.wide.text[int(start) : int(start) + len(text)] == text


def test_overlapping_highlights_are_drawn_on_lanes_of_their_own(
    seen: News, page: TestClient
) -> None:
    shown = page.get(f"/document/{seen.wide.id}").text
    classes = re.search(r'class="s ([^"]+)">attacked<', shown)
    assert classes is not None
    lanes = {c.partition("-")[0]: c.partition("-")[2] for c in classes[1].split()}
    assert set(lanes.values()) == {"event", "quote"}


def test_a_long_report_comes_in_parts_and_a_deep_link_brings_its_own(
    seen: News, page: TestClient
) -> None:
    event = seen.long.statements[0]
    plain = page.get(f"/document/{seen.long.id}").text
    assert "lighthouse" not in plain
    assert "/part/1" in plain
    assert "lighthouse" in page.get(f"/document/{seen.long.id}?at={event.statement_id}").text
    last = len(re.findall(r'class="part wait"', plain))
    assert "lighthouse" in page.get(f"/document/{seen.long.id}/part/{last}").text
    assert page.get(f"/document/{seen.long.id}/part/{last + 1}").status_code == 404


def test_a_statement_opens_at_its_report(seen: News, page: TestClient) -> None:
    event = seen.plain.statements[0]
    answer = page.get(f"/open/{event.statement_id}")
    assert answer.headers["location"] == f"/document/{seen.plain.id}?at={event.statement_id}"


def test_hostile_words_stay_words(seen: News, page: TestClient) -> None:
    event = seen.hostile.statements[0]
    with onrecord.open(seen.path) as record:
        actor = record.events(document=seen.hostile.id)[0].actor_id
    for path in (
        "/", "/events", "/actors", "/documents", "/sources", "/timeline", "/map", "/search?q=attacked",
        f"/document/{seen.hostile.id}", f"/statement/{event.statement_id}", f"/actor/{actor}",
        f"/network?actor={actor}", f"/review?row={event.statement_id}", "/claims",
        "/events?actor=%3Cscript%3Ealert(6)%3C/script%3E", "/search?q=%3Cimg%20onerror=x%3E",
    ):  # fmt: skip
        text = page.get(path).text
        assert_harmless(text, path)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text), path


class Elements(HTMLParser):
    """Collects every element with its attributes, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements_of(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(page)
    return parser.found


def assert_harmless(page: str, path: str) -> None:
    """No element that a report could have brought, nothing that the policy would stop."""
    for tag, attrs in elements_of(page):
        assert tag not in ("img", "style", "iframe", "object", "embed", "base"), path
        assert not any(name.startswith("on") or name == "style" for name in attrs), (path, tag)
        assert tag != "script" or "src" in attrs or attrs.get("type") == "application/json", path
        assert not (attrs.get("href") or "").lower().startswith(("javascript:", "data:")), path


def test_data_in_a_page_cannot_end_its_element(page: TestClient) -> None:
    data = re.findall(
        r'<script type="application/json" id="bars">(.*?)</script>', page.get("/timeline").text
    )
    assert len(data) == 1
    assert "<" not in data[0]
    assert "Squad" in data[0]


def test_pages_hold_no_inline_script_style_or_handler(seen: News, page: TestClient) -> None:
    for path in addresses(seen):
        assert_harmless(page.get(path).text, path)


def test_no_page_names_another_host(seen: News, page: TestClient) -> None:
    for path in addresses(seen):
        found = re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*', page.get(path).text)
        assert not found, path


def test_an_empty_record_says_what_to_do_next(tmp_path: Path) -> None:
    onrecord.open(tmp_path / "empty.db").close()
    with client_of(tmp_path / "empty.db") as page:
        for path in VIEWS:
            shown = page.get(path)
            assert shown.status_code == 200, path
        assert "onrecord read" in page.get("/").text
        assert "onrecord read" in page.get("/events").text


def test_a_filter_that_fits_nothing_offers_to_leave_it_out(page: TestClient) -> None:
    shown = page.get("/events?actor=Meridan+Front").text
    assert "No actor is called" in shown
    assert "actor=The+Meridian+Front" in shown


def test_new_reports_show_while_the_page_is_open(own: News, own_page: TestClient) -> None:
    before = own_page.get("/events.json").json()["total"]
    with onrecord.open(own.path) as record:
        from web_reports import Report

        report = Report("Gull Guard attacked a pier.", title="Pier", publisher="Selva Courier")
        report.state("event", "ASSAULT", "attacked", subject=report.party("Gull Guard"))
        record.store.write(report.resolved(), version="hand")
    assert own_page.get("/events.json").json()["total"] == before + 1


def test_one_claim_shows_its_sources_side_by_side(seen: News, page: TestClient) -> None:
    rows = page.get("/claims.json?status=disputed").json()["rows"]
    assert [row["type"] for row in rows] == ["ASSAULT"]
    shown = page.get(f"/claim/{rows[0]['claim_id']}").text
    heads = re.findall(r'<th scope="col"><bdi>([^<]*)', shown)
    assert len(heads) == 2
    assert "denies" in shown
    assert "Who relies on whom" in shown


def test_the_page_cannot_write(seen: News) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    from onrecord.record.limited import LimitedStore

    store = LimitedStore.over(seen.path, seconds=5)
    with pytest.raises(DBAPIError), store.reading() as connection:
        connection.execute(text("DELETE FROM documents"))
    # The same connection writes again for those who may.
    with store.writing() as connection:
        connection.execute(text("UPDATE documents SET title = title"))
    store.close()


def test_a_question_that_takes_too_long_is_given_up(seen: News) -> None:
    from sqlalchemy import text

    from onrecord.errors import QueryError
    from onrecord.record.limited import LimitedStore

    store = LimitedStore.over(seen.path, seconds=0.2)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    started = time.monotonic()
    with pytest.raises(QueryError, match="Narrow the filters"), store.reading() as connection:
        connection.execute(text(endless))
    assert time.monotonic() - started < 5
    with store.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM documents")) == 5
    store.close()


def test_exports_download_in_the_format_asked_for(page: TestClient) -> None:
    answer = page.get("/export/csv?table=quotes")
    assert answer.headers["content-disposition"] == 'attachment; filename="onrecord-quotes.csv"'
    assert answer.text.splitlines()[0].startswith("attribution_id,")
    assert page.get("/export/nonsense").status_code == 400
    assert page.get("/export/csv?table=../../x").status_code == 400


def test_events_that_are_likely_wrong_are_left_out_and_said_so(page: TestClient) -> None:
    every = page.get("/events.json?min_confidence=0").json()["total"]
    shown = page.get("/events.json").json()
    assert (shown["total"], shown["min_confidence"]) == (every - 1, 0.6)
    text = page.get("/events").text
    assert "1 less sure event left out" in text
    assert 'href="/events?min_confidence=0"' in text
    assert "left out" not in page.get("/events?min_confidence=0").text


def test_claims_that_are_likely_misread_are_left_out_and_said_so(
    own: News, own_page: TestClient
) -> None:
    doubtful = Report("The Vale Militia burned a mill.", title="Mill", publisher="Vale Post")
    doubtful.state(
        "event", "ASSAULT", "burned", subject=doubtful.party("The Vale Militia", "armed_group"),
        confidence=0.25,
    )  # fmt: skip
    with onrecord.open(own.path) as record:
        record.store.write(doubtful.resolved(), version="hand")
        settle(record.store)
    every = own_page.get("/claims.json?min_confidence=0").json()
    shown = own_page.get("/claims.json").json()
    assert (shown["total"], shown["min_confidence"]) == (every["total"] - 1, CLAIM_SURE_ENOUGH)
    assert min(row["confidence"] for row in every["rows"]) == 0.25
    text = own_page.get("/claims").text
    assert "1 less sure claim left out" in text
    assert 'href="/claims?min_confidence=0"' in text
    assert 'class="unsure"' not in text
    all_of_them = own_page.get("/claims?min_confidence=0").text
    assert "left out" not in all_of_them
    assert 'class="unsure" title="Confidence 0.25"' in all_of_them
    none = own_page.get("/claims?actor=The+Vale+Militia").text
    assert "Nothing but what is less sure." in none
    assert own_page.get(f"/claims.json?document={doubtful.id}").json()["total"] == 1
    unsure = next(row["claim_id"] for row in every["rows"] if row["confidence"] == 0.25)
    assert "read with confidence 0.25: unsure" in own_page.get(f"/claim/{unsure}").text


def test_a_claim_says_first_who_says_so_and_who_does_not(page: TestClient) -> None:
    disputed = page.get("/claims.json?status=disputed").json()["rows"][0]
    text = page.get(f"/claim/{disputed['claim_id']}").text
    assert text.index("say so</h2>") < text.index("Sources side by side")
    assert "not, or not quite" in text


def test_an_actor_has_a_timeline_and_every_name_with_its_report(
    seen: News, page: TestClient
) -> None:
    with onrecord.open(seen.path) as record:
        actor = record.events(document=seen.plain.id)[0].actor_id
    text = page.get(f"/actor/{actor}").text
    assert 'id="timeline"' in text
    bars = re.findall(r'id="bars">(.*?)</script>', text)
    assert "shelled" in bars[0]
    assert re.search(r'id="names".*?/document/doc_[0-9a-f]+\?offset=\d+', text, re.DOTALL)


def test_the_days_of_a_picture_stand_in_the_address_and_in_its_twins(page: TestClient) -> None:
    for view in ("map", "timeline"):
        every = page.get(f"/{view}.json").json()["total"]
        days = "from=2024-04-30&to=2024-04-30"
        some = page.get(f"/{view}.json?{days}").json()["total"]
        none = page.get(f"/{view}.json?from=2031-01-01").json()["total"]
        assert 0 == none < some <= every, view
        assert 'data-from="2024-04-30"' in page.get(f"/{view}?{days}").text
        assert page.get(f"/{view}?from=tuesday").status_code == 400


def test_days_of_a_picture_narrow_the_filters_and_never_widen_them() -> None:
    shown = {"from": "2024-05-02", "to": "2024-05-09"}
    assert within({}, shown) == {"since": "2024-05-02", "until": "2024-05-09"}
    assert within({"since": "2024-05", "until": "2024-05"}, shown) == {
        "since": "2024-05-02", "until": "2024-05-09",
    }  # fmt: skip
    assert within({"since": "2024-06", "until": "2024-04"}, shown) == {
        "since": "2024-06", "until": "2024-04",
    }  # fmt: skip


def test_a_claim_says_what_nobody_says(page: TestClient) -> None:
    rows = page.get("/claims.json").json()["rows"]
    leads = next(row["claim_id"] for row in rows if row["type"] == "leads")
    assert "Nobody says when." in page.get(f"/claim/{leads}").text


def test_one_sentence_stands_once_in_a_column(seen: News, page: TestClient) -> None:
    from onrecord.record import claim_queries
    from onrecord.show.web.pages.claims import said_once

    with onrecord.open(seen.path) as record:
        claim = claim_queries.claims(record.store)[0].claim_id
        (member, *_) = claim_queries.claim(record.store, claim).columns[0].members
    other = dataclasses.replace(member, sentence="Another.", statement_id="st_2")
    copy = dataclasses.replace(other, copy_of="doc_1")
    assert said_once([member, member, other, copy]) == [member, other]
    assert said_once([copy]) == [copy]


def test_actors_are_narrowed_by_kind_with_how_many_there_are(seen: News, page: TestClient) -> None:
    every = page.get("/actors.json").json()["rows"]
    n = sum(row["kind"] == "armed_group" for row in every)
    text = page.get("/actors").text
    link = re.search(r'<a href="([^"]+)"><bdi>armed group</bdi> <span>(\d+)</span>', text)
    assert link
    assert int(link[2]) == n
    chosen = page.get(html.unescape(link[1])).text
    assert re.search(r'aria-current="true"><bdi>armed group</bdi>', chosen)
    assert len(re.findall("<tr data-row>", chosen)) == n


def test_a_search_is_narrowed_by_who_takes_part(seen: News, page: TestClient) -> None:
    text = page.get("/search?q=customs").text
    assert re.search(r"<h2>Who</h2>.*?kind=armed_group", text, re.DOTALL)
    assert page.get("/search.json?q=customs&kind=armed_group").json()["total"] > 0
    assert page.get("/search.json?q=customs&kind=media").json()["total"] == 0
    assert page.get("/search?q=customs&kind=wibble").status_code == 400


def test_relations_that_are_likely_wrong_are_left_out_everywhere_and_said_so(own: News) -> None:
    with onrecord.open(own.path) as record, record.store.writing() as connection:
        unsure = s.statements.c.kind == "relation"
        connection.execute(s.statements.update().where(unsure).values(confidence=0.3))
    page = client_of(own.path)
    rows = page.get("/relations.json?min_confidence=0").json()["rows"]
    assert page.get("/relations.json").json()["total"] == 0
    assert f"{len(rows)} less sure relation" in page.get("/relations").text
    actor = rows[0]["subject_id"]
    path, everything = f"/actor/{actor}", f"/actor/{actor}?min_confidence=0"
    assert "less sure event or relation left out" in page.get(path).text
    assert "Nothing but what is less sure." in page.get(path).text
    assert rows[0]["statement_id"] not in page.get(path).text
    assert rows[0]["statement_id"] in page.get(everything).text
    assert f'href="{path}"' in page.get(everything).text
    assert page.get(f"{path}.json").json()["relations"] == []
    assert page.get(f"{path}.json?min_confidence=0").json()["relations"]
    network = f"/network?actor={actor}"
    assert "1 less sure statement left out" in page.get(network).text
    assert page.get(f"/network.json?actor={actor}").json()["n_unsure"] == 1
    shown = page.get(f"/network.json?actor={actor}&min_confidence=0").json()
    assert "leads" in {row["type"] for row in shown["rows"]}
    assert shown["min_confidence"] == {"event": 0.0, "relation": 0.0}


def test_a_timeline_leaves_out_events_that_are_likely_wrong(page: TestClient) -> None:
    every = page.get("/timeline.json?min_confidence=0").json()["total"]
    assert page.get("/timeline.json").json()["total"] == every - 1
    assert "1 less sure event left out" in page.get("/timeline").text
    assert "often wrong are shown too" in page.get("/timeline?min_confidence=0").text
