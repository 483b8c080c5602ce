"""Give people the rows to look at next: the least sure of those that nobody has judged."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from onrecord.errors import QueryError
from onrecord.record import schema as s
from onrecord.record.said import live_reviews
from onrecord.record.store import Store

KINDS = ("event", "relation", "quantity", "quote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What to judge now.

    Attributes:
        row_id: The row, None when none is left behind `after`.
        after: Where to go on after it; stable while rows are judged.
        n_left: Rows that nobody has judged, those before `after` included.
        n_judged: Rows of the kind that somebody has.
    """

    row_id: str | None
    after: str
    n_left: int
    n_judged: int


def next_turn(
    store: Store,
    *,
    kind: str = "event",
    type: str | None = None,  # noqa: A002 - the column's name
    document: str | None = None,
    after: str = "",
) -> Turn:
    """Return the next row to judge, the least sure first.

    Args:
        store: The record.
        kind: event, relation, quantity or quote.
        type: Only this type.
        document: Only rows of this document.
        after: The row after which to go on; empty to start.

    Raises:
        QueryError: No such kind, or quotes are asked for by type.
    """
    if kind not in KINDS:
        raise QueryError(f"kind {kind!r}", "cannot be reviewed", f"Kinds: {', '.join(KINDS)}.")
    if kind == "quote" and type:
        raise QueryError("type", "quotes have none", "Leave it out.")
    live = live_reviews().subquery("live")
    judged = select(live.c.applies_to)
    found: list[ColumnElement[bool]] = []
    if kind == "quote":
        table, key = s.attributions, s.attributions.c.attribution_id
    else:
        table, key = s.statements, s.statements.c.statement_id
        found.append(s.statements.c.kind == kind)
        if type:
            found.append(func.upper(s.statements.c.type) == type.upper())
    if document:
        found.append(table.c.document_id == document)
    confidence = table.c.confidence
    with store.reading() as connection:
        n_judged = connection.scalar(
            select(func.count()).select_from(table).where(*found, key.in_(judged))
        )
        found.append(key.not_in(judged))
        n_left = connection.scalar(select(func.count()).select_from(table).where(*found))
        ahead = list(found)
        if after:
            sure = connection.scalar(select(confidence).where(key == after))
            if sure is not None:
                ahead.append(or_(confidence > sure, and_(confidence == sure, key > after)))
        row_id = connection.scalar(select(key).where(*ahead).order_by(confidence, key).limit(1))
    return Turn(row_id=row_id, after=after, n_left=n_left or 0, n_judged=n_judged or 0)
