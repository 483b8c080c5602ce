"""Ask the record for claims: what is disputed, what is confirmed, and by how many.

Functions take a `Store` and return at most `limit` rows, as those of `query`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, func, or_, select

from onrecord.errors import QueryError
from onrecord.record import schema as s
from onrecord.record.claim_columns import side_by_side
from onrecord.record.claim_members import members_in
from onrecord.record.claim_rows import (
    ClaimMember,
    ClaimRow,
    SharedClaim,
    ShownClaim,
)
from onrecord.record.components import in_parts
from onrecord.record.dialects import AnySelect, first_day, last_day
from onrecord.record.filters import (
    Day,
    Values,
    actor_ids_of,
    begins,
    check_confidence,
    check_range,
    day_of,
    one_of,
    same_words,
)
from onrecord.record.rows import Page
from onrecord.record.shown import find_row
from onrecord.record.store import Store

ClaimOrder = Literal["disputed", "sources", "newest", "oldest"]
_STATUS_ORDER = {"disputed": 0, "retracted": 1, "corroborated": 2, "single_source": 3}

_MOST = (
    s.claims.c.n_sources.desc(), s.claims.c.n_documents.desc(),
    s.claims.c.day.desc().nulls_last(), s.claims.c.claim_id,
)  # fmt: skip
_ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "disputed": _MOST,
    "sources": _MOST,
    "newest": (s.claims.c.day.desc().nulls_last(), s.claims.c.claim_id),
    "oldest": (s.claims.c.day.nulls_last(), s.claims.c.claim_id),
}

_head = s.statements.alias("head")
_report = s.documents.alias("head_report")
_who, _whom = s.actors.alias("who"), s.actors.alias("whom")


def claims(
    store: Store,
    *,
    actor: str | None = None,
    kind: Values | None = None,
    type: Values | None = None,  # noqa: A002 - the column's name
    place: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    status: Values | None = None,
    min_sources: int | None = None,
    min_documents: int | None = None,
    min_confidence: float | None = None,
    document: str | None = None,
    limit: int = 100,
    offset: int = 0,
    order: ClaimOrder = "disputed",
) -> Page[ClaimRow]:
    """Return claims, disputed ones first.

    Args:
        store: The record.
        actor: Who takes part in either role: an actor id or any of its names.
        kind: event, relation, quantity.
        type: PLOVER type, relation type or sort of figure, any case.
        place: Name of a place or of its province, or a place id.
        since: First day; a claim counts by its own days, else by its reports' publication.
        until: Last day, inclusive.
        status: disputed, retracted, corroborated, single_source.
        min_sources: At least so many independent sources support it.
        min_documents: At least so many reports speak of it.
        min_confidence: 0 to 1: the surest statement that supports it is at least this sure, or
            a person accepted or corrected one. Unlike a list of statements, it sees what people
            said when claims are next formed (`n_not_compared`).
        document: Only claims that this report speaks of: its id or the beginning of one.
        limit: Most rows, 1 to 1,000,000.
        offset: Rows to skip.
        order: `disputed` first and then by sources, most `sources`, `newest` or `oldest`.

    Raises:
        QueryError: A filter does not make sense.
    """
    check_range(limit, offset)
    if order not in _ORDERS:
        raise QueryError(repr(order), "no such order", f"Orders: {', '.join(_ORDERS)}.")
    c = s.claims.c
    found = one_of(c.kind, kind, fold=str.lower) + one_of(func.upper(c.type), type, fold=str.upper)
    found += one_of(c.status, status, fold=str.lower)
    if since is not None:
        found.append(c.until >= day_of(since))
    if until is not None:
        found.append(c.day <= day_of(until, end=True))
    if min_sources is not None:
        found.append(c.n_sources >= min_sources)
    if min_documents is not None:
        found.append(c.n_documents >= min_documents)
    if min_confidence is not None:
        check_confidence(min_confidence)
        found.append(c.confidence >= min_confidence)
    if place is not None:
        p = s.places.c
        known = or_(p.place_id == place, same_words(p.name, place), same_words(p.admin1, place))
        found.append(c.place_id.in_(select(p.place_id).where(known)))
    with store.reading() as connection:
        if actor is not None:
            found.append(_takes_part(connection, actor))
        if document is not None:
            found.append(c.claim_id.in_(_spoken_of(document)))
        counted = connection.execute(
            select(c.status, func.count()).where(*found).group_by(c.status)
        )
        n_of: dict[str, int] = {row[0]: row[1] for row in counted}
        ids = _ids(connection, found, n_of, order, limit, offset)
        return Page(tuple(_rows(connection, ids)), sum(n_of.values()), limit, offset)


def _ids(
    connection: Connection,
    found: Sequence[ColumnElement[bool]],
    n_of: Mapping[str, int],
    order: str,
    limit: int,
    offset: int,
) -> list[str]:
    """Return the claims of one page; `n_of` tells how many of each status fit."""
    c = s.claims.c
    wanted = select(c.claim_id).where(*found).order_by(*_ORDERS[order])
    if order != "disputed":
        return list(connection.scalars(wanted.limit(limit).offset(offset)))
    # One status after the other: their order is ours, and no index knows it.
    ids: list[str] = []
    for status in sorted(n_of, key=lambda status: _STATUS_ORDER.get(status, 9)):
        if offset < n_of[status] and len(ids) < limit:
            some = wanted.where(c.status == status).limit(limit - len(ids)).offset(offset)
            ids += connection.scalars(some)
        offset = max(0, offset - n_of[status])
    return ids


def n_not_compared(store: Store) -> int:
    """Return how many reports were read or judged since claims were formed."""
    c = s.documents.c
    with store.reading() as connection:
        waiting = select(func.count()).where(c.compared.is_(False), c.status == "read")
        return connection.scalar(waiting) or 0


def acts(
    store: Store,
    *,
    actor: str | None = None,
    type: Values | None = None,  # noqa: A002 - the column's name
    since: Day | None = None,
    until: Day | None = None,
    min_sources: int | None = None,
    min_confidence: float | None = None,
    limit: int = 1000,
    offset: int = 0,
) -> Page[ClaimRow]:
    """Return the events of an actor as claims, oldest first; arguments as for `claims`."""
    return claims(
        store,
        actor=actor,
        kind="event",
        type=type,
        since=since,
        until=until,
        min_sources=min_sources,
        min_confidence=min_confidence,
        limit=limit,
        offset=offset,
        order="oldest",
    )


def claim(store: Store, claim_id: str) -> ShownClaim:
    """Return one claim with its sources side by side.

    Args:
        store: The record.
        claim_id: Its identifier, or enough of the beginning of one.

    Raises:
        RecordError: There is no such claim, or several.
    """
    with store.reading() as connection:
        _, full_id = find_row(connection, claim_id)
        (row,) = _rows(connection, [full_id])
        members = members_in(connection, [full_id])[full_id]
        return side_by_side(row, members)


def members_of_claims(store: Store, claim_ids: Iterable[str]) -> dict[str, tuple[ClaimMember, ...]]:
    """Return the statements of several claims, by claim id; supporters first."""
    with store.reading() as connection:
        found = members_in(connection, sorted(set(claim_ids)))
        return {name: tuple(members) for name, members in found.items()}


def compare_documents(store: Store, first: str, second: str) -> tuple[SharedClaim, ...]:
    """Return the claims that two reports both speak of, those they differ on first.

    Args:
        store: The record.
        first: A report: its id or the beginning of one.
        second: Another.

    Raises:
        RecordError: There is no such report.
    """
    with store.reading() as connection:
        one, other = (_document(connection, which) for which in (first, second))
        both = set(connection.scalars(_spoken_of(one))) & set(connection.scalars(_spoken_of(other)))
        rows = {row.claim_id: row for row in _rows(connection, sorted(both))}
        members = members_in(connection, sorted(both))
    shared = []
    for claim_id, row in rows.items():
        ours = tuple(m for m in members[claim_id] if m.document_id == one)
        theirs = tuple(m for m in members[claim_id] if m.document_id == other)
        shared.append(
            SharedClaim(claim=row, first=ours, second=theirs, agreement=_agreement(ours, theirs))
        )
    order = {"differ": 0, "agree in part": 1, "agree": 2, "one source": 3}
    return tuple(sorted(shared, key=lambda item: (order[item.agreement], item.claim.claim_id)))


def _agreement(ours: Sequence[ClaimMember], theirs: Sequence[ClaimMember]) -> str:
    mine, other = ({member.stance for member in some} for some in (ours, theirs))
    same_value = bool(_values(ours) & _values(theirs))
    if (mine != other or "differs" in mine) and not same_value:
        return "differ"
    if {m.origin for m in ours} == {m.origin for m in theirs}:
        return "one source"
    return "agree" if same_value or _values(ours) == _values(theirs) else "agree in part"


def _values(members: Sequence[ClaimMember]) -> set[str]:
    return {member.how_many for member in members if member.how_many}


def _document(connection: Connection, given: str) -> str:
    prefix, document_id = find_row(connection, given)
    if prefix != "doc":
        raise QueryError(
            repr(given), "not a report", "Give a document id. List: onrecord documents"
        )
    return document_id


def _spoken_of(document: str) -> AnySelect:
    return (
        select(s.claim_statements.c.claim_id)
        .join(s.statements, s.statements.c.statement_id == s.claim_statements.c.statement_id)
        .where(begins(s.statements.c.document_id, document))
        .distinct()
    )


def _takes_part(connection: Connection, actor: str) -> ColumnElement[bool]:
    """Return the condition that an actor stands in some statement of the claim."""
    ids = actor_ids_of(connection, actor)
    c = s.statements.c
    return s.claims.c.claim_id.in_(
        select(s.claim_statements.c.claim_id)
        .join(s.statements, c.statement_id == s.claim_statements.c.statement_id)
        .where(or_(c.subject_actor_id.in_(ids), c.object_actor_id.in_(ids)))
    )


def _joined() -> Any:
    c = s.claims.c
    return (
        s.claims.join(_head, _head.c.statement_id == c.head_statement_id)
        .join(_report, _report.c.document_id == _head.c.document_id)
        .outerjoin(_who, _who.c.actor_id == c.subject_actor_id)
        .outerjoin(_whom, _whom.c.actor_id == c.object_actor_id)
        .outerjoin(s.places, s.places.c.place_id == c.place_id)
    )


def _rows(connection: Connection, claim_ids: Sequence[str]) -> list[ClaimRow]:
    """Return claims in the order of `claim_ids`."""
    c, member = s.claims.c, s.claim_statements.c
    against = (
        select(func.count(func.distinct(member.origin)))
        .where(member.claim_id == c.claim_id, member.stance != "supports")
        .scalar_subquery()
    )
    found: dict[str, ClaimRow] = {}
    for some in in_parts(claim_ids):
        rows = connection.execute(
            select(
                c.claim_id, c.kind, c.type, c.mode,
                func.coalesce(_who.c.name, func.nullif(_head.c.subject_text, "")).label("who"),
                c.subject_actor_id.label("who_id"),
                _head.c.trigger_text.label("what"),
                func.coalesce(_whom.c.name, func.nullif(_head.c.object_text, "")).label("whom"),
                c.object_actor_id.label("whom_id"),
                c.counted, c.value_low, c.value_high, c.unit,
                first_day(c.date_from).label("date_from"),
                last_day(c.date_to).label("date_to"),
                func.coalesce(s.places.c.name, func.nullif(_head.c.place_text, "")).label("place"),
                c.place_id, c.status, c.reason, c.n_statements, c.n_documents, c.n_sources,
                against.label("n_against"), c.independence, c.confidence,
                func.substr(
                    _report.c.text, _head.c.start + 1, _head.c.end - _head.c.start
                ).label("sentence"),
                c.head_statement_id,
            )
            .select_from(_joined())
            .where(c.claim_id.in_(some))
        )  # fmt: skip
        found |= {row["claim_id"]: ClaimRow(**row) for row in rows.mappings()}
    return [found[claim_id] for claim_id in claim_ids if claim_id in found]
