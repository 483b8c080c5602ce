"""Whatever happens around a record, what it holds stays and the message says what to do."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from record_reports import Report

from onrecord.errors import RecordError
from onrecord.record import query
from onrecord.record.check import check_record
from onrecord.record.store import Store


def _write(store: Store, number: int, *, sentences: int = 1) -> None:
    report = Report(f"Port Selva, day {number}. " * sentences, "The Lantern", None)
    report.party("Port Selva")
    store.write(report.resolved(), version="rules-1")


def test_full_disk_costs_only_the_report_at_hand(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.db") as store:
        _write(store, 1)
        with store.writing() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(RecordError, match="full") as told:
            _write(store, 2, sentences=10_000)
        assert "Make room" in told.value.next_step
    with Store.open(tmp_path / "news.db") as store:
        assert query.documents(store).total == 1
        _write(store, 2, sentences=10_000)
        assert query.documents(store).total == 2
        assert not list(check_record(store))


def test_record_held_by_another_program_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.record.engine._BUSY_TIMEOUT_MS", 50)
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        _write(store, 1)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordError, match="locked") as told:
            _write(store, 2)
        assert "Another program writes to it" in told.value.next_step
        assert query.documents(store).total == 1
        other.close()
        _write(store, 2)
        assert query.documents(store).total == 2


@pytest.mark.parametrize("folder_too", [False, True])
def test_read_only_record_answers_and_is_named_when_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder_too: bool
) -> None:
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        _write(store, 1)
    # The superuser of a test may write everything, so the question is answered for it.
    monkeypatch.setattr(
        "onrecord.record.engine.os.access", lambda name, _: name != path and not folder_too
    )
    with Store.open(path) as store:
        assert query.documents(store).total == 1
        with pytest.raises(RecordError, match="readonly") as told:
            _write(store, 2)
        assert told.value.subject == store.location == str(path)
        assert "You may not write to it" in told.value.next_step


_KILLED = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from onrecord.record import schema as s
from onrecord.record.store import Store
from record_reports import Report
store = Store.open(sys.argv[1])
for number in range(3):
    report = Report(f"Port Selva, day {number}.", "The Lantern", None)
    report.party("Port Selva")
    store.write(report.resolved(), version="rules-1")
with store.writing() as connection:
    connection.execute(s.sentences.delete())
    connection.execute(s.documents.update().values(title="half done"))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_writer_leaves_whole_reports(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    words = [sys.executable, "-c", _KILLED, str(path), str(Path(__file__).parent)]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    with Store.open(path, create=False) as store:
        titles = {document.title for document in query.documents(store)}
        assert query.documents(store).total == 3
        assert titles == {"Port Selva hit"}
        assert not list(check_record(store))
        _write(store, 3)
        assert query.documents(store).total == 4
