"""Make a new record, recognise an old one, and bring it up to this version."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Table, inspect, select
from sqlalchemy.schema import CreateColumn, CreateIndex

from onrecord.errors import RecordError
from onrecord.record import schema as s
from onrecord.record.claim_confidence import set_claim_confidence
from onrecord.record.days import set_claim_days, set_days
from onrecord.record.dialects import creation_statements
from onrecord.record.sentences import create_sentences
from onrecord.record.views import create_views

# Written into the header of the SQLite file, so that `file` and we know it: "onrc".
APPLICATION_ID = 0x6F6E7263

Step = Callable[[Connection], None]


def _add_claims(connection: Connection) -> None:
    """Give claims their reasons and origins; there were none in version 1."""
    connection.exec_driver_sql(
        "ALTER TABLE documents ADD COLUMN compared BOOLEAN NOT NULL DEFAULT false"
    )
    connection.exec_driver_sql("CREATE INDEX documents_compared ON documents (compared)")
    connection.exec_driver_sql("CREATE INDEX mentions_place ON mentions (place_id)")
    for table in (s.claim_statements, s.claims):
        table.drop(connection)
    for table in (s.claims, s.claim_statements):
        table.create(connection)


def _add_days(connection: Connection) -> None:
    """Give rows the days that lists sort by, and reviews the name of what they came with."""
    changed = (s.statements, s.attributions, s.chain, s.claims, s.aliases, s.reviews)
    for name in (
        "statements_type", "statements_dates", "statements_place", "claims_status_index",
        "aliases_normal", "chain_name",
    ):  # fmt: skip
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")
    for table in changed:
        _add_columns(connection, table)
    stated = select(s.statements.c.document_id).where(
        s.statements.c.statement_id == s.chain.c.statement_id
    )
    connection.execute(s.chain.update().values(document_id=stated.scalar_subquery()))
    set_days(connection)
    set_claim_days(connection)
    for table in changed:
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("ANALYZE")


def _add_members(connection: Connection) -> None:
    """Give collectives their members; what was read before has none."""
    _add_columns(connection, s.entities)


def _add_indexes(connection: Connection) -> None:
    """Put indexes that answer alone in place of those that led to rows of the table."""
    for name in (
        "chain_words", "chain_source", "statements_subject", "statements_object",
        "statements_place", "statements_day", "statements_accusation",
    ):  # fmt: skip
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")
    for table in s.metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index, if_not_exists=True))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("ANALYZE")


def _add_claim_confidence(connection: Connection) -> None:
    """Give claims how sure they are, and put it into the indexes that lists of them come from."""
    for name in ("claims_standing", "claims_sources", "claims_day"):
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")
    _add_columns(connection, s.claims)
    set_claim_confidence(connection)
    for index in sorted(s.claims.indexes, key=lambda index: str(index.name)):
        connection.execute(CreateIndex(index, if_not_exists=True))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("ANALYZE")


def _add_columns(connection: Connection, table: Table) -> None:
    """Add the columns that a table lacks."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for column in table.columns:
        if column.name not in there:
            words = CreateColumn(column).compile(dialect=connection.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {words}")


# What leads from schema version n to n + 1. Views are always made anew afterwards.
STEPS: dict[int, Step] = {
    1: _add_claims, 2: _add_days, 3: _add_members, 4: create_sentences, 5: _add_indexes,
    6: _add_claim_confidence,
}  # fmt: skip


def schema_version(connection: Connection) -> int | None:
    """Return the schema version of the record, None when the database is empty.

    Raises:
        RecordError: The database holds something else.
    """
    tables = inspect(connection).get_table_names()
    if s.record_info.name not in tables:
        if tables:
            raise RecordError(
                str(connection.engine.url.database),
                f"a database, but no record (it holds {', '.join(sorted(tables)[:3])})",
                "Give the path of a record, or a new path to start one.",
            )
        return None
    version = connection.scalar(
        select(s.record_info.c.value).where(s.record_info.c.key == "schema_version")
    )
    return int(version) if version is not None and version.isdigit() else 0


def prepare(connection: Connection) -> None:
    """Create the tables in an empty database, or bring those of an older version up to date.

    Call it inside a transaction that no other writer can share.

    Raises:
        RecordError: The database is no record, or one of a later version.
    """
    version = schema_version(connection)
    if version is None:
        _create(connection)
        return
    if version > s.SCHEMA_VERSION or version < 1:
        raise RecordError(
            str(connection.engine.url.database),
            f"a record of schema {version}, but this version knows schemas up to"
            f" {s.SCHEMA_VERSION}",
            "Run: pip install --upgrade onrecord",
        )
    if version < s.SCHEMA_VERSION:
        for step in range(version, s.SCHEMA_VERSION):
            STEPS[step](connection)
        create_views(connection)
        connection.execute(
            s.record_info.update()
            .where(s.record_info.c.key == "schema_version")
            .values(value=str(s.SCHEMA_VERSION))
        )


def _create(connection: Connection) -> None:
    s.metadata.create_all(connection, checkfirst=False)
    for statement in creation_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
    create_sentences(connection)
    create_views(connection)
    connection.execute(
        s.record_info.insert().values(key="schema_version", value=str(s.SCHEMA_VERSION))
    )
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
