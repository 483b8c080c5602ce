"""Give who is tied to whom: events and relations with two known parties, counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.selectable import FromClause, Subquery

from onrecord.record import schema as s
from onrecord.record.components import in_parts
from onrecord.record.filters import Day, Values, actor_ids_of, one_of, overlaps, sure
from onrecord.record.said import reviewed_rows
from onrecord.record.store import Store
from onrecord.record.views import as_read, view_table

# Above this a picture says nothing, and a list is shown instead.
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """All statements of one type from one actor towards another.

    Attributes:
        kind: event or relation.
        type: PLOVER or relation type.
        factuality: asserted, denied, planned, ...
        n_statements: How many statements; `n_documents`: in how many reports.
        statement_id: One of them, the latest.
    """

    subject_id: str
    object_id: str
    kind: str
    type: str
    factuality: str
    n_statements: int
    n_documents: int
    statement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor of a network.

    Attributes:
        steps: How far it is from the centre: 0 for the centre itself.
        n_statements: Statements that tie it to others in this network.
    """

    actor_id: str
    name: str
    kind: str
    country: str
    steps: int
    n_statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Actors and their ties.

    Attributes:
        nodes: Actors, those with most ties first.
        ties: Their ties.
        complete: False when there were more statements than were looked at.
        n_unsure: Statements left out because they are less sure than was asked for.
    """

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    complete: bool
    n_unsure: int = 0


def network(
    store: Store,
    *,
    actor: str | None = None,
    steps: int = 1,
    type: Values | None = None,  # noqa: A002 - the column's name
    since: Day | None = None,
    until: Day | None = None,
    factuality: Values | None = None,
    status: Values | None = None,
    least: Mapping[str, float] | None = None,
    limit: int = MOST_ROWS,
) -> Network:
    """Return who is tied to whom around one actor, or in the whole record.

    Args:
        store: The record.
        actor: The centre: an actor id or any of its names; None for everybody.
        steps: How many ties away from the centre.
        type: PLOVER or relation types, any case.
        since: First day of the statements.
        until: Last day, inclusive.
        factuality: asserted, denied, planned, possible, conditional.
        status: Only what stands in a claim of this status: disputed, corroborated,
            retracted, single_source.
        least: The confidence, 0 to 1, that an "event" and a "relation" must have to be a tie,
            unless a person vouched for it; without one, any will do.
        limit: Most statements of a kind to look at.

    Raises:
        QueryError: A filter does not make sense.
    """
    narrow = _Narrow(type, since, until, factuality, status, least or {})
    with store.reading() as connection:
        if actor is None:
            return _network(connection, _stated(connection, None, narrow, limit), {}, limit)
        distance = dict.fromkeys(actor_ids_of(connection, actor), 0)
        # Whom the last step reaches follows from its ties.
        for step in range(1, steps):
            ahead = [key for key, far in distance.items() if far == step - 1][:limit]
            rows = _stated(connection, ahead, narrow, limit)
            pairs = select(rows.c.subject_id, rows.c.object_id).where(rows.c.sure == 1).distinct()
            for pair in connection.execute(pairs).all():
                for key in pair:
                    distance.setdefault(key, step)
        inside = [key for key, far in distance.items() if far < steps][:limit]
        return _network(connection, _stated(connection, inside, narrow, limit), distance, limit)


@dataclass(frozen=True, slots=True)
class _Narrow:
    """The filters of a network, as `network` takes them."""

    type: Values | None
    since: Day | None
    until: Day | None
    factuality: Values | None
    status: Values | None
    least: Mapping[str, float]

    def conditions(self, view: FromClause, kind: str) -> list[ColumnElement[bool]]:
        c = view.c
        found = one_of(c.type, self.type, fold=str.upper if kind == "event" else str.lower)
        found += one_of(c.factuality, self.factuality, fold=str.lower)
        found += overlaps(view, self.since, self.until)
        if self.status is not None:
            member = s.claim_statements.c
            standing = (
                select(member.statement_id)
                .join(s.claims, s.claims.c.claim_id == member.claim_id)
                .where(*one_of(s.claims.c.status, self.status, fold=str.lower))
            )
            found.append(c.statement_id.in_(standing))
        return found


def _stated(
    connection: Connection, inside: Sequence[str] | None, narrow: _Narrow, limit: int
) -> Subquery:
    """Select the statements that tie two actors, with whether each is `sure` enough.

    Args:
        connection: A connection to the record.
        inside: Actors of whom each has one; None for all.
        narrow: What the statements are narrowed to.
        limit: Most of a kind.
    """
    a, among = s.actors.c, None
    if inside is not None:
        among = select(a.actor_id).where(a.actor_id.in_(inside)).cte("inside")
    selects = []
    for name, kind, who, whom in (
        ("events", "event", "actor_id", "recipient_id"),
        ("relations", "relation", "subject_id", "object_id"),
    ):
        reviewed = reviewed_rows(kind)
        judged = connection.scalar(reviewed.limit(1)) is not None
        rows = []
        # As they were read, by index; the few that people judged as they left them.
        for view in (as_read(name), view_table(name)) if judged else (as_read(name),):
            c = view.c
            found = [c[who].is_not(None), c[whom].is_not(None), c[who] != c[whom]]
            if among is not None:
                found.append(or_(*(c[end].in_(select(among)) for end in (who, whom))))
            if judged:
                said = c.statement_id.in_(reviewed)
                found.append(said if view is not as_read(name) else ~said)
            enough = sure(view, narrow.least[kind]) if kind in narrow.least else true()
            rows.append(
                select(
                    c[who].label("subject_id"), c[whom].label("object_id"),
                    literal(kind).label("kind"), c.type, c.factuality, c.document_id,
                    func.coalesce(c.published, "").label("published"), c.statement_id,
                    case((enough, 1), else_=0).label("sure"),
                ).where(*found, *narrow.conditions(view, kind))
            )  # fmt: skip
        selects.append(select(union_all(*rows).subquery()).limit(limit).subquery())
    return union_all(*(select(some) for some in selects)).subquery("stated")


def _network(
    connection: Connection, stated: Subquery, distance: Mapping[str, int], limit: int
) -> Network:
    """Return the network of some statements; `distance` is that of actors from the centre."""
    c = stated.c
    key = (c.subject_id, c.object_id, c.kind, c.type, c.factuality)
    # Days sort as text, and the identifier settles ties.
    latest = func.max(c.published + " " + c.statement_id)
    ties: list[Tie] = []
    weight: dict[str, int] = defaultdict(int)
    n_all, n_unsure = 0, 0
    counted = select(
        *key, func.count(), func.count(func.distinct(c.document_id)), latest, c.sure
    ).group_by(*key, c.sure)
    for (
        subject_id,
        object_id,
        kind,
        type_,
        factuality,
        n,
        n_documents,
        last,
        enough,
    ) in connection.execute(counted).all():
        n_all += n
        if not enough:
            n_unsure += n
            continue
        weight[subject_id] += n
        weight[object_id] += n
        ties.append(
            Tie(
                subject_id=subject_id, object_id=object_id, kind=kind, type=type_,
                factuality=factuality, n_statements=n, n_documents=n_documents,
                statement_id=last.rpartition(" ")[2],
            )
        )  # fmt: skip
    farthest = max(distance.values(), default=0) + 1
    a = s.actors.c
    ids = sorted({*weight, *(key for key, far in distance.items() if far == 0)})
    nodes = [
        Node(
            actor_id=actor_id, name=name, kind=kind, country=country,
            steps=distance.get(actor_id, farthest), n_statements=weight[actor_id],
        )
        for some in in_parts(ids)
        for actor_id, name, kind, country in connection.execute(
            select(a.actor_id, a.name, a.kind, a.country).where(a.actor_id.in_(some))
        ).all()
    ]  # fmt: skip
    return Network(
        nodes=tuple(sorted(nodes, key=lambda n: (-n.n_statements, n.name, n.actor_id))),
        ties=tuple(
            sorted(ties, key=lambda t: (-t.n_statements, t.subject_id, t.object_id, t.type))
        ),
        complete=n_all < limit,
        n_unsure=n_unsure,
    )
