"""Look up the profiles of a record, whom reports mention with them and what they tell of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.record import identity_tables as t
from onrecord.record import schema as s
from onrecord.record.components import in_parts
from onrecord.resolve.profiles import OtherName, Profile
from onrecord.resolve.surroundings import RELATIONS_THAT_TELL, Side, Surroundings, Tie

# Reports looked at for who is mentioned with a name.
_MOST_REPORTS = 40
# They hold both ways.
_MUTUAL = frozenset({"allied_with", "hostile_to"})
_SIDES: tuple[tuple[Side, Side], ...] = (("subject", "object"), ("object", "subject"))


class RecordIndex:
    """The profiles of the record; see `resolve.profile_index.Index`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._neighbours: dict[str, frozenset[str]] = {}

    def profiles(self, ids: Collection[str]) -> dict[str, Profile]:
        found: dict[str, Profile] = {}
        for some in in_parts(sorted(ids)):
            rows = self._connection.execute(
                select(t.profiles).where(t.profiles.c.profile_id.in_(some))
            )
            found |= {row.profile_id: _profile(row) for row in rows}
        return found

    def all_profiles(self) -> list[Profile]:
        """Return every profile."""
        return [_profile(row) for row in self._connection.execute(select(t.profiles))]

    def sharing(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        c = t.keys.c
        for some in in_parts(sorted(keys)):
            rows = self._connection.execute(
                select(c.key, c.profile_id).where(c.key.in_(some)).order_by(c.key, c.profile_id)
            )
            for row in rows:
                found[row.key].append(row.profile_id)
        return found

    def neighbours(self, profile_id: str) -> frozenset[str]:
        if profile_id not in self._neighbours:
            e, c = s.entities, t.entity_profiles
            here = (
                select(e.c.document_id)
                .join(c, c.c.entity_id == e.c.entity_id)
                .where(c.c.profile_id == profile_id)
                .order_by(e.c.document_id)
                .limit(_MOST_REPORTS)
            )
            self._neighbours[profile_id] = frozenset(
                self._connection.scalars(
                    select(c.c.profile_id)
                    .join(e, e.c.entity_id == c.c.entity_id)
                    .join(t.profiles, t.profiles.c.profile_id == c.c.profile_id)
                    .where(
                        e.c.document_id.in_(here),
                        t.profiles.c.sort.in_(("person", "body")),
                        c.c.profile_id != profile_id,
                    )
                    .distinct()
                )
            )
        return self._neighbours[profile_id]

    def surroundings(self, ids: Collection[str]) -> dict[str, Surroundings]:
        sectors: dict[str, Counter[str]] = defaultdict(Counter)
        ties: dict[str, set[Tie]] = defaultdict(set)
        e, c = s.entities.c, t.entity_profiles.c
        for some in in_parts(sorted(ids)):
            for row in self._connection.execute(
                select(c.profile_id, e.sector, func.count().label("n"))
                .join(s.entities, e.entity_id == c.entity_id)
                .where(c.profile_id.in_(some), e.sector != "")
                .group_by(c.profile_id, e.sector)
            ):
                for code in row.sector.split(","):
                    sectors[row.profile_id][code] += row.n
            for here, there in _SIDES:
                for profile_id, type_, other in self._related(some, here, there):
                    # What holds both ways is kept one way.
                    side: Side = "subject" if type_ in _MUTUAL else here
                    ties[profile_id].add((type_, side, other))
        return {
            i: Surroundings(sectors[i], frozenset(ties[i]))
            for i in sorted(sectors.keys() | ties.keys())
        }

    def _related(self, ids: Sequence[str], here: Side, there: Side) -> Sequence[Any]:
        """Return profile, type of relation and the profile on its other side, as stated."""
        one, other, c = t.entity_profiles.alias(), t.entity_profiles.alias(), s.statements.c
        return self._connection.execute(
            select(one.c.profile_id, c.type, other.c.profile_id)
            .join(s.statements, c[f"{here}_entity_id"] == one.c.entity_id)
            .join(other, other.c.entity_id == c[f"{there}_entity_id"])
            .where(
                one.c.profile_id.in_(ids),
                other.c.profile_id.is_not(None),
                c.kind == "relation",
                c.factuality == "asserted",
                c.type.in_(sorted(RELATIONS_THAT_TELL)),
            )
            .distinct()
        ).all()


def _profile(row: Any) -> Profile:
    return Profile(
        row.profile_id, row.sort, row.name, row.country,
        tuple(OtherName(name, how, n) for name, how, n in row.others),
        row.documents, row.known, row.base,
    )  # fmt: skip
