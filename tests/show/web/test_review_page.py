"""Review: the queue, its verdicts, undo, and merging actors, as a browser without scripts."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from web_reports import News


def _form(page: TestClient, path: str = "/review") -> dict[str, str]:
    text = page.get(path).text
    secret = re.search(r'name="csrf" value="([^"]+)"', text)
    row = re.search(r'data-row-id="([^"]+)"', text)
    assert secret is not None
    return {"csrf": secret[1], "row_id": row[1] if row else ""}


def _decide(page: TestClient, form: dict[str, str], **fields: str) -> str:
    answer = page.post("/review", data={**form, **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_the_least_sure_comes_first(own: News, own_page: TestClient) -> None:
    assert _form(own_page)["row_id"] == own.second.statements[0].statement_id


def test_rejecting_takes_the_row_out_and_undo_brings_it_back(
    own: News, own_page: TestClient
) -> None:
    before = own_page.get("/events.json?min_confidence=0").json()["total"]
    form = _form(own_page)
    where = _decide(own_page, form, verdict="reject", note="a drill")
    assert own_page.get("/events.json?min_confidence=0").json()["total"] == before - 1
    shown = own_page.get(where).text
    review = re.search(r'name="review_id" value="([^"]+)"', shown)
    assert review is not None
    assert "Rejected" in shown
    where = _decide(own_page, {"csrf": form["csrf"]}, verdict="undo", review_id=review[1])
    assert own_page.get("/events.json?min_confidence=0").json()["total"] == before
    assert form["row_id"] in own_page.get(where).text


def test_the_next_row_follows_and_the_queue_shrinks(own: News, own_page: TestClient) -> None:
    left = own_page.get("/review.json").json()["rows"][0]["n_left"]
    form = _form(own_page)
    following = _form(own_page, _decide(own_page, form, verdict="accept"))
    assert following["row_id"] not in ("", form["row_id"])
    assert own_page.get("/review.json").json()["rows"][0]["n_left"] == left - 1


def test_not_sure_passes_over_without_a_verdict_and_is_resumed(
    own: News, own_page: TestClient
) -> None:
    form = _form(own_page)
    following = _form(own_page, _decide(own_page, form, verdict="unsure"))
    assert following["row_id"] != form["row_id"]
    assert own_page.get("/reviews.json").json()["total"] == 0
    assert _form(own_page)["row_id"] == following["row_id"]
    assert _form(own_page, "/review?after=start")["row_id"] == form["row_id"]


def test_a_corrected_field_shows_everywhere(own: News, own_page: TestClient) -> None:
    form = _form(own_page)
    _decide(own_page, form, verdict="correct", field="factuality", new="asserted")
    row = own_page.get(f"/events.json?document={own.second.id}").json()["rows"][0]
    assert (row["factuality"], row["reviewed"]) == ("asserted", "corrected")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"verdict": "correct", "field": "factuality", "new": "sometimes"}, 400),
        ({"verdict": "perhaps"}, 400),
        ({"verdict": "accept", "row_id": "st_none"}, 404),
        ({"verdict": "accept", "extra": "1"}, 400),
    ],
)
def test_what_cannot_be_said_is_refused(
    own_page: TestClient, fields: dict[str, str], status: int
) -> None:
    assert own_page.post("/review", data={**_form(own_page), **fields}).status_code == status
    assert own_page.get("/reviews.json").json()["total"] == 0


def test_all_judged_is_said(own: News, own_page: TestClient) -> None:
    path = "/review?kind=relation"
    form = _form(own_page, path)
    own_page.post(path, data={**form, "verdict": "accept"})
    assert "All are judged" in own_page.get(path).text


def _actor(page: TestClient, name: str) -> str:
    rows = page.get("/actors.json", params={"name": name}).json()["rows"]
    return next(str(row["actor_id"]) for row in rows if row["name"] == name)


def test_merging_is_previewed_done_and_undone(own: News, own_page: TestClient) -> None:
    one, other = _actor(own_page, "Lena Ostrova"), _actor(own_page, "Darius Vane")
    path = f"/merge?one={one}&other={other}"
    preview = own_page.get(path).text
    assert "Together they would have" in preview
    form = _form(own_page, path)
    answer = own_page.post("/merge", data={"csrf": form["csrf"], "one": one, "other": other})
    assert answer.status_code == 303, answer.text
    names = {row["name"] for row in own_page.get("/actors.json").json()["rows"]}
    assert len(names & {"Lena Ostrova", "Darius Vane"}) == 1
    shown = own_page.get("/reviews").text
    review = re.search(r'value="(rv_[^"]+)"', shown)
    assert review is not None
    _decide(own_page, {"csrf": form["csrf"]}, verdict="undo", review_id=review[1])
    names = {row["name"] for row in own_page.get("/actors.json").json()["rows"]}
    assert {"Lena Ostrova", "Darius Vane"} <= names
