"""Asking an endpoint: patience, refusals, and words that go to one host only."""

from __future__ import annotations

import json
import logging
import pickle
import socket
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from onrecord.annotate.endpoint_address import Address
from onrecord.annotate.endpoint_client import MOST_BYTES, Client, Patience
from onrecord.errors import ModelError, OnrecordError, QueryError, ReadError

sys.path.insert(0, str(Path(__file__).parents[1]))

from endpoint_server import LocalEndpoint, Reply, completion, refusal

MESSAGES = [{"role": "user", "content": "[1] Guards fired at Öl Street."}]
KEY = "sk-lowland-0815"


def client_of(
    endpoint: LocalEndpoint, pauses: list[float] | None = None, *, key: str = KEY,
    timeout_s: float = 5.0,
) -> Client:  # fmt: skip
    wait = (lambda _: None) if pauses is None else pauses.append
    return Client(
        Address("lark-7b", endpoint.url), key, Patience(timeout_s=timeout_s, tries=3), wait
    )


@pytest.mark.parametrize(
    ("word", "model", "url", "host"),
    [
        ("openai:lark@http://localhost:8000/v1", "lark", "http://localhost:8000/v1", "localhost:8000"),
        ("openai:org/lark-7b:q4@https://api.example/v1/", "org/lark-7b:q4", "https://api.example/v1", "api.example"),
        ("openai:lark@2024@https://api.example", "lark@2024", "https://api.example", "api.example"),
        ("OpenAI:lark@http://[::1]:80/v1/chat/completions", "lark", "http://[::1]:80/v1", "[::1]:80"),
    ],
)  # fmt: skip
def test_address_is_a_model_and_a_base_url(word: str, model: str, url: str, host: str) -> None:
    address = Address.parse(word)
    assert (address.model, address.url, address.host) == (model, url, host)


@pytest.mark.parametrize(
    "word",
    [
        "openai:", "openai:lark", "openai:lark@", "openai:lark@localhost/v1", "openai:@http://h",
        "openai: @http://h/v1", "openai:lark@ftp://h/v1", "openai:lark@file:///etc/passwd",
        "openai:lark@http:///v1", "openai:lark@http://h:port/v1", "openai:lark@http://h:99999/v1",
        "openai:lark@http://h/v1?key=1", "openai:lark@http://h/v1#1", "openai:lark@http://h/v 1",
        "openai:lark@http://hö/v1", "openai:la\x1brk@http://h/v1", "openai:lark@http://[::1/v1",
    ],
)  # fmt: skip
def test_what_is_no_address_is_an_error_with_a_next_step(word: str) -> None:
    with pytest.raises(QueryError) as error:
        Address.parse(word)
    assert error.value.next_step.startswith("Try: --extractor openai:")


def test_password_in_a_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(QueryError, match="ONRECORD_API_KEY") as error:
        Address.parse("openai:lark@https://user:hunter2@api.example/v1")
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "open_to_others"),
    [
        ("http://api.example/v1", True), ("http://127.0.0.1.example/v1", True),
        ("https://api.example/v1", False), ("http://localhost:1/v1", False),
        ("http://127.0.0.9/v1", False), ("http://[::1]/v1", False),
    ],
)  # fmt: skip
def test_unencrypted_words_are_open_to_others_beyond_this_machine(
    url: str, open_to_others: bool
) -> None:
    assert Address("lark", url).is_open is open_to_others


def test_request_is_deterministic_and_carries_the_key_in_a_header_only() -> None:
    with LocalEndpoint(completion("{}")) as endpoint:
        assert client_of(endpoint).ask(MESSAGES) == "{}"
    assert endpoint.paths == ["/v1/chat/completions"]
    request = endpoint.requests[0]
    assert (request["model"], request["messages"]) == ("lark-7b", MESSAGES)
    assert (request["temperature"], request["seed"]) == (0, 1)
    assert request["response_format"] == {"type": "json_object"}
    assert endpoint.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(request)


def test_without_a_key_none_is_sent() -> None:
    with LocalEndpoint(completion("{}")) as endpoint:
        client_of(endpoint, key="").ask(MESSAGES)
    assert "Authorization" not in endpoint.headers[0]


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "clé"])
def test_key_that_no_header_can_carry_is_refused_unseen(key: str) -> None:
    with pytest.raises(QueryError) as error:
        Client(Address("lark", "http://localhost/v1"), key)
    assert key not in str(error.value)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"null", b"[]", b'{"choices": []}', b'{"choices": [{"message": null}]}',
        b'{"choices": [{"message": {"content": null}}]}', b"\xff\xfe", b"[" * 500_000,
        b'{"a":' * 100_000, b"9" * 10_000, b" " * (MOST_BYTES + 1),
        b'{"choices": [{"message": {"content": "' + b"x" * 10_000_000 + b'"}}]}',
    ],
    ids=lambda body: f"{body[:12]!r}{len(body)}",
)  # fmt: skip
def test_body_without_words_is_none(body: bytes) -> None:
    with LocalEndpoint(Reply(body)) as endpoint:
        assert client_of(endpoint).ask(MESSAGES) is None


def test_words_in_parts_are_joined() -> None:
    parts = [{"type": "text", "text": '{"events"'}, 7, {"type": "text", "text": ": []}"}]
    body = json.dumps({"choices": [{"message": {"content": parts}}]}).encode()
    with LocalEndpoint(Reply(body)) as endpoint:
        assert client_of(endpoint).ask(MESSAGES) == '{"events": []}'


def test_too_many_requests_wait_as_long_as_asked_but_not_longer_than_a_minute() -> None:
    late = format_datetime(datetime.now(UTC) + timedelta(hours=2))
    pauses: list[float] = []
    with LocalEndpoint(
        refusal(429, Retry_After="7"), refusal(429, Retry_After=late), completion("{}")
    ) as endpoint:
        assert client_of(endpoint, pauses).ask(MESSAGES) == "{}"
    assert pauses == [7.0, 60.0]


@pytest.mark.parametrize("given", ["soon", "-5", "Wed, 01 Jan 0001 00:00:00", "Mon, 99 Foo 2024"])
def test_retry_after_that_says_nothing_is_passed_over(given: str) -> None:
    pauses: list[float] = []
    with LocalEndpoint(refusal(503, Retry_After=given), completion("{}")) as endpoint:
        assert client_of(endpoint, pauses).ask(MESSAGES) == "{}"
    assert pauses in ([1.0], [0.0])


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
def test_trouble_that_lasts_fails_one_report(status: int) -> None:
    pauses: list[float] = []
    with LocalEndpoint(refusal(status)) as endpoint:
        with pytest.raises(ReadError, match=f"no answer in 3 tries .HTTP {status}.") as error:
            client_of(endpoint, pauses).ask(MESSAGES)
        assert len(endpoint.requests) == 3
    assert pauses == [1.0, 2.0]
    assert error.value.subject == endpoint.url
    assert "again" in error.value.next_step


def test_after_a_failure_the_next_report_waits_no_longer_until_there_is_an_answer() -> None:
    broken = [refusal(500)] * 4
    with LocalEndpoint(*broken, completion("{}"), refusal(500), completion("{}")) as endpoint:
        client = client_of(endpoint)
        for requests in (3, 4):
            with pytest.raises(ReadError):
                client.ask(MESSAGES)
            assert len(endpoint.requests) == requests
        assert client.ask(MESSAGES) == "{}"
        assert client.ask(MESSAGES) == "{}"


@pytest.mark.parametrize("slow", [{"after_s": 5.0}, {"drip_s": 0.02}])
def test_slow_answer_is_given_up_after_two_tries(slow: dict[str, float]) -> None:
    body = json.dumps({"choices": [{"message": {"content": "x" * 5_000}}]}).encode()
    with LocalEndpoint(Reply(body, **slow)) as endpoint:
        with pytest.raises(ReadError, match=r"none within 0\.3 seconds"):
            client_of(endpoint, timeout_s=0.3).ask(MESSAGES)
        assert len(endpoint.requests) == 2


@pytest.mark.parametrize("status", [401, 402, 403, 404, 405])
def test_refusal_of_every_request_stops_at_once_and_names_model_and_url(status: int) -> None:
    with LocalEndpoint(refusal(status, f"bad key {KEY}")) as endpoint:
        with pytest.raises(ModelError, match=f"lark-7b .*HTTP {status}") as error:
            client_of(endpoint).ask(MESSAGES)
        assert len(endpoint.requests) == 1
    assert error.value.subject == f"{endpoint.url}/chat/completions"
    assert error.value.next_step
    assert KEY not in str(error.value)


@pytest.mark.parametrize(("key", "step"), [("", "Set"), (KEY, "Check the key in")])
def test_refused_key_says_where_to_put_it(key: str, step: str) -> None:
    with LocalEndpoint(refusal(401)) as endpoint, pytest.raises(ModelError) as error:
        client_of(endpoint, key=key).ask(MESSAGES)
    assert error.value.next_step == f"{step} ONRECORD_API_KEY."


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    with LocalEndpoint(completion("{}")) as other:
        moved = refusal(status, Location=f"{other.url}/chat/completions")
        with LocalEndpoint(moved) as endpoint, pytest.raises(ModelError, match="elsewhere"):
            client_of(endpoint).ask(MESSAGES)
        assert other.requests == []


def test_host_on_this_machine_is_not_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with LocalEndpoint(completion("{}")) as proxy, LocalEndpoint(completion("{}")) as endpoint:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://{proxy.host}")
        client_of(endpoint).ask(MESSAGES)
        assert (len(proxy.requests), len(endpoint.requests)) == (0, 1)


def test_request_that_is_refused_fails_one_report_and_quotes_the_reason() -> None:
    said = f"context\x1b[31m too long for {KEY} " + "very " * 100
    with LocalEndpoint(refusal(400, said)) as endpoint:
        with pytest.raises(ReadError, match=r"context.*too long") as error:
            client_of(endpoint).ask(MESSAGES)
        assert len(endpoint.requests) == 1
    assert KEY not in str(error.value)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 400


def test_option_that_is_refused_by_name_is_left_out_from_then_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with LocalEndpoint(
        refusal(400, "Unsupported value: 'temperature'"),
        refusal(422, "response_format is not known"),
        completion("{}"),
    ) as endpoint:
        client = client_of(endpoint)
        with caplog.at_level(logging.WARNING):
            assert client.ask(MESSAGES) == client.ask(MESSAGES) == "{}"
    assert "does not take temperature" in caplog.text
    last = set(endpoint.requests[-1])
    assert last == {"model", "messages", "seed", "max_tokens"}
    assert len(endpoint.requests) == 4


def test_endpoint_that_refuses_whatever_it_is_asked_is_not_asked_for_ever() -> None:
    names = "temperature seed max_tokens response_format model messages"
    with LocalEndpoint(refusal(400, names)) as endpoint:
        with pytest.raises(ReadError):
            client_of(endpoint).ask(MESSAGES)
        assert len(endpoint.requests) == 5


def test_host_where_nothing_listens_stops_at_once() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/v1"
        with pytest.raises(ModelError, match="cannot be reached") as error:
            Client(Address("lark", url), wait=lambda _: None).ask(MESSAGES)
    assert "running" in error.value.next_step


def test_endpoint_that_dies_later_fails_one_report() -> None:
    with LocalEndpoint(completion("{}")) as endpoint:
        client = client_of(endpoint)
        client.ask(MESSAGES)
    with pytest.raises(ReadError, match="no answer in 3 tries"):
        client.ask(MESSAGES)


def test_client_travels_to_another_process_and_shows_no_key() -> None:
    with LocalEndpoint(completion("{}")) as endpoint:
        client = Client(Address("lark", endpoint.url), KEY)
        assert KEY not in repr(client)
        pickle.loads(pickle.dumps(client)).ask(MESSAGES)
    assert endpoint.headers[0]["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("kind", [ModelError, ReadError, QueryError])
def test_errors_travel_between_processes(kind: type[OnrecordError]) -> None:
    sent = kind("lark", "is away", "Wait.")
    came = pickle.loads(pickle.dumps(sent))
    assert (type(came), str(came), came.next_step) == (kind, str(sent), "Wait.")
