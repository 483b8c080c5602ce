"""Count what the record holds, as the first page shows it.

Everything here is answered from indexes, so that it costs milliseconds on a
record of a hundred thousand statements.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select, union_all
from sqlalchemy.sql.selectable import FromClause

from onrecord.record import schema as s
from onrecord.record.dialects import first_day
from onrecord.record.filters import day_of, overlaps, reported
from onrecord.record.paging import Found, ids_of
from onrecord.record.rows import EventRow
from onrecord.record.said import live_reviews
from onrecord.record.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much of what.

    Attributes:
        n_documents: Reports that were read, copies included; `n_copies` of them are near
            copies of another, `n_failed` more could not be read.
        n_outlets: Different publishers.
        n_statements: `n_events` + `n_relations` + `n_quantities`, rejected ones included.
        n_quotes: Attributions.
        n_actors: Actors with a proper name.
        n_reviews: Verdicts of people that stand.
        first_published: First day of publication, None when no report has one.
    """

    n_documents: int
    n_copies: int
    n_failed: int
    n_outlets: int
    n_events: int
    n_relations: int
    n_quantities: int
    n_quotes: int
    n_actors: int
    n_reviews: int
    first_published: str | None
    last_published: str | None

    @property
    def n_statements(self) -> int:
        """Return events, relations and figures together."""
        return self.n_events + self.n_relations + self.n_quantities


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How many events of one type fall on one day.

    Attributes:
        day: First day the event may have happened, else the day of publication.
    """

    day: str
    type: str
    n_events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveActor:
    """An actor and how many statements it is subject or object of, in how many reports."""

    actor_id: str
    name: str
    kind: str
    country: str
    n_statements: int
    n_documents: int


def counts(store: Store) -> Counts:
    """Return how much the record holds."""
    d, read = s.documents.c, s.statements.c
    with store.reading() as connection:
        by_kind = connection.execute(select(read.kind, func.count()).group_by(read.kind))
        of_kind: dict[str, int] = {row[0]: row[1] for row in by_kind}
        n_read, n_copies, n_outlets, first, last = connection.execute(
            select(
                func.count(), func.count(d.copy_of), func.count(func.distinct(d.publisher)),
                func.min(first_day(d.published)), func.max(first_day(d.published)),
            ).where(d.status == "read")
        ).one()  # fmt: skip
        return Counts(
            n_documents=n_read,
            n_copies=n_copies,
            n_failed=_count(connection, d.document_id, d.status == "failed"),
            n_outlets=n_outlets,
            n_events=of_kind.get("event", 0),
            n_relations=of_kind.get("relation", 0),
            n_quantities=of_kind.get("quantity", 0),
            n_quotes=_count(connection, s.attributions.c.attribution_id),
            n_actors=_count(connection, s.actors.c.actor_id, s.actors.c.named),
            n_reviews=_count(
                connection,
                s.reviews.c.review_id,
                s.reviews.c.undone_by.is_(None),
                s.reviews.c.verdict != "undo",
            ),
            first_published=first,
            last_published=last,
        )


def _count(connection: Connection, key: object, *found: object) -> int:
    return connection.scalar(select(func.count(key)).where(*found)) or 0  # type: ignore[arg-type]


def events_by_day(store: Store) -> tuple[DayCount, ...]:
    """Return how many events of each type each day has, first day first; rejected ones left out."""
    read = s.statements.c
    live = live_reviews().subquery("live")
    rejected = select(live.c.applies_to).where(live.c.verdict == "reject")
    found = (read.kind == "event", read.day.is_not(None))
    each = select(read.day, read.type, func.count()).where(*found).group_by(read.day, read.type)
    with store.reading() as connection:
        n_of = {(row[0], row[1]): row[2] for row in connection.execute(each)}
        # Few are rejected; looked up apart, the rest is counted from one index.
        for row in connection.execute(each.where(read.statement_id.in_(rejected))):
            n_of[row[0], row[1]] -= row[2]
    return tuple(
        DayCount(day=day, type=type_, n_events=n) for (day, type_), n in sorted(n_of.items()) if n
    )


def most_active(store: Store, *, limit: int = 8) -> tuple[ActiveActor, ...]:
    """Return the named actors of most statements, most first."""
    read, a = s.statements.c, s.actors.c
    # Grouped by role only, so that the index of each role answers alone.
    takes_part = union_all(
        *(
            select(role.label("actor_id"), func.count().label("n"))
            .where(role.is_not(None))
            .group_by(role)
            for role in (read.subject_actor_id, read.object_actor_id)
        )
    ).subquery("takes_part")
    times = func.sum(takes_part.c.n)
    with store.reading() as connection:
        busiest = connection.execute(
            select(a.actor_id, a.name, a.kind, a.country, times.label("n"))
            .join(s.actors, a.actor_id == takes_part.c.actor_id)
            .where(a.named)
            .group_by(a.actor_id)
            .order_by(times.desc(), a.name)
            .limit(limit)
        ).all()
        reports = dict[str, int]()
        for row in busiest:
            spoken = select(func.count(func.distinct(s.entities.c.document_id))).where(
                s.entities.c.actor_id == row.actor_id
            )
            reports[row.actor_id] = connection.scalar(spoken) or 0
    return tuple(
        ActiveActor(
            actor_id=row.actor_id,
            name=row.name,
            kind=row.kind,
            country=row.country,
            n_statements=row.n,
            n_documents=reports[row.actor_id],
        )
        for row in busiest
    )


def newest_events(store: Store, *, limit: int = 8) -> tuple[EventRow, ...]:
    """Return the latest events that are likely right, none after the last publication.

    What is announced for later is news, but not what happened last.
    """
    last = last_published(store)

    def fit(_: Connection, view: FromClause) -> list[ColumnElement[bool]]:
        sure = reported(view, publisher=None, min_confidence=0.6, document=None, copies=True)
        return sure + overlaps(view, None, last)

    with store.reading() as connection:
        # Nobody asks here how many there are, which costs more than to find the latest.
        found = Found(connection, "events", fit)
        ids = ids_of(connection, [found], order="newest", limit=limit, offset=0)
        rows = found.rows(EventRow, ids)
    return tuple(rows[key] for key in ids)


def last_published(store: Store) -> str | None:
    """Return the day of the latest report, None when no report has one."""
    with store.reading() as connection:
        last = connection.scalar(select(func.max(s.documents.c.published)))
    return None if last is None else day_of(last)
