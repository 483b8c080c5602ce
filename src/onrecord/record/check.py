"""Check that a record is sound: the file, its references, and every span against its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Table, select

from onrecord.record import schema as s
from onrecord.record.store import Store

# Tables whose rows hold words of the report, with (prefix of the span, column of the words).
_WORDS: tuple[tuple[Table, str, tuple[tuple[str, str], ...]], ...] = (
    (s.mentions, "mention_id", (("", "text"),)),
    (s.attributions, "attribution_id", (("source_", "source_text"), ("cue_", "cue_text"))),
    (
        s.statements,
        "statement_id",
        (
            ("trigger_", "trigger_text"),
            ("subject_", "subject_text"),
            ("object_", "object_text"),
            ("counted_", "counted"),
            ("time_", "time_text"),
            ("place_", "place_text"),
        ),
    ),
)
_JOINED_BY = " … "


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the record that is not as it should be.

    Attributes:
        where: Row, table or file.
        what: What is wrong with it.
    """

    where: str
    what: str


def check_record(store: Store) -> Iterator[Problem]:
    """Return what is wrong with a record, nothing when it is sound.

    Three things are checked: the database file itself and its references
    (SQLite; PostgreSQL sees to that on its own), and that the words of every
    field stand at their span of the report's text.
    """
    with store.reading() as connection:
        if connection.dialect.name == "sqlite":
            yield from _check_file(connection)
        yield from check_spans(connection)


def _check_file(connection: Connection) -> Iterator[Problem]:
    for (answer,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if answer != "ok":
            yield Problem("file", str(answer))
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Problem(f"{table}, row {row}", f"points to a row of {parent} that is not there")


def check_spans(connection: Connection) -> Iterator[Problem]:
    """Return every field whose words are not what the text has at its span."""
    texts = connection.execute(select(s.documents.c.document_id, s.documents.c.text))
    for document_id, text in texts:
        for table, key, fields in _WORDS:
            rows = connection.execute(select(table).where(table.c.document_id == document_id))
            for row in rows:
                for prefix, words in fields:
                    yield from _check_field(row, str(getattr(row, key)), prefix, words, text)
        yield from _check_contents(connection, document_id, text)


def _check_field(
    row: Row[tuple[object, ...]], row_id: str, prefix: str, words: str, text: str
) -> Iterator[Problem]:
    start, end = getattr(row, f"{prefix}start"), getattr(row, f"{prefix}end")
    expected = getattr(row, words)
    if start is None or end is None:
        if expected:
            yield Problem(row_id, f"{words} {expected!r} has no span")
    elif not 0 <= start < end <= len(text) or text[start:end] != expected:
        found = text[max(start, 0) : end]
        yield Problem(row_id, f"{words} is {expected!r}, but [{start}, {end}) reads {found!r}")


def _check_contents(connection: Connection, document_id: str, text: str) -> Iterator[Problem]:
    c = s.attributions.c
    rows = connection.execute(
        select(c.attribution_id, c.content, c.content_text).where(c.document_id == document_id)
    )
    for row in rows:
        found = _JOINED_BY.join(text[start:end] for start, end in row.content)
        if found != row.content_text:
            yield Problem(
                row.attribution_id, f"content is {row.content_text!r}, text has {found!r}"
            )
