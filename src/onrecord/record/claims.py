"""Keep the claims of the record in step with what its reports state.

What a claim is, `compare` says; here is which statements it is asked about.
Claims stand in components: all claims that one more statement could join or
split. When a report comes, changes or goes, the components it touches are
formed anew and all others stay as they are, so the outcome is that of
comparing everything at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, func, select

from onrecord.model.claim import Claim, StatementView
from onrecord.record import schema as s
from onrecord.record.comparable import load_reports, load_statements
from onrecord.record.components import drop_components, in_parts, members_of
from onrecord.record.days import days_of
from onrecord.record.dialects import insert_new
from onrecord.record.nearby import reports_near, reports_of_pairs
from onrecord.record.store import Store

FormClaims = Callable[[Iterable[StatementView]], list[Claim]]
"""From statements to the claims they make."""
LinkedTo = Callable[[Iterable[StatementView], Iterable[StatementView]], frozenset[str]]
"""From new statements and others to the ids of those others that a new one is linked to."""

# As `compare.stories` has it.
_STORY_DAYS = 30
_ROWS_AT_ONCE = 5000
# Compared in one transaction: few enough for memory, enough for most stories to be whole.
_REPORTS_AT_ONCE = 1000


def refresh_claims(store: Store, form: FormClaims, linked_to: LinkedTo) -> int:
    """Form the claims of all statements that stand in none yet.

    Args:
        store: The record.
        form: Forms claims; it must give the same for all statements of a component,
            whatever others come with them.
        linked_to: Tells which claims new statements may change.

    Returns:
        How many claims were written, counting again those that later reports of many changed.
    """
    written = 0
    while (some := _refresh_some(store, form, linked_to)) is not None:
        written += some
    return written


def _refresh_some(store: Store, form: FormClaims, linked_to: LinkedTo) -> int | None:
    """Form the claims of the next reports in a transaction of their own; None when all have some.

    Others may write between two of them, and what is done stays done when the rest is broken off.
    """
    with store.writing() as connection:
        stale = _stale_reports(connection)
        if not stale:
            return None
        fresh = _fresh(connection, stale)
        views = [*fresh, *_touched(connection, fresh, linked_to)]
        claims = form(views)
        _write(connection, claims)
        for some in in_parts(stale):
            connection.execute(
                s.documents.update().where(s.documents.c.document_id.in_(some)), {"compared": True}
            )
        return len(claims)


def _stale_reports(connection: Connection) -> list[str]:
    """Return the next reports to compare, by the day they came out: stories come whole."""
    c = s.documents.c
    return list(
        connection.scalars(
            select(c.document_id)
            .where(c.compared.is_(False))
            .order_by(c.published.is_(None), c.published, c.document_id)
            .limit(_REPORTS_AT_ONCE)
        )
    )


def _fresh(connection: Connection, document_ids: Sequence[str]) -> list[StatementView]:
    """Return the statements of reports that stand in no claim."""
    c = s.statements.c
    standing = select(s.claim_statements.c.statement_id)
    wanted = {
        statement_id
        for some in in_parts(document_ids)
        for statement_id in connection.scalars(
            select(c.statement_id).where(c.document_id.in_(some), c.statement_id.not_in(standing))
        )
    }
    return load_statements(connection, load_reports(connection, document_ids), wanted)


def _touched(
    connection: Connection, fresh: Sequence[StatementView], linked_to: LinkedTo
) -> list[StatementView]:
    """Return the statements whose claims fresh ones may change, and drop those claims."""
    if not connection.scalar(select(func.count()).select_from(s.claims)):
        return []
    near = reports_near(
        connection, list({view.report.document_id: view.report for view in fresh}.values()),
        _STORY_DAYS,
    )  # fmt: skip
    near |= reports_of_pairs(connection, fresh)
    others = load_statements(connection, load_reports(connection, near))
    linked = sorted(linked_to(fresh, others))
    components = {
        component
        for some in in_parts(linked)
        for component in connection.scalars(
            select(s.claims.c.component)
            .join(s.claim_statements, s.claim_statements.c.claim_id == s.claims.c.claim_id)
            .where(s.claim_statements.c.statement_id.in_(some))
            .distinct()
        )
    }
    members = {
        statement_id
        for some in in_parts(sorted(components))
        for statement_id in connection.scalars(members_of(some, s.statements.c.statement_id))
    }
    reports = drop_components(connection, sorted(components))
    return load_statements(connection, load_reports(connection, reports), members)


def _write(connection: Connection, claims: Sequence[Claim]) -> None:
    for start in range(0, len(claims), _ROWS_AT_ONCE):
        some = claims[start : start + _ROWS_AT_ONCE]
        connection.execute(insert_new(connection, s.claims), [_claim_row(claim) for claim in some])
        connection.execute(
            s.claim_statements.insert(),
            [
                {
                    "claim_id": claim.claim_id,
                    "statement_id": member.statement_id,
                    "stance": member.stance,
                    "reason": member.reason,
                    "origin": member.origin,
                    "origin_name": member.origin_name,
                }
                for claim in some
                for member in claim.members
            ],
        )


def _claim_row(claim: Claim) -> dict[str, object]:
    head = claim.head
    day, until = days_of(claim.date_from, claim.date_to, head.report.published)
    return {
        "claim_id": claim.claim_id,
        "component": claim.component,
        "head_statement_id": head.statement_id,
        "kind": claim.kind,
        "type": claim.type,
        "mode": head.mode,
        "subject_actor_id": None if head.subject is None else head.subject.actor_id,
        "object_actor_id": None if head.object is None else head.object.actor_id,
        "counted": head.counted,
        "place_id": None if head.place is None else head.place.place_id,
        "date_from": claim.date_from,
        "date_to": claim.date_to,
        "value_low": claim.low,
        "value_high": claim.high,
        "unit": head.unit,
        "status": claim.status,
        "reason": claim.reason,
        "n_statements": len(claim.members),
        "n_documents": claim.n_documents,
        "n_sources": claim.n_sources,
        "independence": claim.independence,
        "confidence": claim.confidence,
        "day": day,
        "until": until,
    }
