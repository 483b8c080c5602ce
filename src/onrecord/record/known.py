"""Take lists of known actors into the record; names that fit become these actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from onrecord.model.known import KnownActor
from onrecord.record import identity_tables as t
from onrecord.record.components import in_parts
from onrecord.record.identity import settle_identities, write_profiles
from onrecord.record.store import Store
from onrecord.resolve.profiles import Profile, keys_of, known_profile

_AT_ONCE = 1000


def import_actors(store: Store, actors: Iterable[KnownActor], *, source: str) -> tuple[int, int]:
    """Write the actors of a list and join the record's actors to them.

    Importing a list again replaces what it said before about the same identifiers.

    Args:
        store: The record.
        actors: The list.
        source: Where it comes from, as shown to people.

    Returns:
        How many identities were read, and how many entities of reports changed their actor.

    Raises:
        ReadError: The list turns out to be broken; what came before is kept.
    """
    count = 0
    concerned: set[str] = set()
    for some in _batches(actors):
        with store.writing() as connection:
            t.ensure_tables(connection)
            concerned |= _write(connection, store, some, source)
        count += len(some)
    return count, settle_identities(store, anew=concerned)


def _batches(actors: Iterable[KnownActor]) -> Iterator[list[KnownActor]]:
    some: list[KnownActor] = []
    for actor in actors:
        some.append(actor)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _write(connection: Connection, store: Store, actors: list[KnownActor], source: str) -> set[str]:
    rows: dict[str, dict[str, Any]] = {}
    profiles: dict[str, Profile] = {}
    for actor in actors:
        profile = known_profile(actor.known_id, actor.names, actor.kind, actor.country)
        if profile is None:
            continue
        profiles[profile.profile_id] = profile
        rows[actor.known_id] = _row(actor, source) | {"at": store.now()}
    c, p, k = t.known_actors.c, t.profiles.c, t.keys.c
    stale: set[str] = set()
    for some in in_parts(sorted(profiles)):
        held = connection.scalars(select(p.profile_id).where(p.profile_id.in_(some))).all()
        for part in in_parts(held):
            stale |= set(
                connection.scalars(select(p.profile_id).where(p.actor_id.in_(part), p.known == ""))
            )
            connection.execute(t.keys.delete().where(k.profile_id.in_(part)))
            connection.execute(t.profiles.delete().where(p.profile_id.in_(part)))
    for some in in_parts(sorted(rows)):
        connection.execute(t.known_actors.delete().where(c.known_id.in_(some)))
    if rows:
        connection.execute(t.known_actors.insert(), list(rows.values()))
    write_profiles(connection, profiles.values())
    return stale | _sharing(connection, profiles.values())


def _row(actor: KnownActor, source: str) -> dict[str, Any]:
    ids = [[actor.scheme, actor.identifier], *map(list, actor.external_ids)]
    return {
        "known_id": actor.known_id, "scheme": actor.scheme, "identifier": actor.identifier,
        "name": actor.names[0], "kind": actor.kind, "country": actor.country,
        "sector": actor.sector, "names": list(actor.names), "external_ids": ids,
        "roles": [
            [
                role.country + role.sector.replace(",", ""),
                role.since.isoformat() if role.since else None,
                role.until.isoformat() if role.until else None,
            ]
            for role in actor.roles
        ],
        "source": source,
    }  # fmt: skip


def _sharing(connection: Connection, profiles: Iterable[Profile]) -> set[str]:
    """Return the record's own profiles that share a key with profiles of a list."""
    keys = sorted({key for profile in profiles for key in keys_of(profile)})
    k, p = t.keys.c, t.profiles.c
    found: set[str] = set()
    for some in in_parts(keys):
        found |= set(
            connection.scalars(
                select(k.profile_id)
                .join(t.profiles, p.profile_id == k.profile_id)
                .where(k.key.in_(some), p.known == "")
                .distinct()
            )
        )
    return found
