"""Keep beside each row the days by which lists sort and filter it.

They follow from the row and its report, and stand with the row only so that
one index knows them. Reviews do not move them: reviewed rows are few, and
questions look at those by themselves.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, case, func, select

from onrecord.record import schema as s
from onrecord.record.dialects import first_day, last_day
from onrecord.record.view_columns import FOR_EVER, day_shown, published_shown, until_shown


def days_of(
    date_from: datetime | None, date_to: datetime | None, published: datetime | None
) -> tuple[str | None, str | None]:
    """Return the first and last day of what may happen from `date_from` until before `date_to`.

    Args:
        date_from: First instant, None when it is open.
        date_to: First instant after, None when it is open.
        published: When the report came, which counts when neither is known.
    """
    last = date_to - timedelta(seconds=1) if date_to is not None else None
    first = date_from or last or published
    if last is None:
        last = published if date_from is None else None
    return _day(first), FOR_EVER if date_from is not None and last is None else _day(last)


def _day(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).date().isoformat()


def set_days(connection: Connection, document_id: str | None = None) -> None:
    """Work out the days of what reports state.

    Args:
        connection: A connection inside a transaction that writes.
        document_id: Only of this report; None for all.
    """
    for table, days in (
        (s.statements, {"day": day_shown(), "until": until_shown()}),
        (s.attributions, {"day": published_shown()}),
    ):
        report = s.documents.c.document_id == table.c.document_id
        values = {
            name: select(day).where(report).correlate(table).scalar_subquery()
            for name, day in days.items()
        }
        here = () if document_id is None else (table.c.document_id == document_id,)
        connection.execute(table.update().where(*here).values(values))


def set_claim_days(connection: Connection) -> None:
    """Work out the days of all claims, as `days_of` does for new ones."""
    c, d = s.claims.c, s.documents.c
    published = (
        select(first_day(d.published))
        .join(s.statements, s.statements.c.document_id == d.document_id)
        .where(s.statements.c.statement_id == c.head_statement_id)
        .correlate(s.claims)
        .scalar_subquery()
    )
    first, last = first_day(c.date_from), last_day(c.date_to)
    goes_on = case((c.date_from.is_not(None), FOR_EVER))
    connection.execute(
        s.claims.update().values(
            day=func.coalesce(first, last, published),
            until=func.coalesce(last, goes_on, published),
        )
    )
