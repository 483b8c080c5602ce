"""Who may look, who may write, and what a browser is told."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from web_reports import News, client_of

import onrecord
from onrecord.show.cli.main import cli

TOKEN = "a-token-of-some-length"


def test_every_answer_carries_the_policy(page: TestClient) -> None:
    for path in ("/", "/events.csv", "/static/page.css", "/nowhere", "/events?x=1"):
        headers = page.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[::2]", ""])
def test_a_foreign_host_name_is_refused(seen: News, host: str) -> None:
    with client_of(seen.path) as page:
        assert page.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8520", "localhost", "[::1]:8520", "LOCALHOST:1"])
def test_our_own_names_are_served(page: TestClient, host: str) -> None:
    assert page.get("/", headers={"host": host}).status_code == 200


def test_without_the_token_nothing_is_shown(seen: News) -> None:
    with client_of(seen.path, token=TOKEN, hosts=("*",)) as page:
        for path in ("/", "/events.json", "/static/page.css", f"/?token={TOKEN}x"):
            answer = page.get(path)
            assert answer.status_code == 401
            assert "Meridian" not in answer.text


def test_the_token_leaves_the_address_and_stays_as_a_cookie(seen: News) -> None:
    with client_of(seen.path, token=TOKEN, hosts=("*",)) as page:
        answer = page.get(f"/events?type=ASSAULT&token={TOKEN}")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/events?type=ASSAULT"
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert page.get("/events?type=ASSAULT").status_code == 200


def test_the_cookie_is_secure_where_the_connection_is(seen: News) -> None:
    with client_of(seen.path, token=TOKEN, hosts=("*",)) as page:
        answer = page.get(f"https://box.example/?token={TOKEN}")
        assert "secure" in answer.headers["set-cookie"].lower()


def test_another_address_needs_a_token() -> None:
    result = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0"])
    assert result.exit_code == 2
    assert "--token new" in result.output


def test_a_short_token_is_refused() -> None:
    result = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0", "--token", "abc"])
    assert result.exit_code == 2
    assert "12 characters" in result.output


def _secret(page: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page.get("/review").text)
    assert found is not None
    return found[1]


def _reviews(news: News) -> int:
    from onrecord.record import query

    with onrecord.open(news.path) as record:
        return query.reviews(record.store, limit=1).total


@pytest.mark.parametrize("path", ["/review", "/merge", "/split"])
def test_a_form_without_the_secret_writes_nothing(
    own: News, own_page: TestClient, path: str
) -> None:
    _secret(own_page)
    row = own.plain.statements[0].statement_id
    for secret in ({}, {"csrf": ""}, {"csrf": "guess"}):
        form = {"verdict": "accept", "row_id": row, "one": "a", "other": "b", **secret}
        assert own_page.post(path, data=form).status_code == 403
    assert _reviews(own) == 0


def test_a_form_sent_from_another_site_writes_nothing(own: News, own_page: TestClient) -> None:
    form = {
        "csrf": _secret(own_page), "verdict": "accept",
        "row_id": own.plain.statements[0].statement_id,
    }  # fmt: skip
    for origin in ("https://evil.example", "null", "http://127.0.0.1:9999"):
        answer = own_page.post("/review", data=form, headers={"origin": origin})
        assert answer.status_code == 403
    assert _reviews(own) == 0
    own_origin = {"origin": "http://127.0.0.1:8520"}
    assert own_page.post("/review", data=form, headers=own_origin).status_code == 303
    assert _reviews(own) == 1


def test_a_body_too_long_is_refused(own: News, own_page: TestClient) -> None:
    form = {"csrf": _secret(own_page), "note": "x" * 30_000}
    assert own_page.post("/review", data=form).status_code == 413
    assert _reviews(own) == 0


def test_a_redirect_never_leads_to_another_site(own: News, own_page: TestClient) -> None:
    form = {
        "csrf": _secret(own_page), "verdict": "accept", "next": "//evil.example/",
        "row_id": own.plain.statements[0].statement_id,
    }  # fmt: skip
    assert own_page.post("/review", data=form).headers["location"] == "/review"


def test_reading_views_take_no_writes(page: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert page.request(method, "/events").status_code == 405
