from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from record_reports import selva_report
from sqlalchemy import select

from onrecord.errors import RecordError
from onrecord.model.document import Document
from onrecord.model.statement import ResolvedDocument
from onrecord.pipeline import settle
from onrecord.record import query
from onrecord.record import schema as s
from onrecord.record.store import Store
from onrecord.record.views import VIEWS

_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
)


def test_record_is_there_when_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        store.write(selva_report().resolved(), version="rules-1")
    with Store.open(path, create=False) as store:
        assert query.events(store).total == 1


def test_any_tool_reads_the_views(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        store.write(selva_report().resolved(), version="rules-1")
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT actor, type, recipient, chain FROM events").fetchall()
    assert rows == [("Tarn Brigade", "ASSAULT", "Port Selva", "The Lantern < Orsk Valen")]


def test_text_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Harbour reopened after a week of talks.")
    with pytest.raises(RecordError, match="not a record"):
        Store.open(path)
    assert path.read_text() == "Harbour reopened after a week of talks."


def test_other_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE birds (name TEXT)")
    with pytest.raises(RecordError, match="holds birds"):
        Store.open(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("birds",)]


def test_damaged_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\x07" * 4096)
    with pytest.raises(RecordError, match="cannot be"):
        Store.open(path)


def test_record_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE record_info SET value = '99' WHERE key = 'schema_version'")
    with pytest.raises(RecordError, match="upgrade"):
        Store.open(path)


@pytest.mark.parametrize("location", ["missing.db", "no/such/folder/news.db", "."])
def test_what_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, location: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RecordError, match=r"news\.db|missing\.db"):
        Store.open(location, create=False)
    assert list(tmp_path.iterdir()) == []


def test_other_kinds_of_database_are_refused() -> None:
    with pytest.raises(RecordError, match="SQLite or PostgreSQL"):
        Store.open("mysql://localhost/news")


def test_many_read_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store.open(path) as writer, writer.writing() as connection:
        connection.execute(s.record_info.insert(), {"key": "colour", "value": "blue"})
        with Store.open(path) as reader:
            assert query.events(reader).total == 0


def test_write_that_fails_leaves_nothing(store: Store) -> None:
    resolved = selva_report().resolved()
    twice = resolved.statements[:1] * 2
    broken = ResolvedDocument(
        resolved.document, resolved.sentences, (), resolved.entities, resolved.places,
        resolved.attributions, twice,
    )  # fmt: skip
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.write(broken, version="rules-1")
    assert query.documents(store).total == 0
    assert query.actors(store).total == 0


def test_row_that_points_nowhere_is_refused(store: Store) -> None:
    report = selva_report()
    report.places.clear()
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        store.write(report.resolved(), version="rules-1")


def test_document_is_had_by_the_extractor_that_read_it(store: Store, selva: Any) -> None:
    document = selva.document
    assert store.has(document.document_id)
    assert not store.has(document.document_id, "rules-2")
    assert not store.wants(document, "rules-1")
    assert store.wants(document, "rules-2")


def test_better_informed_reading_is_kept_whichever_comes_first(store: Store) -> None:
    undated, dated = selva_report(published=None), selva_report()
    for first, second in ((undated, dated), (dated, undated)):
        with Store.open(":memory:") as fresh:
            fresh.write(first.resolved(), version="rules-1")
            fresh.write(second.resolved(), version="rules-1")
            assert query.documents(fresh)[0].published == datetime(2024, 5, 1, tzinfo=UTC)


def test_failure_is_listed_until_the_input_is_read(store: Store) -> None:
    report = selva_report()
    store.write_failure(report.document.uri, "no permission")
    store.write_failure(report.document.uri, "no text")
    (failed,) = query.documents(store, status="failed")
    assert failed.error == "no text"
    store.write(report.resolved(), version="rules-1")
    assert [row.status for row in query.documents(store)] == ["read"]


def test_skipped_document_is_kept_with_its_reason(store: Store) -> None:
    skipped = Document("doc_x", "x.txt", "Bonjour.", status="skipped", error="not English")
    assert store.write(ResolvedDocument(skipped), version="rules-1")
    assert not store.write(ResolvedDocument(skipped), version="rules-1")
    assert query.documents(store, status="skipped")[0].error == "not English"


def test_run_that_never_finished_shows(store: Store) -> None:
    finished, _ = store.start_run("1", {"workers": 2}), store.start_run("1", {})
    store.finish_run(finished, {"read": 3})
    with store.reading() as connection:
        rows = connection.execute(select(s.runs)).all()
    ended = {row.run_id: (row.finished, row.counts) for row in rows}
    assert ended.pop(finished) == (datetime(2024, 6, 1, tzinfo=UTC), {"read": 3})
    assert list(ended.values()) == [(None, {})]


def test_a_record_of_the_schema_before_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    report = selva_report()
    with Store.open(path) as store:
        store.write(report.resolved(), version="hand")
        before = query.events(store, since="2024").to_dicts(), query.timeline(store).to_dicts()
    with sqlite3.connect(path) as connection:
        indexes = connection.execute(_INDEXES).fetchall()
        for name in VIEWS:
            connection.execute(f"DROP VIEW {name}")
        for name in ("documents_counted", "chain_cited", "chain_cited_words"):
            connection.execute(f"DROP INDEX {name}")
        connection.execute("CREATE INDEX chain_words ON chain (lower(name))")
        for table, columns in {
            "statements": ("day", "until"), "attributions": ("day",),
            "claims": ("day", "until", "confidence"), "reviews": ("batch",),
        }.items():  # fmt: skip
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                " AND tbl_name = ?", (table,)
            ).fetchall():  # fmt: skip
                connection.execute(f"DROP INDEX {name}")
            for column in columns:
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("DROP TRIGGER stated_sentences_delete")
        connection.execute("DROP TABLE stated_sentences")
        connection.execute("UPDATE record_info SET value = '2' WHERE key = 'schema_version'")
    connection.close()
    with Store.open(path, create=False) as store:
        after = query.events(store, since="2024").to_dicts(), query.timeline(store).to_dicts()
        assert query.events(store, text=str(after[0][0]["sentence"])[:20]).total > 0
    assert after == before
    assert before[0]
    with sqlite3.connect(path) as connection:
        assert connection.execute(_INDEXES).fetchall() == indexes


def test_claims_of_a_record_of_schema_6_learn_how_sure_they_are(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    report = selva_report()
    with Store.open(path) as store:
        store.write(report.resolved(), version="hand")
        settle(store)
        before = query.claims(store).to_dicts()
        assert {row["confidence"] for row in before} == {0.9}
    with sqlite3.connect(path) as connection:
        indexes = connection.execute(_INDEXES).fetchall()
        for name in ("claims_standing", "claims_sources", "claims_day"):
            connection.execute(f"DROP INDEX {name}")
        connection.execute("ALTER TABLE claims DROP COLUMN confidence")
        connection.execute("CREATE INDEX claims_day ON claims (day DESC, claim_id)")
        connection.execute("UPDATE record_info SET value = '6' WHERE key = 'schema_version'")
    connection.close()
    with Store.open(path, create=False) as store:
        assert query.claims(store).to_dicts() == before
    with sqlite3.connect(path) as connection:
        assert connection.execute(_INDEXES).fetchall() == indexes
