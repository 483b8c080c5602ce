"""The command line: data on stdout, everything else on stderr, errors that teach."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import onrecord
from onrecord.pipeline import settle
from onrecord.record import schema as s
from onrecord.show.cli.main import run

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(news: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command and gives its exit code, stdout and stderr."""

    def call(*words: str, record: Path = news) -> tuple[int, str, str]:
        monkeypatch.setenv("ONRECORD_RECORD", str(record))
        capsys.readouterr()
        code = run(words)
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that makes standard output a terminal of some width."""

    def make(width: int) -> None:
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    return make


LISTS = ("events", "relations", "figures", "quotes", "actors", "documents")


@pytest.mark.parametrize("what", LISTS)
def test_pipes_get_tab_separated_lines_with_a_header(cli: Run, what: str) -> None:
    code, out, err = cli(what)
    header, *rows = out.splitlines()
    assert code == 0
    assert rows
    assert all(len(row.split("\t")) == len(header.split("\t")) for row in rows)
    assert "Next:" in err


@pytest.mark.parametrize("what", [*LISTS, "search"])
def test_json_is_one_array_with_a_row_per_line(cli: Run, what: str) -> None:
    _, out, _ = cli(what, *(["convoy"] if what == "search" else []), "--json")
    rows = json.loads(out)
    assert rows
    assert len(out.splitlines()) == len(rows) + 2


@pytest.mark.parametrize("what", LISTS)
def test_csv_has_every_column(cli: Run, what: str) -> None:
    _, out, _ = cli(what, "--csv")
    _, as_json, _ = cli(what, "--json")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == list(json.loads(as_json)[0])


def test_csv_and_json_without_rows_are_still_whole(cli: Run) -> None:
    assert cli("events", "--actor", "Nobody", "--json")[1] == "[]\n"
    assert cli("events", "--actor", "Nobody", "--csv")[1].startswith("statement_id,")


def test_csv_guards_formulas(cli: Run) -> None:
    _, out, _ = cli("events", "--csv", "--text", "calc")
    row = next(csv.DictReader(io.StringIO(out)))
    assert row["actor"].startswith("'=cmd")
    assert row["title"] == "'=1+1"


@pytest.mark.parametrize("words", [["events"], ["documents"], ["actors"], ["search", "guards"]])
@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_hostile_text_never_reaches_the_terminal_raw(
    cli: Run, terminal: Callable[[int], None], words: list[str], form: list[str]
) -> None:
    terminal(100)
    _, out, err = cli(*words, *form)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)  # our own colours
    assert "guards" in plain or "Squad" in plain or "Evil" in plain
    assert not set(plain + err) & set("\x1b\x07\x9b\u202e")
    assert "\x1b[31mRed" not in out


@pytest.mark.parametrize("form", ["csv", "jsonl", "polecat", "gdelt", "icews", "graphml", "rdf"])
def test_exports_to_the_terminal_are_harmless_too(
    cli: Run, terminal: Callable[[int], None], form: str
) -> None:
    terminal(100)
    code, out, _ = cli("export", form)
    assert code == 0
    assert "squad" in out.lower()
    assert not set(out) & set("\x1b\x07\x9b\u202e")


def test_bytes_are_not_written_to_the_terminal(cli: Run, terminal: Callable[[int], None]) -> None:
    terminal(100)
    code, out, err = cli("export", "parquet")
    assert (code, out) == (1, "")
    assert "--out events.parquet" in err


def test_all_tables_go_to_a_folder(cli: Run, tmp_path: Path) -> None:
    code, out, err = cli("export", "csv", "--table", "all", "--out", str(tmp_path / "all"))
    assert (code, out) == (0, "")
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == [
        "actors.csv", "documents.csv", "events.csv", "figures.csv", "quotes.csv", "relations.csv",
    ]  # fmt: skip
    assert "4 rows in" in err


def test_reading_names_what_failed_and_keeps_the_rest(cli: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "Police arrested 12 protesters in Basra on Monday, officials said.\n", "utf-8"
    )
    record = tmp_path / "own.db"
    code, out, err = cli(
        "read", str(report), str(tmp_path / "missing.txt"), "--publisher", "The Lowland Post",
        record=record,
    )  # fmt: skip
    assert (code, out) == (3, "")
    assert f"{tmp_path}/missing.txt: no such file" in err
    assert "1 read, 0 unchanged, 0 skipped, 1 failed" in err
    rows = json.loads(cli("events", "--type", "COERCE", "--json", record=record)[1])
    assert [(row["trigger_text"], row["publisher"]) for row in rows] == [
        ("arrested", "The Lowland Post")
    ]
    assert cli("read", str(report), "--quiet", record=record) == (0, "", "")


def test_columns_of_a_table_can_be_named(cli: Run, tmp_path: Path) -> None:
    table = tmp_path / "archive.csv"
    table.write_text("kopf,leib\nRaid,Police arrested 12 protesters in Basra on Monday.\n", "utf-8")
    record = tmp_path / "own.db"
    cli("read", str(table), "--column", "text=leib", "--column", "title=kopf", record=record)
    assert [row["title"] for row in json.loads(cli("documents", "--json", record=record)[1])] == [
        "Raid"
    ]


def test_no_command_shows_the_help(cli: Run) -> None:
    code, out, err = cli()
    assert (code, out) == (2, "")
    assert "Commands:" in err


@pytest.mark.parametrize("width", [40, 72, 80, 100, 200])
def test_tables_fit_and_keep_identifiers_whole(
    cli: Run, terminal: Callable[[int], None], width: int
) -> None:
    terminal(width)
    from rich.cells import cell_len

    _, out, _ = cli("events")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert len(re.findall(r"st_[0-9a-f]{16}", plain)) == 4
    assert all(cell_len(line.rstrip()) <= width for line in plain.splitlines()) or width < 72


def test_no_color_is_respected(
    cli: Run, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal(100)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", cli("events")[1])


def test_show_draws_marks_and_chain(cli: Run) -> None:
    identifier = json.loads(cli("events", "--mode", "heavy-weapons", "--json")[1])[0][
        "statement_id"
    ]
    code, out, err = cli("show", identifier[:8])
    assert code == 0
    assert "└──────who───────┘ └─what─┘ └────whom────┘" in out
    assert "Lena Ostrova  (speaker)" in out
    assert "2024-04-30 (day)" in out
    assert f"onrecord review accept {identifier}" in err


@pytest.mark.parametrize("what", ["actors", "documents", "quotes"])
def test_every_sort_of_row_can_be_shown(cli: Run, what: str) -> None:
    row = json.loads(cli(what, "--json")[1])[0]
    code, out, _ = cli("show", next(iter(row.values())))
    assert code == 0
    assert next(iter(row.values())) in out


def test_quiet_says_nothing(cli: Run) -> None:
    assert cli("events", "--quiet")[2] == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["evnts"], "no command 'evnts'. Did you mean events?"),
        (["events", "--typ", "x"], "No such option '--typ'. Did you mean '--type'?"),
        (["events", "--type", "ASAULT"], "Did you mean ASSAULT?"),
        (["events", "--json", "--csv"], "exclude each other"),
        (["events", "--since", "tomorrow"], "not a day"),
        (["export", "polcat"], "Did you mean polecat?"),
        (["export", "gdelt", "--table", "mention"], "Did you mean mentions?"),
        (["export", "csv", "--table", "all"], "--out FOLDER"),
        (["read"], "Missing argument"),
        (["read", "x", "--column", "body"], "--column text=body"),
        (["search", "..."], "no word to search for"),
    ],
)
def test_misuse_is_explained_with_exit_code_2(cli: Run, words: list[str], said: str) -> None:
    code, out, err = cli(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "st_ffffffffffffffff"], "no such row"),
        (["show", "12"], "not an identifier"),
        (["review", "undo", "rv_none"], "no such review"),
    ],
)
def test_failure_is_explained_with_exit_code_1(cli: Run, words: list[str], said: str) -> None:
    code, _, err = cli(*words)
    assert code == 1
    assert said in err


def test_missing_record_names_the_next_step(cli: Run, tmp_path: Path) -> None:
    code, _, err = cli("events", record=tmp_path / "none.db")
    assert code == 1
    assert "onrecord read PATH" in err
    assert not (tmp_path / "none.db").exists()


def test_unknown_actor_names_those_like_it(cli: Run) -> None:
    assert "Like it: The Meridian Front" in cli("events", "--actor", "Meridian Frnt")[2]


def test_limit_says_how_many_there_are(cli: Run) -> None:
    assert "1 of 4 events. All of them: --limit 0." in cli("events", "--limit", "1")[2]


def test_rejected_row_leaves_the_list_and_comes_back(cli: Run, own_news: Path) -> None:
    first = json.loads(cli("events", "--json", record=own_news)[1])[0]["statement_id"]
    code, _, err = cli("review", "reject", first, "--reviewer", "Ada", record=own_news)
    assert code == 0
    assert first not in cli("events", record=own_news)[1]
    review = re.search(r"rv_\w+", err)
    assert review is not None
    cli("review", "undo", review[0], "--reviewer", "Ada", record=own_news)
    assert first in cli("events", record=own_news)[1]


def test_reviews_move_to_another_record_once(cli: Run, own_news: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(own_news) as source, sqlite3.connect(other) as target:
        source.backup(target)
    first, second = (
        row["statement_id"] for row in json.loads(cli("events", "--json", record=own_news)[1])[:2]
    )
    cli("review", "correct", first, "factuality", "possible", "--reviewer", "Ada", record=own_news)
    cli("review", "reject", second, "--reviewer", "Ada", "--note", "no", record=own_news)
    exported = tmp_path / "reviews.jsonl"
    exported.write_text(cli("review", "export", record=own_news)[1], "utf-8")
    code, _, err = cli("review", "import", str(exported), record=other)
    assert (code, err.split(",")[0]) == (0, "2 reviews applied")
    assert cli("events", "--json", record=other)[1] == cli("events", "--json", record=own_news)[1]
    assert "0 reviews applied, 2 known already" in cli(
        "review", "import", str(exported), record=other
    )[2]  # fmt: skip


def test_reviews_of_unknown_rows_are_named_with_exit_code_3(
    cli: Run, own_news: Path, tmp_path: Path
) -> None:
    cli("review", "accept", json.loads(cli("events", "--json", record=own_news)[1])[0]
        ["statement_id"], "--reviewer", "Ada", record=own_news)  # fmt: skip
    line = json.loads(cli("review", "export", record=own_news)[1])
    line["target_id"] = line["applies_to"] = "st_0000000000000000"
    file = tmp_path / "strange.jsonl"
    file.write_text(json.dumps(line) + "\n", "utf-8")
    code, _, err = cli("review", "import", str(file), record=own_news)
    assert code == 3
    assert "strange.jsonl, line 1" in err


def test_doctor_finds_a_sound_record(cli: Run) -> None:
    code, out, _ = cli("doctor", "--json")
    states = {finding["thing"]: finding["state"] for finding in json.loads(out)}
    assert code == 0
    assert (states["record"], states["spans"], states["parser"]) == ("ok", "ok", "ok")


def test_doctor_finds_words_that_are_not_in_the_text(cli: Run, own_news: Path) -> None:
    with sqlite3.connect(own_news) as connection:
        connection.execute("UPDATE statements SET trigger_text = 'invented' WHERE mode != ''")
    code, out, _ = cli("doctor", record=own_news)
    assert code == 1
    assert "trigger_text is 'invented'" in out


def test_reader_that_stops_early_is_no_error(news: Path) -> None:
    script = f"{sys.executable} -m onrecord events --record {news} --json | head -c 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {script}"], capture_output=True)
    assert (done.returncode, done.stdout, b"Traceback" in done.stderr) == (0, b"[", False)


def test_interrupt_is_no_traceback(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.show.api.Record.events", interrupted)
    code, _, err = cli("events")
    assert code == 130
    assert "interrupted" in err


def test_demo_reads_the_bundled_reports_and_keeps_the_record(cli: Run, tmp_path: Path) -> None:
    kept = tmp_path / "demo.db"
    code, out, err = cli("demo", "--record", str(kept))
    assert code == 0
    assert [line.split(":")[0] for line in out.splitlines() if ", the surest first" in line] == [
        "Events", "Relations", "Figures", "Quotes",
    ]  # fmt: skip
    assert "On the word of:" in out
    assert "Claims of two reports and more:" in out
    assert f"onrecord claims --record {kept}" in err
    assert len(cli("documents", record=kept)[1].splitlines()) > 20


def test_filter_that_is_no_text_is_misuse(cli: Run) -> None:
    code, _, err = cli("events", "--actor", "caf\udce9")
    assert code == 2
    assert "no UTF-8" in err
    assert "Traceback" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_to_a_full_disk_fails_in_one_line(news: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", "events", "--json", "--record", str(news)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def test_claims_that_are_less_sure_are_left_out_and_said_so(cli: Run, own_news: Path) -> None:
    with onrecord.open(own_news) as record:
        settle(record.store)
        with record.store.writing() as connection:
            c = s.claims.c
            connection.execute(s.claims.update().where(c.type == "ASSAULT").values(confidence=0.3))
        total = record.claims(min_confidence=0).total
        (assault,) = record.claims(type="ASSAULT", min_confidence=0)
    _, out, err = cli("claims", "--json", record=own_news)
    rows = json.loads(out)
    assert {row["confidence"] for row in rows} == {0.9}
    assert f"{total - 1} claims. 1 less sure: --min-confidence 0. Next" in err
    _, out, err = cli("claims", "--min-confidence", "0", "--json", record=own_news)
    assert len(json.loads(out)) == total
    assert "less sure" not in err
    _, out, err = cli("claims", "--type", "ASSAULT", "--quiet", record=own_news)
    assert len(out.splitlines()) == 1
    _, _, err = cli("timeline", "Meridian Front", "--type", "ASSAULT", record=own_news)
    assert err == "No acts sure enough. 1 less sure: --min-confidence 0.\n"
    _, out, err = cli("claims", "--document", assault_report(own_news), record=own_news)
    assert assault.claim_id in out
    assert "less sure" not in err
    _, out, _ = cli("show", assault.claim_id, record=own_news)
    assert "confidence 0.30" in out


def assault_report(news: Path) -> str:
    with onrecord.open(news) as record:
        return record.events(type="ASSAULT")[0].document_id
