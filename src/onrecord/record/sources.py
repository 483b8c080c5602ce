"""List everyone the record relies on: outlets by their reports, others by the links of chains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, literal, null, select, union_all
from sqlalchemy.sql.selectable import Subquery

from onrecord.record import schema as s
from onrecord.record.comparable import rejected
from onrecord.record.dialects import AnySelect
from onrecord.record.filters import Values, check_range, fits_words, outlet_of_report
from onrecord.record.rows import Page, SourceRow
from onrecord.record.store import Store
from onrecord.record.view_columns import published_shown
from onrecord.resolve.chain import UNKNOWN_OUTLET

ROLES = ("outlet", "agency", "speaker")
# Role, actor, and the name of who is no actor of the record.
_Key = tuple[str, str | None, str | None]


def sources(
    store: Store,
    *,
    role: Values | None = None,
    name: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> Page[SourceRow]:
    """Return everyone the record relies on, most relied on first.

    Args:
        store: The record.
        role: outlet, agency or speaker.
        name: Words that must occur in the name.
        limit: Most rows, 1 to 1,000,000.
        offset: Rows to skip.

    Raises:
        QueryError: A filter does not make sense.
    """
    check_range(limit, offset)
    each = _counted(role)
    source = func.coalesce(s.actors.c.name, each.c.name)
    found = [] if name is None else [fits_words(source, name)]
    joined = each.outerjoin(s.actors, s.actors.c.actor_id == each.c.actor_id)
    with store.reading() as connection:
        shown = connection.execute(
            select(each, source.label("source"), func.count().over().label("total"))
            .select_from(joined)
            .where(*found)
            .order_by(each.c.n.desc(), source, each.c.role)
            .limit(limit)
            .offset(offset)
        ).all()
        total = shown[0].total if shown else connection.scalar(
            select(func.count()).select_from(joined).where(*found)
        ) or 0  # fmt: skip
        cited = _cited(connection, shown)
        rows = tuple(_row(row, cited.get(_key(row))) for row in shown)
    return Page(rows, total, limit, offset)


def _counted(role: Values | None) -> Subquery:
    """Select each source with `n`, its statements; outlets with their reports and days as well."""
    link, n = s.chain.c, func.count().label("n")
    wanted = ROLES if role is None else [
        word.strip().lower() for word in (role.split(",") if isinstance(role, str) else role)
    ]  # fmt: skip
    none = [null().label(column) for column in ("n_documents", "first", "last")]
    selects: list[AnySelect] = [_outlets()] if "outlet" in wanted else []
    for word in wanted:
        # Links to one actor are one source, whatever a report calls it. Asked role by role,
        # the index has them in order.
        selects += [
            select(link.role, link.actor_id, null().label("name"), n, *none)
            .where(s.CITED, link.role == word, link.actor_id.is_not(None))
            .group_by(link.role, link.actor_id),
            select(link.role, link.actor_id, link.name, n, *none)
            .where(s.CITED, link.role == word, link.actor_id.is_(None))
            .group_by(link.role, link.actor_id, link.name),
        ]
    return union_all(*selects).subquery("each")


def _outlets() -> AnySelect:
    """Select outlets with what their reports state; each statement begins with its outlet."""
    d, read = s.documents.c, s.statements.c
    by_report = select(read.document_id, func.count().label("n")).group_by(read.document_id)
    stated = by_report.subquery("stated")
    gone = by_report.where(read.statement_id.in_(rejected())).subquery("gone")
    left = stated.c.n - func.coalesce(gone.c.n, 0)
    day = case((left > 0, published_shown()))
    outlet = outlet_of_report()
    return (
        select(
            literal("outlet").label("role"), null().label("actor_id"), outlet.label("name"),
            func.sum(left).label("n"), func.sum(case((left > 0, 1), else_=0)).label("n_documents"),
            func.min(day).label("first"), func.max(day).label("last"),
        )
        .select_from(
            stated.join(s.documents, d.document_id == stated.c.document_id)
            .outerjoin(gone, gone.c.document_id == stated.c.document_id)
        )
        .group_by(outlet)
    )  # fmt: skip


def _key(row: Any) -> _Key:
    return row.role, row.actor_id, None if row.actor_id else row.name


def _cited(connection: Connection, shown: Sequence[Any]) -> dict[_Key, Any]:
    """Return what rests on those of the sources that are links behind an outlet."""
    link, d = s.chain.c, s.documents.c
    gone = rejected().subquery("gone")
    links = s.chain.join(s.documents, d.document_id == link.document_id).outerjoin(
        gone, gone.c.applies_to == link.statement_id
    )

    def standing(column: ColumnElement[Any]) -> ColumnElement[Any]:
        return case((gone.c.applies_to.is_(None), column))

    found: dict[_Key, Any] = {}
    by_actor = {row.actor_id for row in shown if row.actor_id}
    by_name = {row.name for row in shown if not row.actor_id and row.n_documents is None}
    for known, values, key in (
        (link.actor_id.in_(by_actor), by_actor, (link.role, link.actor_id)),
        (
            link.actor_id.is_(None) & link.name.in_(by_name), by_name,
            (link.role, link.actor_id, link.name),
        ),
    ):  # fmt: skip
        if not values:
            continue
        rows = connection.execute(
            select(
                link.role, link.actor_id, func.min(link.name).label("name"),
                func.max(case((link.named, 1), else_=0)).label("named"),
                func.count(func.distinct(standing(link.statement_id))).label("n_statements"),
                func.count(func.distinct(standing(link.document_id))).label("n_documents"),
                func.min(standing(published_shown())).label("first"),
                func.max(standing(published_shown())).label("last"),
            )
            .select_from(links)
            .where(s.CITED, link.role.in_(ROLES), known)
            .group_by(*key)
        )  # fmt: skip
        found |= {_key(row): row for row in rows}
    return found


def _row(row: Any, cited: Any) -> SourceRow:
    if row.n_documents is not None:
        named, counted, n_statements = int(row.name != UNKNOWN_OUTLET), row, row.n
    else:
        named, counted, n_statements = cited.named, cited, cited.n_statements
    return SourceRow(
        source=row.source, role=row.role, source_id=row.actor_id, named=named,
        n_statements=n_statements, n_documents=counted.n_documents,
        first_published=counted.first, last_published=counted.last,
    )  # fmt: skip
