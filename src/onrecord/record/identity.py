"""Settle which entities of the record are one actor, after a run or a verdict.

One transaction sees to everything: it sums up what was written since the last
time, groups what is near to it, and points entities and all that refers to
them to their actors. Readers see the state before or after. A run that was
killed leaves entities unsettled, and the next one settles them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select

from onrecord.model.identifier import content_id
from onrecord.record import identity_tables as t
from onrecord.record import schema as s
from onrecord.record.actors import count_names, settle_names
from onrecord.record.components import forget_claims, in_parts
from onrecord.record.described import describe_actors
from onrecord.record.dialects import insert_new
from onrecord.record.entities import load_entities
from onrecord.record.identity_index import RecordIndex
from onrecord.record.merges import placed_apart, standing_verdicts, take_up_verdicts
from onrecord.record.store import Store
from onrecord.resolve.identity import Group, regroup
from onrecord.resolve.profile_index import Index, MemoryIndex
from onrecord.resolve.profiles import KEYS_VERSION, Profile, keys_of, profile_of, summed

_KEYS = "identity_keys"
_EMPTY = "unnamed, alone"
_LITTLE = "the name says too little to be shared between reports"


def settle_identities(store: Store, *, anew: Collection[str] = ()) -> int:
    """Bring the actors of all entities up to date.

    Args:
        store: The record.
        anew: Profiles to look at again though they did not change, for example because
            a person said something about them.

    Returns:
        How many entities changed their actor.
    """
    with store.writing() as connection:
        t.ensure_tables(connection)
        return _Settling(connection, store).settle(anew)


class _Settling:
    def __init__(self, connection: Connection, store: Store) -> None:
        self.connection = connection
        self.now = store.now()

    def settle(self, anew: Collection[str]) -> int:
        anew = {*anew, *take_up_verdicts(self.connection), *self._renew_keys()}
        new, told_anew = self._profile_entities()
        changed = self._changed_profiles(anew, told_anew)
        if not changed and not new:
            return 0
        verdicts = standing_verdicts(self.connection)
        groups = regroup(self._index(len(changed)), changed, verdicts) if changed else []
        return self._apply(groups, new)

    # --- what was written since ---

    def _renew_keys(self) -> set[str]:
        """Give profiles that an earlier version wrote the keys of this one; return their ids."""
        c = s.record_info.c
        held = self.connection.scalar(select(c.value).where(c.key == _KEYS))
        if held == KEYS_VERSION:
            return set()
        profiles = RecordIndex(self.connection).all_profiles()
        self.connection.execute(t.keys.delete())
        write_keys(self.connection, profiles)
        self.connection.execute(s.record_info.delete().where(c.key == _KEYS))
        self.connection.execute(s.record_info.insert(), {"key": _KEYS, "value": KEYS_VERSION})
        return {profile.profile_id for profile in profiles}

    def _profile_entities(self) -> tuple[set[str], set[str]]:
        """Give entities without a profile theirs; return the ids of both."""
        e, p = s.entities.c, t.entity_profiles.c
        pending = self.connection.scalars(
            select(e.entity_id)
            .outerjoin(t.entity_profiles, p.entity_id == e.entity_id)
            .where(p.entity_id.is_(None))
        ).all()
        apart = placed_apart(self.connection)
        told: set[str] = set()
        for some in in_parts(pending):
            rows = []
            for entity in load_entities(self.connection, e.entity_id.in_(some)):
                profile = profile_of(entity, apart.apart_of(entity))
                profile_id = None if profile is None else profile.profile_id
                rows.append({"entity_id": entity.entity_id, "profile_id": profile_id})
                told |= {profile_id} if profile_id is not None else set()
            self.connection.execute(t.entity_profiles.insert(), rows)
        return set(pending), told

    def _changed_profiles(self, anew: Collection[str], told: Collection[str]) -> list[Profile]:
        """Sum up the profiles whose entities came or went; return them, also those gone."""
        p, c = t.profiles.c, t.entity_profiles.c
        stored = {
            row.profile_id: row
            for row in self.connection.execute(select(p.profile_id, p.documents, p.known))
        }
        counted: dict[str, int] = {
            row.profile_id: row.n
            for row in self.connection.execute(
                select(c.profile_id, func.count().label("n"))
                .where(c.profile_id.is_not(None))
                .group_by(c.profile_id)
            )
        }
        differing = {i for i, n in counted.items() if i not in stored or stored[i].documents != n}
        # A report that was read again may tell other things of as many names.
        differing |= (set(anew) | set(told)) & counted.keys()
        gone = {i for i, row in stored.items() if i not in counted and not row.known}
        before = self._stored(sorted(gone | (differing & stored.keys())))
        now = dict(self._summed(sorted(differing)))
        self._write(now, gone, stored.keys())
        return [*before.values(), *now.values()]

    def _stored(self, ids: Sequence[str]) -> dict[str, Profile]:
        return RecordIndex(self.connection).profiles(ids)

    def _summed(self, ids: Sequence[str]) -> Iterator[tuple[str, Profile]]:
        apart = placed_apart(self.connection)
        e, c = s.entities.c, t.entity_profiles.c
        for some in in_parts(ids, 50):
            sightings: dict[str, list[Profile]] = defaultdict(list)
            wanted = e.entity_id.in_(select(c.entity_id).where(c.profile_id.in_(some)))
            for entity in load_entities(self.connection, wanted):
                profile = profile_of(entity, apart.apart_of(entity))
                if profile is not None:
                    sightings[profile.profile_id].append(profile)
            for profile_id, seen in sorted(sightings.items()):
                yield profile_id, summed(seen)

    def _write(
        self, now: Mapping[str, Profile], gone: Collection[str], stored: Collection[str]
    ) -> None:
        c, k = t.profiles.c, t.keys.c
        for some in in_parts(sorted(gone | now.keys())):
            self.connection.execute(t.keys.delete().where(k.profile_id.in_(some)))
        for some in in_parts(sorted(gone)):
            self.connection.execute(t.profiles.delete().where(c.profile_id.in_(some)))
        write_profiles(self.connection, now.values(), stored)

    def _index(self, changed: int) -> Index:
        index = RecordIndex(self.connection)
        total = self.connection.scalar(select(func.count()).select_from(t.profiles)) or 0
        # Asking for each profile would take longer than reading them all.
        if changed * 5 > total:
            return MemoryIndex(index.all_profiles(), index.neighbours, index.surroundings)
        return index

    # --- who they are now ---

    def _apply(self, groups: Iterable[Group], new: Collection[str]) -> int:
        p = t.profiles.c
        targets: dict[str, Group] = {i: group for group in groups for i in group.members}
        moved: set[str] = set()
        for some in in_parts(sorted(targets)):
            for row in self.connection.execute(
                select(p.profile_id, p.actor_id, p.scattered).where(p.profile_id.in_(some))
            ):
                group = targets[row.profile_id]
                if (row.actor_id, row.scattered) != (group.actor_id, group.scattered):
                    moved.add(row.profile_id)
        updates = [
            {"which": i, "actor": targets[i].actor_id, "scattered": targets[i].scattered}
            for i in sorted(moved)
        ]
        if updates:
            self.connection.execute(
                t.profiles.update()
                .where(p.profile_id == bindparam("which"))
                .values(actor_id=bindparam("actor"), scattered=bindparam("scattered")),
                updates,
            )
        entities = set(new)
        c = t.entity_profiles.c
        for some in in_parts(sorted(moved)):
            entities |= set(
                self.connection.scalars(select(c.entity_id).where(c.profile_id.in_(some)))
            )
        return _point(self.connection, sorted(entities), targets, self.now)


def _point(
    connection: Connection, entity_ids: Sequence[str], groups: Mapping[str, Group], at: Any
) -> int:
    """Point entities and all that refers to them to their actors; return how many moved."""
    e, p, c = s.entities.c, t.profiles.c, t.entity_profiles.c
    moves: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    documents: set[str] = set()
    names: Counter[tuple[str, str, str]] = Counter()
    rows_of: dict[str, dict[str, Any]] = {}
    for some in in_parts(entity_ids):
        for row in connection.execute(
            select(
                e.entity_id, e.document_id, e.name, e.kind, e.named, e.country, e.sector,
                e.actor_id, c.profile_id, p.actor_id.label("of_profile"), p.scattered,
                p.documents,
            )
            .join(t.entity_profiles, c.entity_id == e.entity_id)
            .outerjoin(t.profiles, p.profile_id == c.profile_id)
            .where(e.entity_id.in_(some))
        ):  # fmt: skip
            alone = row.profile_id is None or row.scattered
            actor_id = content_id("ac", row.entity_id) if alone else row.of_profile
            links.append(_link(row, actor_id, groups.get(row.profile_id), at))
            if actor_id == row.actor_id:
                continue
            moves.append({"which": row.entity_id, "actor": actor_id})
            documents.add(row.document_id)
            names[(row.actor_id, row.name, row.sector)] -= 1
            names[(actor_id, row.name, row.sector)] += 1
            rows_of.setdefault(
                actor_id,
                {
                    "actor_id": actor_id, "name": row.name, "kind": row.kind,
                    "country": row.country, "sector": row.sector, "named": row.named,
                    "external_ids": [],
                },
            )  # fmt: skip
    if rows_of:
        connection.execute(insert_new(connection, s.actors), list(rows_of.values()))
    if moves:
        forget_claims(connection, documents)
        for table, entity, actor in _POINTERS:
            connection.execute(
                table.update()
                .where(table.c[entity] == bindparam("which"))
                .values({actor: bindparam("actor")}),
                moves,
            )
    _write_links(connection, links)
    touched = {link["actor_id"] for link in links}
    for step in (1, -1):
        counted = [name for name, n in names.items() if n * step > 0 for _ in range(abs(n))]
        touched |= count_names(connection, counted, step)
    describe_actors(connection, sorted(touched))
    settle_names(connection, touched)
    return len(moves)


_POINTERS: tuple[tuple[Table, str, str], ...] = (
    (s.entities, "entity_id", "actor_id"),
    (s.aliases, "entity_id", "actor_id"),
    (s.mentions, "entity_id", "actor_id"),
    (s.attributions, "source_entity_id", "source_actor_id"),
    (s.statements, "subject_entity_id", "subject_actor_id"),
    (s.statements, "object_entity_id", "object_actor_id"),
    (s.chain, "entity_id", "actor_id"),
)


def _link(row: Any, actor_id: str, group: Group | None, at: Any) -> dict[str, Any]:
    how, score = "name", 1.0
    if row.profile_id is None:
        reasons = [_LITTLE if row.named else _EMPTY]
    elif row.scattered:
        reasons = ["several actors of the record bear the name"]
    else:
        reasons = [_shared(row.documents)]
        link = None if group is None else group.links.get(row.profile_id)
        if link is not None:
            how, score = link.how, link.decision.score
            reasons = list(link.decision.reasons)
    return {
        "entity_id": row.entity_id, "actor_id": actor_id, "score": score, "reasons": reasons,
        "how": how, "at": at,
    }  # fmt: skip


def _shared(documents: int) -> str:
    if documents == 1:
        return "the only report of that name, sort and country"
    return f"{documents:,} reports have the name, sort and country"


def _write_links(connection: Connection, links: Sequence[dict[str, Any]]) -> None:
    c = s.identity_links.c
    for some in in_parts([link["entity_id"] for link in links]):
        connection.execute(s.identity_links.delete().where(c.entity_id.in_(some)))
    if links:
        connection.execute(s.identity_links.insert(), list(links))


def write_profiles(
    connection: Connection, profiles: Iterable[Profile], stored: Collection[str] = ()
) -> None:
    """Write profiles and their keys; those of `stored` ids are there already, without keys."""
    rows, old, written = [], [], []
    for profile in profiles:
        written.append(profile)
        row = {
            "sort": profile.sort, "name": profile.name, "country": profile.country,
            "others": [[o.name, o.how, o.documents] for o in profile.others],
            "documents": profile.documents, "known": profile.known, "base": profile.base,
        }  # fmt: skip
        if profile.profile_id in stored:
            old.append({"which": profile.profile_id, **row})
        else:
            rows.append({"profile_id": profile.profile_id, "actor_id": "", **row})
    c = t.profiles.c
    if old:
        names = [name for name in old[0] if name != "which"]
        connection.execute(
            t.profiles.update()
            .where(c.profile_id == bindparam("which"))
            .values({name: bindparam(name) for name in names}),
            old,
        )
    if rows:
        connection.execute(t.profiles.insert(), rows)
    write_keys(connection, written)


def write_keys(connection: Connection, profiles: Iterable[Profile]) -> None:
    """Write the keys under which profiles meet."""
    rows = [
        {"key": key, "profile_id": profile.profile_id}
        for profile in profiles for key in sorted(keys_of(profile))
    ]  # fmt: skip
    if rows:
        connection.execute(insert_new(connection, t.keys), rows)
