"""Keep in one place what SQLite and PostgreSQL say differently.

Everything else of the record is SQLAlchemy Core that both speak. A construct
here compiles to the words of the dialect at hand; the statements in
`creation_statements` set up what Core has no words for, such as full text
search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Executable,
    Row,
    Select,
    String,
    Table,
    TypeDecorator,
    bindparam,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect as DialectInterface
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

AnyRow: TypeAlias = "Row[*tuple[Any, ...]]"
AnySelect: TypeAlias = "Select[*tuple[Any, ...]]"
_QUOTED = re.compile(r'"([^"]+)"|(\S+)')
_LETTERS = re.compile(r"\w+")
_ACCENT = re.compile(r"[\u0300-\u036f]")


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


class after_blank(FunctionElement[str]):  # noqa: N801 - reads as an SQL function
    """`after_blank(text)`: what stands behind the first blank."""

    type = String()
    inherit_cache = True


# What each construct is called where; {0} is its argument.
_CALLED: dict[type[FunctionElement[str]], dict[str, str]] = {
    after_blank: {
        "sqlite": "substr({0}, instr({0}, ' ') + 1)",
        "postgresql": "substr({0}, strpos({0}, ' ') + 1)",
    },
    first_day: {
        "sqlite": "substr({0}, 1, 10)",
        "postgresql": "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    },
    last_day: {
        "sqlite": "date({0}, '-1 second')",
        "postgresql": "to_char(({0} - interval '1 second') AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    },
    chain_text: {
        # SQLite's group_concat takes no ORDER BY before 3.44; it does keep the order of its input.
        "sqlite": "(SELECT group_concat(link.name, ' < ') FROM (SELECT chain.name FROM chain"
        " WHERE chain.statement_id = {0} ORDER BY chain.position) AS link)",
        "postgresql": "(SELECT string_agg(chain.name, ' < ' ORDER BY chain.position) FROM chain"
        " WHERE chain.statement_id = {0})",
    },
}


def _calling(words: str) -> Callable[..., str]:
    def compiled(element: FunctionElement[str], compiler: SQLCompiler, **kw: Any) -> str:
        return words.format(compiler.process(element.clauses, **kw))

    return compiled


for _construct, _by_dialect in _CALLED.items():
    for _dialect, _words in _by_dialect.items():
        compiles(_construct, _dialect)(_calling(_words))


def insert_new(connection: Connection, table: Table) -> Executable:
    """Return an insert that leaves rows alone whose key is already there."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def insert_adding(connection: Connection, table: Table, count: str) -> Executable:
    """Return an insert that adds `count` to that of the row whose key is already there."""
    build = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = build(table)
    return new.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={count: table.c[count] + new.excluded[count]},
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


def _unaccented(words: str) -> str:
    """Return the PostgreSQL expression for `words` without accents, as SQLite's index has them."""
    return f"regexp_replace(normalize({words}, NFD), '[\\u0300-\\u036f]', '', 'g')"


_OF_REPORT = _unaccented("documents.title || ' ' || documents.text")
_REPORT_WORDS = f"to_tsvector('english', {_OF_REPORT})"
_NAME_WORDS = f"to_tsvector('simple', {_unaccented('aliases.alias')})"
_POSTGRESQL_SEARCH = (
    f"CREATE INDEX documents_fts ON documents USING gin ({_REPORT_WORDS})",
    f"CREATE INDEX names_fts ON aliases USING gin ({_NAME_WORDS})",
)


def creation_statements(dialect: str) -> tuple[str, ...]:
    """Return the SQL that sets up full text search, run once when a record is made.

    Args:
        dialect: Name of the SQLAlchemy dialect, "sqlite" or "postgresql".
    """
    return _POSTGRESQL_SEARCH if dialect == "postgresql" else _SQLITE_SEARCH


_FIND_DOCUMENTS = {
    "sqlite": (
        "SELECT documents.document_id, documents_fts.rank AS rank,"
        " snippet(documents_fts, -1, '[', ']', ' … ', 24) AS snippet"
        " FROM documents_fts JOIN documents ON documents.number = documents_fts.rowid"
        " WHERE documents_fts MATCH :words"
        " ORDER BY documents_fts.rank, documents.document_id LIMIT :limit OFFSET :offset"
    ),
    "postgresql": (
        f"SELECT document_id, -ts_rank({_REPORT_WORDS}, query) AS rank,"
        " ts_headline('english', text, query,"
        " 'StartSel=[, StopSel=], MaxFragments=1, MaxWords=24, MinWords=12') AS snippet"
        " FROM documents, to_tsquery('english', :words) AS query"
        f" WHERE {_REPORT_WORDS} @@ query"
        " ORDER BY rank, document_id LIMIT :limit OFFSET :offset"
    ),
}
_RANK_DOCUMENTS = {
    "sqlite": (
        "SELECT documents.number, documents.document_id, documents.publisher,"
        " substr(documents.published, 1, 10) AS day, documents_fts.rank AS rank"
        " FROM documents_fts JOIN documents ON documents.number = documents_fts.rowid"
        " WHERE documents_fts MATCH :words"
    ),
    "postgresql": (
        "SELECT number, document_id, publisher,"
        " to_char(published AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,"
        f" -ts_rank({_REPORT_WORDS}, query) AS rank"
        " FROM documents, to_tsquery('english', :words) AS query"
        f" WHERE {_REPORT_WORDS} @@ query"
    ),
}
_COUNT_DOCUMENTS = {
    "sqlite": "SELECT count(*) FROM documents_fts WHERE documents_fts MATCH :words",
    "postgresql": (
        f"SELECT count(*) FROM documents WHERE {_REPORT_WORDS} @@ to_tsquery('english', :words)"
    ),
}
_MATCHING_DOCUMENTS = {
    "sqlite": (
        "documents.number IN (SELECT rowid FROM documents_fts WHERE documents_fts MATCH :words)"
    ),
    "postgresql": f"{_REPORT_WORDS} @@ to_tsquery('english', :words)",
}
_MATCHING_NAMES = {
    "sqlite": "aliases.number IN (SELECT rowid FROM names_fts WHERE names_fts MATCH :words)",
    "postgresql": f"{_NAME_WORDS} @@ to_tsquery('simple', :words)",
}


def find_documents(dialect: str) -> TextClause:
    """Return the search for `:words` in reports: document_id, rank, snippet; best first."""
    return text(_FIND_DOCUMENTS[dialect])


def rank_documents(dialect: str) -> TextClause:
    """Return the search for `:words` in all reports: number, document_id, publisher, day, rank.

    The order is open; the best has the lowest rank.
    """
    return text(_RANK_DOCUMENTS[dialect])


def find_these_documents(dialect: str) -> TextClause:
    """Return the search for `:words` in the reports `:numbers`, as `find_documents` answers."""
    begin, order, rest = _FIND_DOCUMENTS[dialect].partition(" ORDER BY ")
    number = "documents_fts.rowid" if dialect == "sqlite" else "documents.number"
    these = f"{begin} AND {number} IN :numbers{order}{rest}"
    return text(these).bindparams(bindparam("numbers", expanding=True))


def count_documents(dialect: str) -> TextClause:
    """Return how many reports `:words` are found in."""
    return text(_COUNT_DOCUMENTS[dialect])


def matching_documents(dialect: str) -> TextClause:
    """Return the condition that a row of `documents` has `:words`."""
    return text(_MATCHING_DOCUMENTS[dialect])


def matching_names(dialect: str) -> TextClause:
    """Return the condition that a row of `aliases` has `:words`."""
    return text(_MATCHING_NAMES[dialect])


def _without_accents(words: str) -> str:
    return _ACCENT.sub("", unicodedata.normalize("NFD", words))


def search_words(dialect: str, words: str, *, starts: bool = False, any_of: bool = False) -> str:
    """Return what people type as a full text query that cannot be malformed.

    Every word must occur; "words in quotes" must stand together; a word that
    ends in * matches its beginnings. Signs that mean something to the engine
    lose their meaning.

    Args:
        dialect: Whose query language to write.
        words: What was typed.
        starts: Whether every word matches its beginnings.
        any_of: Whether one of the words is enough.

    Returns:
        The query, empty when `words` holds no letter or digit.
    """
    terms = []
    for phrase, word in _QUOTED.findall(words):
        parts = _LETTERS.findall(phrase or word)
        if dialect == "postgresql":
            parts = _LETTERS.findall(_without_accents(phrase or word))
        if not parts:
            continue
        open_end = starts or word.endswith("*")
        if dialect == "postgresql":
            term = " <-> ".join(parts) + (":*" if open_end else "")
            terms.append(f"({term})")
        else:
            terms.append('"' + " ".join(parts) + '"' + ("*" if open_end else ""))
    joint = {"postgresql": " & ", "sqlite": " "}[dialect] if not any_of else (
        " | " if dialect == "postgresql" else " OR "
    )  # fmt: skip
    return joint.join(terms)
