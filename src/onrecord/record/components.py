"""Drop claims that may no longer hold, so that none is ever out of step with its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, select

from onrecord.record import schema as s
from onrecord.record.dialects import AnySelect

_AT_ONCE = 200
_Id = TypeVar("_Id")


def in_parts(ids: Sequence[_Id], size: int = _AT_ONCE) -> Iterator[Sequence[_Id]]:
    """Yield `ids` in parts that a query can bind."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def forget_claims(connection: Connection, document_ids: Iterable[str]) -> None:
    """Drop the claims that reports have a part in; `refresh_claims` forms them anew.

    Call it before what a report states is deleted, and after anything changed
    that comparing looks at: copies, dates, identities, reviews.

    Args:
        connection: A connection inside a transaction that writes.
        document_ids: The reports.
    """
    for some in in_parts(sorted(set(document_ids))):
        components = list(
            connection.scalars(
                select(s.claims.c.component)
                .join(s.claim_statements, s.claim_statements.c.claim_id == s.claims.c.claim_id)
                .join(
                    s.statements,
                    s.statements.c.statement_id == s.claim_statements.c.statement_id,
                )
                .where(s.statements.c.document_id.in_(some))
                .distinct()
            )
        )
        stale = drop_components(connection, components) | set(some)
        for part in in_parts(sorted(stale)):
            connection.execute(
                s.documents.update().where(s.documents.c.document_id.in_(part)),
                {"compared": False},
            )


def drop_components(connection: Connection, components: Sequence[str]) -> set[str]:
    """Delete the claims of components and return the reports that had a part in them."""
    reports: set[str] = set()
    for some in in_parts(sorted(components)):
        reports.update(connection.scalars(members_of(some, s.statements.c.document_id)))
        ids = select(s.claims.c.claim_id).where(s.claims.c.component.in_(some))
        connection.execute(
            s.claim_statements.delete().where(s.claim_statements.c.claim_id.in_(ids))
        )
        connection.execute(s.claims.delete().where(s.claims.c.component.in_(some)))
    return reports


def members_of(components: Sequence[str], column: ColumnElement[str]) -> AnySelect:
    """Select `column` of the statements whose claims are of `components`, each value once."""
    return (
        select(column)
        .join(s.claim_statements, s.claim_statements.c.statement_id == s.statements.c.statement_id)
        .join(s.claims, s.claims.c.claim_id == s.claim_statements.c.claim_id)
        .where(s.claims.c.component.in_(components))
        .distinct()
    )
