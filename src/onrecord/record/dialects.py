"""Keep in one place what SQLite and PostgreSQL say differently.

Everything else of the record is SQLAlchemy Core that both speak. A construct
here compiles to the words of the dialect at hand; the statements in
`creation_statements` set up what Core has no words for, such as full text
search.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String, TypeDecorator
from sqlalchemy.engine.interfaces import Dialect as DialectInterface
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

_WORD = re.compile(r'"([^"]+)"|(\S+)')


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: ISO 8601 text in SQLite, `timestamptz` in PostgreSQL.

    The text keeps "+00:00" instead of "Z", because with it texts with and
    without fractions of a second still sort as the moments do.
    """

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String())

    def process_bind_param(
        self, value: datetime | None, dialect: DialectInterface
    ) -> datetime | str | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.isoformat()

    def process_result_value(
        self, value: datetime | str | None, dialect: DialectInterface
    ) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


class first_day(FunctionElement[str]):  # noqa: N801 - reads as an SQL function
    """`first_day(moment)`: the UTC day of a moment as "2024-05-01"."""

    type = String()
    inherit_cache = True


class last_day(FunctionElement[str]):  # noqa: N801 - reads as an SQL function
    """`last_day(end)`: the last UTC day before an exclusive end, as "2024-05-01"."""

    type = String()
    inherit_cache = True


class chain_text(FunctionElement[str]):  # noqa: N801 - reads as an SQL function
    """`chain_text(statement_id)`: "The Tower < Jerusalem Post < Khamenei", outlet first."""

    type = String()
    inherit_cache = True


@compiles(first_day, "sqlite")
def _first_day_sqlite(element: first_day, compiler: SQLCompiler, **kw: Any) -> str:
    return f"substr({compiler.process(element.clauses, **kw)}, 1, 10)"


@compiles(first_day, "postgresql")
def _first_day_postgresql(element: first_day, compiler: SQLCompiler, **kw: Any) -> str:
    moment = compiler.process(element.clauses, **kw)
    return f"to_char({moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD')"


@compiles(last_day, "sqlite")
def _last_day_sqlite(element: last_day, compiler: SQLCompiler, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)}, '-1 second')"


@compiles(last_day, "postgresql")
def _last_day_postgresql(element: last_day, compiler: SQLCompiler, **kw: Any) -> str:
    moment = compiler.process(element.clauses, **kw)
    return f"to_char(({moment} - interval '1 second') AT TIME ZONE 'UTC', 'YYYY-MM-DD')"


@compiles(chain_text, "sqlite")
def _chain_text_sqlite(element: chain_text, compiler: SQLCompiler, **kw: Any) -> str:
    # SQLite's group_concat takes no ORDER BY before 3.44; it does keep the order of its input.
    return (
        "(SELECT group_concat(link.name, ' < ') FROM (SELECT chain.name FROM chain"
        f" WHERE chain.statement_id = {compiler.process(element.clauses, **kw)}"
        " ORDER BY chain.position) AS link)"
    )


@compiles(chain_text, "postgresql")
def _chain_text_postgresql(element: chain_text, compiler: SQLCompiler, **kw: Any) -> str:
    return (
        "(SELECT string_agg(chain.name, ' < ' ORDER BY chain.position) FROM chain"
        f" WHERE chain.statement_id = {compiler.process(element.clauses, **kw)})"
    )


_SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE documents_fts USING fts5(title, text, content='documents',"
    " content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER documents_fts_insert AFTER INSERT ON documents BEGIN"
    " INSERT INTO documents_fts(rowid, title, text) VALUES (new.number, new.title, new.text);"
    " END",
    "CREATE TRIGGER documents_fts_delete AFTER DELETE ON documents BEGIN"
    " INSERT INTO documents_fts(documents_fts, rowid, title, text)"
    " VALUES ('delete', old.number, old.title, old.text); END",
    "CREATE TRIGGER documents_fts_update AFTER UPDATE OF number, title, text ON documents BEGIN"
    " INSERT INTO documents_fts(documents_fts, rowid, title, text)"
    " VALUES ('delete', old.number, old.title, old.text);"
    " INSERT INTO documents_fts(rowid, title, text) VALUES (new.number, new.title, new.text);"
    " END",
    "CREATE VIRTUAL TABLE names_fts USING fts5(alias, content='aliases',"
    " content_rowid='number', tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    "CREATE TRIGGER names_fts_insert AFTER INSERT ON aliases BEGIN"
    " INSERT INTO names_fts(rowid, alias) VALUES (new.number, new.alias); END",
    "CREATE TRIGGER names_fts_delete AFTER DELETE ON aliases BEGIN"
    " INSERT INTO names_fts(names_fts, rowid, alias) VALUES ('delete', old.number, old.alias);"
    " END",
)
_POSTGRESQL_SEARCH = (
    "CREATE INDEX documents_fts ON documents"
    " USING gin (to_tsvector('english', title || ' ' || text))",
    "CREATE INDEX names_fts ON aliases USING gin (to_tsvector('simple', alias))",
)


def creation_statements(dialect: str) -> tuple[str, ...]:
    """Return the SQL that sets up full text search, run once when a record is made.

    Args:
        dialect: Name of the SQLAlchemy dialect, "sqlite" or "postgresql".
    """
    return _POSTGRESQL_SEARCH if dialect == "postgresql" else _SQLITE_SEARCH


def search_words(words: str) -> str:
    """Return what people type as a full text query that cannot be malformed (SQLite).

    Every word must occur; "words in quotes" must stand together; a word that
    ends in * matches its beginnings. Signs that mean something to the engine
    lose their meaning.

    Returns:
        The query, empty when `words` holds no letter or digit.
    """
    terms = []
    for phrase, word in _WORD.findall(words):
        term = phrase or word
        if any(char.isalnum() for char in term):
            starts = not phrase and term.endswith("*")
            terms.append('"' + term.rstrip("*").replace('"', "") + '"' + ("*" if starts else ""))
    return " ".join(terms)
