"""A record on a PostgreSQL server is the record that a file is, for several people at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from record_reports import Report, selva_report
from sqlalchemy import func, select, text

from onrecord.errors import QueryError, RecordError
from onrecord.record import query
from onrecord.record import schema as s
from onrecord.record.check import check_record
from onrecord.record.limited import LimitedStore
from onrecord.record.store import Store
from onrecord.show.cli.main import run


@pytest.fixture
def fresh(postgresql: str) -> Iterator[str]:
    """URL of a database of this test's own, with nothing in it."""
    _ask(postgresql, "CREATE DATABASE fresh")
    yield postgresql.replace("/postgres?", "/fresh?")
    _ask(postgresql, "DROP DATABASE fresh WITH (FORCE)")


def _ask(url: str, words: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(words)


def test_record_is_there_when_opened_again(fresh: str) -> None:
    with Store.open(fresh) as store:
        store.write(selva_report().resolved(), version="rules-1")
    with Store.open(fresh, create=False) as store:
        assert query.events(store).total == 1
        assert not list(check_record(store))


def test_rows_are_those_of_a_file(fresh: str) -> None:
    answers = []
    for location in (":memory:", fresh):
        with Store.open(location) as store:
            store.write(selva_report().resolved(), version="rules-1")
            asked = (query.events, query.relations, query.quantities, query.quotes, query.timeline)
            answers.append([ask(store).to_dicts() for ask in asked])
    assert answers[0] == answers[1]


def test_database_without_a_record_is_not_written_to_by_a_question(fresh: str) -> None:
    with pytest.raises(RecordError, match="holds no record yet"):
        Store.open(fresh, create=False)
    Store.open(fresh).close()


def test_database_of_somebody_else_is_refused(fresh: str) -> None:
    _ask(fresh, "CREATE TABLE birds (name TEXT)")
    with pytest.raises(RecordError, match="holds birds"):
        Store.open(fresh)


def test_two_write_at_once_and_lose_nothing(fresh: str) -> None:
    Store.open(fresh).close()
    faults: list[BaseException] = []

    def write(publisher: str) -> None:
        try:
            with Store.open(fresh) as store:
                for number in range(5):
                    report = Report(f"Port Selva, day {number}.", publisher, None)
                    report.party("Port Selva")
                    store.write(report.resolved(), version="rules-1")
        except BaseException as error:  # noqa: BLE001 - told by the test itself
            faults.append(error)

    writers = [threading.Thread(target=write, args=(name,)) for name in ("Lantern", "Courier")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    assert not faults
    with Store.open(fresh) as store, store.reading() as connection:
        numbers = connection.scalars(select(s.documents.c.number)).all()
    assert sorted(numbers) == list(range(1, 11))


def test_reader_sees_one_state_throughout(fresh: str) -> None:
    count = select(func.count()).select_from(s.documents)
    with Store.open(fresh) as reader, Store.open(fresh) as writer:
        with reader.reading() as connection:
            before = connection.scalar(count)
            writer.write(selva_report().resolved(), version="rules-1")
            assert connection.scalar(count) == before == 0
        with reader.reading() as connection:
            assert connection.scalar(count) == 1


def test_page_neither_writes_nor_waits_for_ever(fresh: str) -> None:
    Store.open(fresh).close()
    with LimitedStore.over(fresh, seconds=0.2) as store:
        with pytest.raises(QueryError, match=r"more than 0\.2 seconds"), store.reading() as asked:
            asked.execute(text("SELECT pg_sleep(5)"))
        with pytest.raises(Exception, match="read-only"), store.reading() as asked:
            asked.execute(s.record_info.insert(), {"key": "colour", "value": "blue"})


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgresql://ann:hush@127.0.0.1:1/news", "cannot be opened as a record"),
        ("postgresql://ann:hush@[::1/news", "not a database URL"),
        ("postgresql://ann:hush@host:port/news", "not a database URL"),
        ("mysql://ann:hush@127.0.0.1/news", "SQLite or PostgreSQL"),
    ],
)
def test_password_is_shown_to_nobody(
    url: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if "cannot be opened" in reason:
        pytest.importorskip("psycopg")
    assert run(["events", "--record", url]) == 1
    said = capsys.readouterr().err
    assert reason in said
    assert "hush" not in said
