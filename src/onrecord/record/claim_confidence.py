"""Work out from the tables how sure it is that claims were read right.

`compare` says it of claims that it forms; this says the same of those that stand already.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, case, func, select

from onrecord.record import schema as s
from onrecord.record.said import vouched_for


def set_claim_confidence(connection: Connection) -> None:
    """Give every claim the confidence of its surest supporter, or member when it has none."""
    c, member = s.statements.c, s.claim_statements.c
    sure = case((c.statement_id.in_(vouched_for()), 1.0), else_=c.confidence)

    def surest(*which: ColumnElement[bool]) -> ColumnElement[float]:
        return (
            select(func.max(sure))
            .join(s.claim_statements, member.statement_id == c.statement_id)
            .where(member.claim_id == s.claims.c.claim_id, *which)
            .correlate(s.claims)
            .scalar_subquery()
        )

    supported = surest(member.stance == "supports")
    connection.execute(s.claims.update().values(confidence=func.coalesce(supported, surest(), 0.0)))
