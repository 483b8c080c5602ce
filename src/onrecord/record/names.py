"""Give the names of an actor, each with what ties it to the actor and where it was seen."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from onrecord.record import schema as s
from onrecord.record.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSeen:
    """One name of an actor.

    Attributes:
        alias: The name as written.
        how: What ties it to the actor: spelling, acronym, apposition, title, curated, reviewer.
        n_documents: Reports that write it so.
        document_id: One of these reports, None for what is known beforehand.
        title: Its title.
        start: Where the name stands in that report, in code points; None if nowhere.
    """

    alias: str
    how: str
    n_documents: int
    document_id: str | None
    title: str
    start: int | None


def names_of(store: Store, actor_id: str, *, limit: int = 100) -> tuple[NameSeen, ...]:
    """Return the names of an actor, most used first."""
    c, d = s.aliases.c, s.documents.c
    with store.reading() as connection:
        rows = connection.execute(
            select(
                c.alias,
                c.how,
                func.count(func.distinct(c.document_id)).label("n_documents"),
                func.min(c.number).label("number"),
            )
            .where(c.actor_id == actor_id)
            .group_by(c.alias, c.how)
            .order_by(func.count().desc(), c.alias)
            .limit(limit)
        ).all()
        seen = {
            row.number: row
            for row in connection.execute(
                select(c.number, c.document_id, c.start, d.title)
                .outerjoin(s.documents, d.document_id == c.document_id)
                .where(c.number.in_([row.number for row in rows]))
            )
        }
    return tuple(
        NameSeen(
            alias=row.alias,
            how=row.how,
            n_documents=row.n_documents,
            document_id=seen[row.number].document_id,
            title=seen[row.number].title or "",
            start=seen[row.number].start,
        )
        for row in rows
    )
