"""Give one page of rows that fit, however many the record holds.

A view shows rows as people left them, which no index knows. But few rows were
ever reviewed. So the others are found as they were read, by index, and the
reviewed ones are looked at by themselves; what is shown is the same as asking
the view alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, func, literal, select, union_all
from sqlalchemy.sql.selectable import FromClause

from onrecord.record.components import in_parts
from onrecord.record.dialects import AnySelect
from onrecord.record.filters import check_range, day_of_row, ordered
from onrecord.record.rows import Page
from onrecord.record.said import reviewed_rows
from onrecord.record.store import Store
from onrecord.record.views import as_read, as_read_by_key, view_table

Fit = Callable[[Connection, FromClause], list[ColumnElement[bool]]]
"""From a view, or the same as read, to the conditions on its rows."""
_Row = TypeVar("_Row")
_KINDS = {"events": "event", "relations": "relation", "quantities": "quantity", "quotes": "quote"}
_AT_ONCE = 2000
_ALL = 2**31 - 1


def page_of(
    store: Store,
    name: str,
    row: type[_Row],
    fit: Fit,
    *,
    order: str,
    limit: int,
    offset: int,
    looked_up: bool = False,
) -> Page[_Row]:
    """Return some of the rows of a view.

    Args:
        store: The record.
        name: The view.
        row: What its rows are made into; its fields are the view's columns.
        fit: Conditions on the rows.
        order: As in `filters.ordered`.
        limit: Most rows; 0 only counts them.
        offset: Rows to skip.
        looked_up: Whether all rows that fit have to be looked up to find the first ones.

    Raises:
        QueryError: The page cannot be, or a filter does not make sense.
    """
    check_range(limit, offset)
    with store.reading() as connection:
        found = [Found(connection, name, fit)]
        once = found[0].counted(order, limit, offset) if looked_up and limit else None
        if once:
            ids, total = [key for key, _ in once], once[0][1]
            rows = found[0].rows(row, ids)
            return Page(tuple(rows[key] for key in ids), total, limit, offset)
        ids = ids_of(connection, found, order=order, limit=limit, offset=offset)
        rows = found[0].rows(row, ids)
        return Page(tuple(rows[key] for key in ids), found[0].total(), limit, offset)


def rows_of(store: Store, name: str, row: type[_Row], ids: Sequence[str]) -> tuple[_Row, ...]:
    """Return the rows of a view by their identifiers, in this order, those it has."""
    with store.reading() as connection:
        found = Found(connection, name, lambda *_: []).rows(row, ids)
        return tuple(found[key] for key in dict.fromkeys(ids) if key in found)


class Found:
    """The rows of one view that fit.

    Args:
        connection: A connection to the record.
        name: The view.
        fit: Conditions on its rows.
    """

    def __init__(self, connection: Connection, name: str, fit: Fit) -> None:
        self._connection = connection
        self._reviewed = reviewed_rows(_KINDS[name])
        self._name = name
        self._read = as_read(name)
        self._fits_read = fit(connection, self._read)
        self._view: FromClause | None = None
        self._fits_view: list[ColumnElement[bool]] = []
        if connection.scalar(self._reviewed.limit(1)) is not None:
            self._view = view_table(name)
            self._fits_view = [
                *fit(connection, self._view), _key(self._view).in_(self._reviewed)
            ]  # fmt: skip

    def total(self) -> int:
        """Return how many rows fit."""
        total = self._count(self._read, *self._fits_read)
        if self._view is not None:
            reviewed = _key(self._read).in_(self._reviewed)
            total -= self._count(self._read, *self._fits_read, reviewed)
            total += self._count(self._view, *self._fits_view)
        return total

    def _count(self, rows: FromClause, *found: ColumnElement[bool]) -> int:
        # SQLite leaves out joins that a question does not need, but not when it counts.
        fitting = select(literal(1)).select_from(rows).where(*found).limit(_ALL).subquery()
        return self._connection.scalar(select(func.count()).select_from(fitting)) or 0

    def keys(self, order: str) -> AnySelect | None:
        """Return the select of the keys of all rows in order, None when some are reviewed."""
        if self._view is not None:
            return None
        return (
            select(_key(self._read)).where(*self._fits_read).order_by(*ordered(self._read, order))
        )

    def counted(self, order: str, limit: int, offset: int) -> list[tuple[str, int]] | None:
        """Return keys of one page, each with how many rows fit, from one look at all of them.

        None when some rows are reviewed.
        """
        asked = self.keys(order)
        if asked is None:
            return None
        every = asked.add_columns(func.count().over()).limit(limit).offset(offset)
        return [(key, total) for key, total in self._connection.execute(every).all()]

    def sorted(self, order: str, most: int) -> list[AnySelect]:
        """Return selects of `key` and what to sort by; the first `most` are among them."""
        apart = [] if self._view is None else [_key(self._read).not_in(self._reviewed)]
        read = (
            select(*_sorts(self._read))
            .where(*self._fits_read, *apart)
            .order_by(*ordered(self._read, order))
            .limit(most)
            .subquery()
        )
        if self._view is None:
            return [select(read)]
        return [select(read), select(*_sorts(self._view)).where(*self._fits_view)]

    def rows(self, row: type[_Row], ids: Sequence[str]) -> dict[str, _Row]:
        """Return rows by their identifiers.

        Args:
            row: What they are made into.
            ids: Which.
        """
        shown = as_read_by_key(self._name) if self._view is None else self._view
        names = [field.name for field in fields(row)]  # type: ignore[arg-type]
        columns = [shown.c[name] for name in names]
        key = names.index(_key(shown).name)
        return {
            found[key]: row(**dict(zip(names, found, strict=True)))
            for some in in_parts(ids, _AT_ONCE)
            for found in self._connection.execute(select(*columns).where(_key(shown).in_(some)))
        }


def ids_of(
    connection: Connection, found: Sequence[Found], *, order: str, limit: int, offset: int
) -> list[str]:
    """Return the identifiers of one page of rows of several views together."""
    alone = found[0].keys(order) if len(found) == 1 else None
    if limit == 0:
        return []
    if alone is not None:
        return list(connection.scalars(alone.limit(limit).offset(offset)))
    sources = [wanted for some in found for wanted in some.sorted(order, offset + limit)]
    rows = union_all(*sources).subquery()
    wanted = select(rows.c.key).order_by(*ordered(rows, order)).limit(limit).offset(offset)
    return list(connection.scalars(wanted))


def _key(rows: FromClause) -> ColumnElement[str]:
    return rows.c.attribution_id if "statement_id" not in rows.c else rows.c.statement_id


def _sorts(rows: FromClause) -> list[ColumnElement[Any]]:
    """Return all that `ordered` may sort by."""
    c = rows.c
    return [
        _key(rows).label("key"), day_of_row(rows).label("day"), c.confidence, c.document_id,
        c.sentence_start,
    ]  # fmt: skip
