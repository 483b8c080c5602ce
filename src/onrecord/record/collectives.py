"""Give the members of collectives: whom "the two governments" or a family's name stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, Text, cast, func, select

from onrecord.record import schema as s
from onrecord.record.components import in_parts

# What an empty list is written as.
_NONE = "[]"


def members_of(connection: Connection, actor_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the members of those actors that are collectives.

    Args:
        connection: A connection.
        actor_ids: Any actors.

    Returns:
        Actor id of a collective -> actor ids of its members with their names, in the order
        in which the report names them.
    """
    e, a = s.entities.c, s.actors.c
    entities: dict[str, list[str]] = defaultdict(list)
    for some in in_parts(actor_ids):
        for row in connection.execute(
            select(e.actor_id, e.members)
            .where(e.actor_id.in_(some), func.length(cast(e.members, Text)) > len(_NONE))
            .order_by(e.entity_id)
        ):
            entities[row.actor_id] += row.members
    actors: dict[str, tuple[str, str]] = {}
    for some in in_parts(sorted({member for members in entities.values() for member in members})):
        for entity_id, actor_id, name in connection.execute(
            select(e.entity_id, a.actor_id, a.name)
            .join(s.actors, a.actor_id == e.actor_id)
            .where(e.entity_id.in_(some))
        ):
            actors[entity_id] = (actor_id, name)
    return {
        actor_id: dict(actors[member] for member in members if member in actors)
        for actor_id, members in entities.items()
    }
