"""Give the newest rows of a large record without sorting all of it.

A list without filters is what people open first. Its order is by the day of
the text, else of the report, which no single index knows; but the newest rows
are among the newest of each sort, and those every index gives at once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from onrecord.record import schema as s
from onrecord.record.filters import Values, check_range, one_of, ordered
from onrecord.record.rows import EventRow, Page, QuantityRow, RelationRow
from onrecord.record.store import Store
from onrecord.record.views import view_table

_Row = TypeVar("_Row")
_SORTS: dict[Any, tuple[str, str]] = {
    EventRow: ("events", "event"),
    RelationRow: ("relations", "relation"),
    QuantityRow: ("quantities", "quantity"),
}
_REPORTS = 50
# Further down the short cut is none.
DEEPEST = 2000


def newest(
    store: Store,
    row: type[_Row],
    *,
    type: Values | None = None,  # noqa: A002 - the column's name
    limit: int = 50,
    offset: int = 0,
) -> Page[_Row]:
    """Return what `query.events` and its like return by `order="newest"`, sooner.

    Args:
        store: The record.
        row: Which rows: `EventRow`, `RelationRow` or `QuantityRow`.
        type: One type or several, any case.
        limit: Most rows.
        offset: Rows to skip; with `limit` at most `DEEPEST`.

    Raises:
        QueryError: The page cannot be.
    """
    check_range(limit, offset)
    name, kind = _SORTS[row]
    view, read = view_table(name), s.statements.c
    of_kind: list[ColumnElement[bool]] = [read.kind == kind]
    shown = one_of(func.upper(view.c.type), type, fold=str.upper)
    as_read = one_of(func.upper(read.type), type, fold=str.upper)
    with store.reading() as connection:
        reviewed = list(
            connection.scalars(
                select(s.reviews.c.applies_to)
                .where(s.reviews.c.applies_to.is_not(None), s.reviews.c.target_kind == kind)
                .distinct()
            )
        )
        # A review may move a row to another day or type, or take it out. Counting the
        # reviewed apart leaves the rest to an index that never looks into the table.
        total = _count(connection, s.statements, *of_kind, *as_read)
        if reviewed:
            here = read.statement_id.in_(reviewed)
            total -= _count(connection, s.statements, *of_kind, *as_read, here)
            total += _count(connection, view, view.c.statement_id.in_(reviewed), *shown)
        most = offset + limit + len(reviewed)
        ids = {*reviewed, *_candidates(connection, [*of_kind, *as_read], most)}
        rows = connection.execute(
            select(view)
            .where(view.c.statement_id.in_(ids), *shown)
            .order_by(*ordered(view, "newest"))
            .limit(limit)
            .offset(offset)
        )
        return Page(tuple(row(**found) for found in rows.mappings()), total, limit, offset)


def _count(connection: Connection, table: FromClause, *found: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(*found)) or 0


def _candidates(connection: Connection, found: list[ColumnElement[bool]], most: int) -> list[str]:
    """Return a few times `most` statements, the `most` newest among them."""
    read, d = s.statements.c, s.documents.c
    key = read.statement_id
    sorts: list[Any] = [
        # Rows of one day are told apart by what no index holds: all of the last day come.
        select(key).where(*found, read.date_from >= _edge(connection, found, most)),
        select(key).where(*found, read.date_from.is_(None), read.date_to.is_not(None)),
        select(key)
        .join(s.documents, d.document_id == read.document_id)
        .where(*found, read.date_from.is_(None), read.date_to.is_(None))
        .where(d.published >= _published_edge(connection, found, most)),
        select(key)
        .join(s.documents, d.document_id == read.document_id)
        .where(*found, read.date_from.is_(None), d.published.is_(None))
        .order_by(read.document_id, read.start, key)
        .limit(most),
    ]
    return [row_id for wanted in sorts for row_id in connection.scalars(wanted)]


def _edge(connection: Connection, found: list[ColumnElement[bool]], most: int) -> datetime:
    read = s.statements.c
    nth = connection.scalar(
        select(read.date_from)
        .where(*found, read.date_from.is_not(None))
        .order_by(read.date_from.desc())
        .limit(1)
        .offset(most)
    )
    nth = nth or connection.scalar(select(func.min(read.date_from)).where(*found))
    return _midnight(nth)


def _published_edge(
    connection: Connection, found: list[ColumnElement[bool]], most: int
) -> datetime:
    """Return a moment since which reports state at least `most` rows without a day."""
    read, d = s.statements.c, s.documents.c
    step = _REPORTS
    while True:
        # From the newest reports on: the other way round, all undated rows would be sorted.
        reports = connection.execute(
            select(d.document_id, d.published)
            .where(d.published.is_not(None))
            .order_by(d.published.desc())
            .limit(step)
        ).all()
        n_undated = 0
        undated = (*found, read.date_from.is_(None), read.date_to.is_(None))
        for first in range(0, len(reports), _REPORTS):
            some = reports[first : first + _REPORTS]
            of_some = read.document_id.in_([report.document_id for report in some])
            n_undated += _count(connection, s.statements, *undated, of_some)
            if n_undated >= most:
                return _midnight(some[-1].published)
        if len(reports) < step:
            return _midnight(None)
        step *= 4


def _midnight(moment: datetime | None) -> datetime:
    """Return the beginning of the day of a moment: rows of one day stand together."""
    if moment is None:
        return datetime.min.replace(tzinfo=UTC)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
