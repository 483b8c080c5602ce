"""Say what actors are: by most of their entities, or by the list they were imported from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, select

from onrecord.record import identity_tables as t
from onrecord.record import schema as s
from onrecord.record.components import in_parts
from onrecord.record.filters import fold_name

# A country that fewer than one report in so many tells is a slip.
_HARDLY_ANY = 10


def describe_actors(connection: Connection, actor_ids: Sequence[str]) -> None:
    """Give actors the kind and country most of their entities have, or those of the list."""
    e, a, p, known = s.entities.c, s.actors.c, t.profiles.c, t.known_actors.c
    for some in in_parts(actor_ids):
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        countries: dict[str, Counter[str]] = defaultdict(Counter)
        for row in connection.execute(
            select(e.actor_id, e.kind, e.country, func.count().label("n"))
            .where(e.actor_id.in_(some))
            .group_by(e.actor_id, e.kind, e.country)
        ):
            # "organisation" and "other" are what a name is called for want of better.
            kinds[row.actor_id][row.kind] += row.n * (1 if row.kind in _VAGUE else 3)
            countries[row.actor_id][row.country] += row.n
        updates = [
            {
                "which": actor_id, "kind": _most(kinds[actor_id]),
                "country": _told_country(countries[actor_id]),
            }
            for actor_id in some if kinds[actor_id]
        ]  # fmt: skip
        if updates:
            connection.execute(
                s.actors.update()
                .where(a.actor_id == bindparam("which"), a.actor_id.is_not(None))
                .values(kind=bindparam("kind"), country=bindparam("country"), external_ids=[]),
                updates,
            )
        # Names that no report gives are found too, as long as reports speak of the actor.
        alias = s.aliases.c
        connection.execute(
            s.aliases.delete().where(alias.actor_id.in_(some), alias.entity_id.is_(None))
        )
        from_list = connection.execute(
            select(p.actor_id, t.known_actors)
            .join(t.known_actors, known.known_id == p.known)
            .where(p.actor_id.in_([actor_id for actor_id in some if kinds[actor_id]]))
        ).all()
        if from_list:
            connection.execute(
                s.aliases.insert(),
                [
                    {"actor_id": row[0], "alias": n, "normal": fold_name(n), "how": "curated"}
                    for row in from_list
                    for n in row.names
                ],
            )
            connection.execute(
                s.actors.update()
                .where(a.actor_id == bindparam("which"))
                .values(
                    name=bindparam("name_"), kind=bindparam("kind_"), country=bindparam("country_"),
                    sector=bindparam("sector_"), external_ids=bindparam("ids"),
                ),
                [
                    {
                        "which": row[0], "name_": row.name, "kind_": row.kind,
                        "country_": row.country, "sector_": row.sector, "ids": row.external_ids,
                    }
                    for row in from_list
                ],
            )  # fmt: skip


_VAGUE = frozenset({"organisation", "other"})


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda word: (-counted[word], word))


def _told_country(counted: Counter[str]) -> str:
    """Return the country most reports tell, empty when hardly any tells one."""
    told = {country: n for country, n in counted.items() if country}
    best = min(told, key=lambda country: (-told[country], country), default="")
    return best if best and told[best] * _HARDLY_ANY >= counted.total() else ""
