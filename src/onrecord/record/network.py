"""Give who is tied to whom: events and relations with two known parties, counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select
from sqlalchemy.sql.selectable import FromClause

from onrecord.record import schema as s
from onrecord.record.filters import Day, Values, actor_ids_of, one_of, overlaps
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
    """

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    complete: bool


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
        limit: Most statements to look at.

    Raises:
        QueryError: A filter does not make sense.
    """
    found = _Found(limit)
    narrow = _Narrow(type, since, until, factuality, status)
    with store.reading() as connection:
        if actor is None:
            found.add(_rows(connection, None, limit, narrow))
            centre: list[str] = []
        else:
            centre = actor_ids_of(connection, actor)
            reached, ahead = set(centre), list(centre)
            found.steps |= dict.fromkeys(centre, 0)
            for step in range(1, steps + 1):
                if not ahead:
                    break
                found.add(_rows(connection, ahead, limit, narrow))
                ahead = sorted(found.actors - reached)
                found.steps |= dict.fromkeys(ahead, step)
                reached |= set(ahead)
        return found.network(connection, centre)


@dataclass(frozen=True, slots=True)
class _Narrow:
    """The filters of a network, as `network` takes them."""

    type: Values | None
    since: Day | None
    until: Day | None
    factuality: Values | None
    status: Values | None

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


def _rows(
    connection: Connection, actor_ids: Sequence[str] | None, limit: int, narrow: _Narrow
) -> list[dict[str, Any]]:
    read = s.statements.c
    wanted = select(read.statement_id).where(
        read.kind.in_(("event", "relation")),
        read.subject_actor_id.is_not(None),
        read.object_actor_id.is_not(None),
    )
    if actor_ids is not None:
        some = actor_ids[:limit]
        wanted = wanted.where(or_(read.subject_actor_id.in_(some), read.object_actor_id.in_(some)))
    rows: list[dict[str, Any]] = []
    for name, kind, who, whom in (
        ("events", "event", "actor_id", "recipient_id"),
        ("relations", "relation", "subject_id", "object_id"),
    ):
        reviewed = connection.scalar(reviewed_rows(kind).limit(1)) is not None
        view = view_table(name) if reviewed else as_read(name)
        c = view.c
        found = connection.execute(
            select(
                c.statement_id, c[who].label("subject_id"), c[whom].label("object_id"), c.type,
                c.factuality, c.document_id, c.published,
            )
            .where(
                c.statement_id.in_(wanted.where(read.kind == kind)),
                c[who].is_not(None), c[whom].is_not(None), c[who] != c[whom],
                *narrow.conditions(view, kind),
            )
            .limit(limit)
        )  # fmt: skip
        rows += [{"kind": kind, **row} for row in found.mappings()]
    return rows


class _Found:
    """Statements found so far, each once."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.rows: dict[str, dict[str, Any]] = {}
        self.steps: dict[str, int] = {}

    @property
    def actors(self) -> set[str]:
        return {row[end] for row in self.rows.values() for end in ("subject_id", "object_id")}

    def add(self, rows: Sequence[dict[str, Any]]) -> None:
        self.rows |= {row["statement_id"]: row for row in rows}

    def network(self, connection: Connection, centre: Sequence[str]) -> Network:
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        weight: dict[str, int] = defaultdict(int)
        for row in self.rows.values():
            key = ("subject_id", "object_id", "kind", "type", "factuality")
            groups[tuple(row[k] for k in key)].append(row)
            weight[row["subject_id"]] += 1
            weight[row["object_id"]] += 1
        ties = [
            Tie(
                subject_id=key[0], object_id=key[1], kind=key[2], type=key[3], factuality=key[4],
                n_statements=len(rows),
                n_documents=len({row["document_id"] for row in rows}),
                statement_id=max(rows, key=lambda r: (r["published"] or "", r["statement_id"]))[
                    "statement_id"
                ],
            )
            for key, rows in groups.items()
        ]  # fmt: skip
        a = s.actors.c
        ids = sorted(self.actors | set(centre))
        named = [
            row
            for start in range(0, len(ids), 500)
            for row in connection.execute(
                select(a.actor_id, a.name, a.kind, a.country).where(
                    a.actor_id.in_(ids[start : start + 500])
                )
            )
        ]
        nodes = [
            Node(
                actor_id=row.actor_id, name=row.name, kind=row.kind, country=row.country,
                steps=self.steps.get(row.actor_id, 1), n_statements=weight[row.actor_id],
            )
            for row in named
        ]  # fmt: skip
        return Network(
            nodes=tuple(sorted(nodes, key=lambda n: (-n.n_statements, n.name, n.actor_id))),
            ties=tuple(
                sorted(ties, key=lambda t: (-t.n_statements, t.subject_id, t.object_id, t.type))
            ),
            complete=len(self.rows) < self.limit,
        )
