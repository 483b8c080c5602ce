"""Find statements by words of their sentence without reading every report.

A sentence is a stretch of its report, and cutting it out of a long text costs
as much as reading the text. SQLite therefore keeps the stated sentences once
more, indexed by every three characters in a row, so that any piece of a word
is found. PostgreSQL cuts stretches out without such an index.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, bindparam, column, false, select, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import FromClause

from onrecord.record import schema as s
from onrecord.record.filters import fits_words

# The key of a sentence is its report's number in front of its first code point.
_LONGEST_TEXT = 1 << 31
_CREATE = (
    "CREATE VIRTUAL TABLE stated_sentences USING fts5(words, tokenize='trigram')",
    "CREATE TRIGGER stated_sentences_delete AFTER DELETE ON documents BEGIN"
    f" DELETE FROM stated_sentences WHERE rowid >= old.number * {_LONGEST_TEXT}"
    f" AND rowid < (old.number + 1) * {_LONGEST_TEXT}; END",
)
# Characters that the index takes together; it cannot find fewer.
_LEAST = 3
_INSERT = text("INSERT INTO stated_sentences (rowid, words) VALUES (:key, :words)")
_REMOVE = text("DELETE FROM stated_sentences WHERE rowid >= :first AND rowid < :after")
_HOLDING = f"""
    SELECT statements.rowid, statements.statement_id
    FROM stated_sentences
    CROSS JOIN documents ON documents.number = stated_sentences.rowid / {_LONGEST_TEXT}
    CROSS JOIN statements ON statements.document_id = documents.document_id
        AND statements.start = stated_sentences.rowid % {_LONGEST_TEXT}
    WHERE stated_sentences MATCH :sentence_words
"""


class place_in_table(FunctionElement[int]):  # noqa: N801 - reads as an SQL function
    """`place_in_table()`: the number by which SQLite finds a row of `statements` quickest."""

    type = Integer()
    inherit_cache = True


@compiles(place_in_table, "sqlite")
def _place_sqlite(element: place_in_table, compiler: SQLCompiler, **kw: Any) -> str:
    return "statements.rowid"


@compiles(place_in_table, "postgresql")
def _place_postgresql(element: place_in_table, compiler: SQLCompiler, **kw: Any) -> str:
    return "NULL"


def create_sentences(connection: Connection) -> None:
    """Make the index in a record that has none, and fill it with what is stated there."""
    if connection.dialect.name == "sqlite":
        for statement in _CREATE:
            connection.exec_driver_sql(statement)
        keep_sentences(connection)


def keep_sentences(connection: Connection, document_id: str | None = None) -> None:
    """Put the sentences of what is stated into the index, in place of those that stand there.

    Args:
        connection: A connection inside a transaction that writes.
        document_id: Only of this report; None for all.
    """
    if connection.dialect.name != "sqlite":
        return
    d = s.documents.c
    here = () if document_id is None else (d.document_id == document_id,)
    for number, key in connection.execute(select(d.number, d.document_id).where(*here)).all():
        first = number * _LONGEST_TEXT
        connection.execute(_REMOVE, {"first": first, "after": first + _LONGEST_TEXT})
        rows = list(_sentences(connection, key, first))
        if rows:
            connection.execute(_INSERT, rows)


def _sentences(connection: Connection, document_id: str, first: int) -> Iterator[dict[str, Any]]:
    """Give the rows of the index for one report, a sentence once."""
    c = s.statements.c
    ends = dict[int, int]()
    for row in connection.execute(select(c.start, c.end).where(c.document_id == document_id)):
        ends[row.start] = max(row.end, ends.get(row.start, 0))
    if ends:
        read = select(s.documents.c.text).where(s.documents.c.document_id == document_id)
        words = connection.scalar(read) or ""
        for start, end in sorted(ends.items()):
            yield {"key": first + start, "words": words[start:end]}


def states_words(connection: Connection, view: FromClause, words: str) -> ColumnElement[bool]:
    """Return the condition that `words` occur in the sentence of a row, any case, in this order."""
    if "\0" in words and connection.dialect.name == "postgresql":
        return false()  # it keeps no such text, and refuses to be asked for it
    if connection.dialect.name != "sqlite" or len(words) < _LEAST or "\0" in words:
        return fits_words(view.c.sentence, words)
    # In quotes nothing means anything to the engine; a quote is written twice.
    phrase = '"' + words.replace('"', '""') + '"'
    asked = text(_HOLDING).bindparams(bindparam("sentence_words", phrase, unique=True))
    holding = asked.columns(column("rowid"), s.statements.c.statement_id).subquery()
    if "place_in_table" in view.c:
        return view.c.place_in_table.in_(select(holding.c.rowid))
    return view.c.statement_id.in_(select(holding.c.statement_id))
