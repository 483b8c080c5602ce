"""Give every entity of a document its actor of the record.

A report is written with what is known by then: the actor that its name was
settled to by earlier runs, else one made of name, kind and country; entities
whose names say too little ("the gunmen", "the regime") stay alone. When the
run ends, `identity.settle_identities` looks at all names together. A `Store`
takes any other rule with the same signature.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select

from onrecord.model.actor import Entity
from onrecord.model.identifier import content_id
from onrecord.record import identity_tables as t
from onrecord.record import schema as s
from onrecord.record.components import in_parts
from onrecord.record.dialects import insert_adding
from onrecord.resolve.profiles import profile_of

AssignActors = Callable[[Connection, Sequence[Entity]], Mapping[str, str]]
"""From the entities of one document to the actor of each, by entity id.

The function may look at the record but does not write to it.
"""

_MOST_PARAMETERS = 500


def actors_by_name(connection: Connection, entities: Sequence[Entity]) -> dict[str, str]:
    """Return the actor of each entity as far as its name tells before a run ends."""
    profiles = {e.entity_id: profile_of(e) for e in entities}
    wanted = sorted({p.profile_id for p in profiles.values() if p is not None})
    settled: dict[str, str] = {}
    scattered: set[str] = set()
    if wanted and t.has_identity(connection):
        c = t.profiles.c
        for some in in_parts(wanted):
            for row in connection.execute(
                select(c.profile_id, c.actor_id, c.scattered)
                .join(s.actors, s.actors.c.actor_id == c.actor_id)
                .where(c.profile_id.in_(some))
            ):
                settled[row.profile_id] = row.actor_id
                if row.scattered:
                    scattered.add(row.profile_id)
    found = {}
    for entity in entities:
        profile = profiles[entity.entity_id]
        if profile is None or profile.profile_id in scattered:
            found[entity.entity_id] = content_id("ac", entity.entity_id)
        else:
            found[entity.entity_id] = settled.get(profile.profile_id, profile.base)
    return found


def actor_rows(entities: Iterable[Entity], actor_of: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a row of `actors` for each actor of `entities`; `settle_names` names them."""
    rows: dict[str, dict[str, Any]] = {}
    for entity in entities:
        actor_id = actor_of[entity.entity_id]
        rows.setdefault(
            actor_id,
            {
                "actor_id": actor_id,
                "name": entity.name,
                "kind": entity.kind,
                "country": entity.country,
                "sector": entity.sector,
                "named": entity.named,
                "external_ids": [],
            },
        )
    return list(rows.values())


def count_names(
    connection: Connection, names: Iterable[tuple[str, str, str]], step: int
) -> set[str]:
    """Add `step` to how often each (actor id, name, sector) was read.

    Returns:
        The actors whose counts changed.
    """
    counted = Counter(names)
    if counted:
        rows = [
            {"actor_id": actor_id, "name": name, "sector": sector, "n": step * n}
            for (actor_id, name, sector), n in sorted(counted.items())
        ]
        connection.execute(insert_adding(connection, s.actor_names, "n"), rows)
    return {actor_id for actor_id, _, _ in counted}


def settle_names(connection: Connection, actor_ids: Iterable[str]) -> None:
    """Name actors by their most used name, and drop those that nothing speaks of any more."""
    ids = sorted(actor_ids)
    for start in range(0, len(ids), _MOST_PARAMETERS):
        _settle(connection, ids[start : start + _MOST_PARAMETERS])


def _settle(connection: Connection, ids: list[str]) -> None:
    c = s.actor_names.c
    connection.execute(s.actor_names.delete().where(c.actor_id.in_(ids), c.n <= 0))
    names: dict[str, Counter[str]] = defaultdict(Counter)
    sectors: dict[str, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(select(s.actor_names).where(c.actor_id.in_(ids))):
        names[row.actor_id][row.name] += row.n
        sectors[row.actor_id][row.sector] += row.n if row.sector else 0
    current = connection.execute(select(s.actors).where(s.actors.c.actor_id.in_(ids))).all()
    changed, orphans = [], []
    for actor in current:
        if not names[actor.actor_id]:
            orphans.append(actor.actor_id)
            continue
        name, sector = _most_used(names[actor.actor_id]), _most_used(sectors[actor.actor_id])
        if (name, sector) != (actor.name, actor.sector) and not actor.external_ids:
            changed.append({"which": actor.actor_id, "name": name, "sector": sector})
    if changed:
        connection.execute(
            s.actors.update()
            .where(s.actors.c.actor_id == bindparam("which"))
            .values(name=bindparam("name"), sector=bindparam("sector")),
            changed,
        )
    if orphans:
        _drop_orphans(connection, orphans)


def _most_used(counted: Counter[str]) -> str:
    # Equal counts: the smallest, so that the order of reading does not matter.
    return min(counted, key=lambda word: (-counted[word], word))


def _drop_orphans(connection: Connection, orphans: list[str]) -> None:
    actor = s.actors.c.actor_id
    spoken_of = [
        exists().where(column == actor)
        for column in (
            s.entities.c.actor_id,
            s.aliases.c.actor_id,  # an imported name list
            s.claims.c.subject_actor_id,
            s.claims.c.object_actor_id,
        )
    ]
    connection.execute(
        s.actors.delete().where(actor.in_(orphans), *(~condition for condition in spoken_of))
    )
