"""Who may look, who may write, and what a browser is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from browser import Site
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from web_reports import News, Report, client_of

import onrecord
from onrecord.errors import QueryError
from onrecord.record import limited, query
from onrecord.show.cli.main import cli
from onrecord.show.cli.serve import command as serve
from onrecord.show.web.pages import VIEWS
from onrecord.show.web.site import Ask, Table

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


def test_the_token_is_compared_in_constant_time(
    seen: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def same(given: bytes, wanted: bytes) -> bool:
        compared.append((given, wanted))
        return given == wanted

    monkeypatch.setattr("onrecord.show.web.safety.hmac.compare_digest", same)
    with client_of(seen.path, token=TOKEN, hosts=("*",)) as page:
        assert page.get("/?token=guess").status_code == 401
        assert page.get("/", headers={"authorization": "Bearer other"}).status_code == 401
        assert page.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    tried = {given for given, wanted in compared if wanted == TOKEN.encode()}
    assert {b"guess", b"other", TOKEN.encode()} <= tried


@pytest.mark.parametrize("token", ["", "%00", "%F0%9F%98%80", "%ff", "x" * 3000])
def test_a_strange_token_is_only_a_wrong_one(seen: News, token: str) -> None:
    with client_of(seen.path, token=TOKEN, hosts=("*",)) as page:
        assert page.get(f"/?token={token}").status_code == 401


def test_the_page_listens_on_this_machine_alone_unless_told() -> None:
    host = next(option for option in serve.params if option.name == "host")
    assert host.default == "127.0.0.1"


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
    with onrecord.open(news.path) as record:
        return query.reviews(record.store, limit=1).total


def _writing(page: TestClient) -> list[str]:
    app = page.app
    assert isinstance(app, Starlette)
    routes = [route for route in app.routes if isinstance(route, Route)]
    return [route.path for route in routes if "POST" in (route.methods or ())]


def test_every_address_that_writes_wants_the_secret(own: News, own_page: TestClient) -> None:
    _secret(own_page)
    assert len(_writing(own_page)) == 5
    for path in _writing(own_page):
        for secret in ({}, {"csrf": ""}, {"csrf": "guess"}):
            assert own_page.post(path, data=secret).status_code == 403, path


@pytest.mark.parametrize("path", ["/review", "/merge", "/split", "/bulk", "/claims"])
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


INJECTIONS = (
    "'; DROP TABLE statements; --", '" OR 1=1 --', "x') UNION SELECT text FROM documents --",
    "%", "_", "*", '"', "NEAR(a b)", "words:a", "a OR b", "\\", "%00", "\u202eabc", "𝒳" * 50,
)  # fmt: skip


@pytest.mark.parametrize("words", INJECTIONS)
def test_words_of_the_address_are_only_words(seen: News, page: TestClient, words: str) -> None:
    before = page.get("/overview.json").json()["counts"]
    for path, name in (
        ("/events", "actor"), ("/events", "text"), ("/events", "place"), ("/events", "publisher"),
        ("/events", "source"), ("/events", "document"), ("/quotes", "text"), ("/actors", "name"),
        ("/actors", "sector"), ("/documents", "title"), ("/sources", "name"), ("/search", "q"),
        ("/claims", "actor"), ("/claims", "place"), ("/timeline", "actor"), ("/network", "actor"),
        ("/review", "document"), ("/reviews", "target"), ("/map", "place"),
    ):  # fmt: skip
        answer = page.get(f"{path}.json", params={name: words})
        assert answer.status_code in (200, 400), (path, name)
        assert "Traceback" not in answer.text
        assert page.get(path, params={name: words}).status_code in (200, 400), (path, name)
    assert page.get("/overview.json").json()["counts"] == before


@pytest.mark.parametrize(
    "row",
    ["..%2f..%2fetc%2fpasswd", "%00", "doc_%27%20OR%201=1", "....//", "C:%5Cwindows", "x" * 3000],
)
def test_an_identifier_is_no_path(page: TestClient, row: str) -> None:
    for view in ("document", "statement", "actor", "claim", "open", "static"):
        answer = page.get(f"/{view}/{row}")
        assert answer.status_code in (307, 404, 405), view
        assert answer.headers.get("location", "/").startswith(("/", "http://127.0.0.1:8520/"))
        assert "root:" not in answer.text


def test_an_address_too_long_is_refused(page: TestClient) -> None:
    assert page.get("/events?actor=" + "a" * 501).status_code == 400
    assert page.get("/events?" + "&".join(f"actor=a{n}" for n in range(700))).status_code == 400
    assert page.get("/events?page=99999999999999999999").status_code == 400
    assert page.get("/events.json?limit=1001").status_code == 400


def test_a_question_that_takes_too_long_is_an_answer(
    seen: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited, "_INSTRUCTIONS", 1)
    with client_of(seen.path, seconds=0.0) as page:
        answer = page.get("/events")
    assert answer.status_code == 400
    assert "Narrow the filters" in answer.text


def test_a_line_of_ten_megabytes_comes_in_parts(own: News, own_page: TestClient) -> None:
    report = Report("The Gull Guard attacked a pier " + "x" * 10_000_000, title="L", publisher="Q")
    report.state("event", "ASSAULT", "attacked", subject=report.party("Gull Guard"))
    with onrecord.open(own.path) as record:
        record.store.write(report.resolved(), version="hand")
    statement = report.statements[0].statement_id
    for path in (f"/document/{report.id}", f"/document/{report.id}/part/400", "/events",
                 f"/statement/{statement}", f"/review?row={statement}", "/documents"):  # fmt: skip
        answer = own_page.get(path)
        assert answer.status_code == 200, path
        assert len(answer.content) < 1_000_000, path


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_rows_that_break_off_are_a_failed_answer_and_no_short_file(
    own: News, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    def some_rows(ask: Ask) -> Table:
        def rows() -> Iterator[dict[str, Any]]:
            for number in range(5000):
                yield {"name": f"row {number} " + 40 * "x"}
            raise QueryError("the question", "takes more than 8 seconds", "Narrow the filters.")

        return Table(("name",), rows(), 10_000)

    view = next(view for view in VIEWS if view.name == "events")
    monkeypatch.setitem(vars(view), "table", some_rows)
    running = Site(own)
    try:
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{running.address}/events.{ending}", timeout=20)
    finally:
        running.stop()
