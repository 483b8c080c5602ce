"""Read entities back with their names, many documents at a time."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, Connection, select

from onrecord.model.actor import Alias, Entity
from onrecord.record import schema as s
from onrecord.record.components import in_parts


def load_entities(connection: Connection, condition: ColumnElement[bool]) -> list[Entity]:
    """Return entities with their names, by entity id."""
    e, a = s.entities.c, s.aliases.c
    rows = connection.execute(select(s.entities).where(condition).order_by(e.entity_id)).all()
    names: dict[str, list[Alias]] = defaultdict(list)
    for some in in_parts([row.entity_id for row in rows]):
        for alias in connection.execute(
            select(a.entity_id, a.alias, a.how).where(a.entity_id.in_(some)).order_by(a.number)
        ):
            names[alias.entity_id].append(Alias(alias.alias, alias.how, None))
    return [
        Entity(
            row.entity_id, row.document_id, row.name, row.kind, row.named, row.country,
            row.sector, tuple(names[row.entity_id]), tuple(row.titles),
            tuple(row.members),
        )
        for row in rows
    ]  # fmt: skip
