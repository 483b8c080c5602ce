"""`--extractor` end to end: reports in, an endpoint asked, rows whose words stand in the text."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.record import schema as s
from onrecord.record.check import check_record
from onrecord.show.cli.main import run

sys.path.insert(0, str(Path(__file__).parents[1]))

from endpoint_server import LocalEndpoint, Reply, completion, refusal

Run = Callable[..., tuple[int, str, str]]
KEY = "sk-lowland-0815"
REPORTS = {
    "docks.txt": "Police arrested 12 dockers in Port Selva. The mayor praised them.",
    "gate.txt": "Guards attacked the gate of Lower Orsk. Ilse Brandt leads the guards.",
    "mill.txt": "Strikers blocked the old mill, Darius Vane said on Tuesday.",
}
ACTS = {"arrested": "COERCE", "praised": "SUPPORT", "attacked": "ASSAULT", "blocked": "PROTEST"}


def reads_acts(request: Mapping[str, Any], _: int) -> Reply:
    """Name the acts it knows, the words before them, and something that nobody wrote."""
    events = []
    for number, text in re.findall(r"\[(\d+)\] (.*)", request["messages"][-1]["content"]):
        for word, type_ in ACTS.items():
            if word in text:
                before, _, after = text.partition(f" {word} ")
                events.append(
                    {"sentence": int(number), "type": type_, "trigger": word, "source": before,
                     "target": after.split(" of ")[0].split(",")[0].rstrip("."),
                     "place": "Atlantis", "factuality": "asserted"}
                )  # fmt: skip
    return completion(f"Here: {json.dumps({'events': events})} Anything else?")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, text in REPORTS.items():
        (reports / name).write_text(text + "\n", "utf-8")
    return reports


@pytest.fixture
def read(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that reads the folder with an extractor and options."""

    def call(extractor: str, *words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        given = ["--record", str(tmp_path / "news.db"), "--extractor", extractor]
        code = run(["read", str(folder), *given, *words])
        return code, *capsys.readouterr()

    return call


def assert_sound(location: Path) -> None:
    with onrecord.open(location, create=False) as record:
        assert list(check_record(record.store)) == []
        rows = record.events()
        assert sorted(row.type for row in rows) == ["ASSAULT", "COERCE", "PROTEST", "SUPPORT"]
        with record.store.reading() as connection:
            texts = {row.document_id: row.text for row in connection.execute(s.documents.select())}
            words = {
                texts[row.document_id][row.trigger_start : row.trigger_end]
                for row in connection.execute(s.statements.select())
                if row.kind == "event"
            }
        assert words == set(ACTS)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_rows_of_an_endpoint_stand_in_the_text(
    read: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    monkeypatch.setenv("ONRECORD_API_KEY", KEY)
    with LocalEndpoint(choose=reads_acts) as endpoint:
        code, out, err = read(f"openai:lark-7b@{endpoint.url}", "--workers", workers)
        assert len(endpoint.requests) == 3
    assert (code, out) == (0, "")
    assert {headers["Authorization"] for headers in endpoint.headers} == {f"Bearer {KEY}"}
    assert err.count(f"sent to {endpoint.host}.") == 1
    assert "3 read" in err
    assert_sound(tmp_path / "news.db")
    assert KEY not in err
    assert KEY.encode() not in (tmp_path / "news.db").read_bytes()


def test_run_and_reports_keep_the_name_and_another_extractor_reads_again(
    read: Run, tmp_path: Path
) -> None:
    with LocalEndpoint(choose=reads_acts) as endpoint:
        name = f"openai:lark-7b@{endpoint.url}"
        read(name)
        assert "0 read, 3 unchanged" in read(name)[2]
        assert len(endpoint.requests) == 3
        assert "3 read, 0 unchanged" in read("rules")[2]
        assert "3 read, 0 unchanged" in read(name)[2]
    assert_sound(tmp_path / "news.db")
    with onrecord.open(tmp_path / "news.db") as record, record.store.reading() as connection:
        versions = {row.version for row in connection.execute(s.documents.select())}
        runs = [json.dumps(list(map(str, row))) for row in connection.execute(s.runs.select())]
    assert versions == {f"{name}#1"}
    assert f"{name}#1" in runs[0]


def test_report_that_gets_no_answer_is_named_and_the_rest_kept(read: Run, tmp_path: Path) -> None:
    def breaks(request: Mapping[str, Any], number: int) -> Reply:
        if "gate" in request["messages"][-1]["content"]:
            return refusal(503, Retry_After="0")
        return reads_acts(request, number)

    with LocalEndpoint(choose=breaks) as endpoint:
        code, _, err = read(f"openai:lark-7b@{endpoint.url}")
    assert code == 3
    assert "2 read" in err
    assert re.search(
        r"gate\.txt: http://\S+: lark-7b gave no answer in 5 tries \(HTTP 503\)\.", err
    )
    with onrecord.open(tmp_path / "news.db") as record:
        assert len(record.events()) == 3
        assert "503" in record.documents(status="failed")[0].error


@pytest.mark.parametrize("workers", ["1", "2"])
def test_refused_key_stops_the_run_with_one_line(read: Run, workers: str) -> None:
    with LocalEndpoint(refusal(401)) as endpoint:
        code, _, err = read(f"openai:lark-7b@{endpoint.url}", "--workers", workers)
    assert code == 1
    assert f"{endpoint.url}/chat/completions: lark-7b does not let you in (HTTP 401)" in err
    assert "Traceback" not in err


def test_quiet_says_nothing_and_an_unknown_extractor_is_misuse(read: Run) -> None:
    with LocalEndpoint(choose=reads_acts) as endpoint:
        assert read(f"openai:lark-7b@{endpoint.url}", "--quiet") == (0, "", "")
    code, _, err = read("gpt")
    assert code == 2
    assert "Try: default, encoder, rules, or openai:MODEL@URL" in err
    assert read("openai:lark-7b@localhost")[0] == 2


def test_python_takes_the_same_names(folder: Path, tmp_path: Path) -> None:
    with (
        LocalEndpoint(choose=reads_acts) as endpoint,
        onrecord.open(tmp_path / "news.db") as record,
    ):
        summary = record.read(folder, extractor=f"openai:lark-7b@{endpoint.url}")
    assert (summary.read, summary.events) == (3, 4)


def test_evaluate_scores_an_endpoint_and_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentences = tmp_path / "few.jsonl"
    event = {
        "type": "COERCE", "mode": "arrest", "trigger": [7, 15], "source": [0, 6],
        "target": [16, 26], "factuality": "asserted", "time": None, "place": None,
    }  # fmt: skip
    text = "Police arrested 12 dockers in Port Selva."
    row = {"id": "a-1", "text": text, "events": [event], "relations": [], "quantities": []}
    sentences.write_text(json.dumps(row) + "\n", "utf-8")
    with LocalEndpoint(choose=reads_acts) as endpoint:
        name = f"openai:lark-7b@{endpoint.url}"
        code = run(["evaluate", "sentences", "--data", str(sentences), "--extractor", name])
        assert len(endpoint.requests) == 1
    out, err = capsys.readouterr()
    assert code == 0
    assert f"{name}#1" in out
    assert endpoint.host in err


def test_rules_and_another_extractor_are_too_much(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "times", "--rules", "--extractor", "encoder"]) == 2
    assert "two extractors" in capsys.readouterr().err
    assert run(["evaluate", "times", "--rules"]) == 0
    assert "rules-1" in capsys.readouterr().out
