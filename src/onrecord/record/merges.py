"""Let people say that two actors are one, or that one is two.

What they say is appended to the reviews, with the profiles it was said of, and
holds for every report read later. Undoing a review brings the machine's own
view back. Nothing is moved here: `identity.settle_identities` does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onrecord.errors import RecordError
from onrecord.model.actor import Entity
from onrecord.record import identity_tables as t
from onrecord.record import schema as s
from onrecord.record.corrections import append_review
from onrecord.record.dialects import AnyRow
from onrecord.record.entities import load_entities
from onrecord.record.filters import fold_name
from onrecord.record.rows import ReviewRow
from onrecord.record.store import Store
from onrecord.resolve.identity import Verdict
from onrecord.resolve.profiles import profile_of

_SETTLED = "settled_reviews"
_VERDICTS = ("merge", "split")


def merge(store: Store, one: str, other: str, *, reviewer: str, note: str = "") -> ReviewRow:
    """Say that two actors are one.

    Args:
        store: The record.
        one: An actor id, enough of its beginning, or a name only one actor has.
        other: Another.
        reviewer: Who says so.
        note: Why.

    Returns:
        The review; `settle_identities` carries it out.

    Raises:
        RecordError: There is no such actor, several have the name, or both are one already.
    """
    with store.writing() as connection:
        t.ensure_tables(connection)
        first, second = find_actor(connection, one), find_actor(connection, other)
        if first == second:
            raise RecordError(first, "both are this actor already")
        sides = profiles_of(connection, first), profiles_of(connection, second)
        for actor_id, side in zip((first, second), sides, strict=True):
            if not side:
                raise RecordError(
                    actor_id,
                    "has no name that reports share",
                    "Only named actors can be merged.",
                )
        return append_review(
            connection, store, "actor", first, "merge", reviewer=reviewer, note=note,
            new=second, snapshot={"left": sides[0], "right": sides[1]},
        )  # fmt: skip


def split(store: Store, actor: str, part: str, *, reviewer: str, note: str = "") -> ReviewRow:
    """Say that part of an actor is somebody else.

    Args:
        store: The record.
        actor: An actor id, enough of its beginning, or a name only one actor has.
        part: A name of the actor, whose bearers leave; or a document id, where the name
            means somebody else.
        reviewer: Who says so.
        note: Why.

    Returns:
        The review; `settle_identities` carries it out.

    Raises:
        RecordError: There is no such actor, or nothing of it answers to `part`.
    """
    with store.writing() as connection:
        t.ensure_tables(connection)
        actor_id = find_actor(connection, actor)
        if part.startswith("doc_"):
            snapshot = _in_document(connection, actor_id, part)
        else:
            snapshot = _by_name(connection, actor_id, part)
        return append_review(
            connection, store, "actor", actor_id, "split", reviewer=reviewer, note=note,
            new=part, snapshot=snapshot,
        )  # fmt: skip


def _by_name(connection: Connection, actor_id: str, name: str) -> dict[str, Any]:
    c = t.profiles.c
    rows = connection.execute(select(c.profile_id, c.name).where(c.actor_id == actor_id)).all()
    left = sorted(row.profile_id for row in rows if fold_name(row.name) == fold_name(name))
    right = sorted({row.profile_id for row in rows} - set(left))
    if not left:
        names = ", ".join(sorted({row.name for row in rows})) or "none"
        raise RecordError(repr(name), "no name the actor was joined by", f"Names are: {names}.")
    if not right:
        raise RecordError(
            actor_id,
            f"has no other name than {name!r}",
            "To set one report apart, give its id instead of a name.",
        )
    return {"left": left, "right": right}


def _in_document(connection: Connection, actor_id: str, document: str) -> dict[str, Any]:
    e = s.entities.c
    here = load_entities(
        connection,
        (e.actor_id == actor_id) & e.document_id.startswith(document, autoescape=True),
    )
    if not here or len({entity.document_id for entity in here}) > 1:
        raise RecordError(
            document, "no report that speaks of the actor", f"Run: onrecord show {actor_id}"
        )
    document_id = here[0].document_id
    natural = [profile_of(entity) for entity in here]
    apart = [profile_of(entity, document_id) for entity in here]
    if None in natural:
        raise RecordError(actor_id, "stands alone in this report already")
    return {
        "left": sorted({p.profile_id for p in apart if p is not None}),
        "right": profiles_of(connection, actor_id),
        "document": document_id,
        "natural": sorted({p.profile_id for p in natural if p is not None}),
    }


def find_actor(connection: Connection, words: str) -> str:
    """Return the id of the actor meant by an id, its beginning, or a name only it has.

    Raises:
        RecordError: No actor, or several.
    """
    a, alias = s.actors.c, s.aliases.c
    if words.startswith("ac_"):
        query = select(a.actor_id).where(a.actor_id.startswith(words, autoescape=True))
    else:
        query = (
            select(a.actor_id)
            .join(s.aliases, alias.actor_id == a.actor_id)
            .where(alias.normal == fold_name(words), a.named)
        )
    found = connection.scalars(query.distinct().limit(4)).all()
    if len(found) == 1:
        return str(found[0])
    if not found:
        raise RecordError(repr(words), "no such actor", "Find its id: onrecord actors --name NAME")
    raise RecordError(
        repr(words),
        f"several actors answer to it ({', '.join(sorted(found)[:3])})",
        "Give the id of one: onrecord actors --name NAME",
    )


def profiles_of(connection: Connection, actor_id: str) -> list[str]:
    """Return the profiles that make up an actor, sorted."""
    c = t.profiles.c
    return sorted(connection.scalars(select(c.profile_id).where(c.actor_id == actor_id)))


# --- what stands ---


@dataclass(frozen=True, slots=True)
class Apart:
    """Documents where people say that a name means somebody else.

    Attributes:
        places: Pairs of document id and the profile its name would give.
    """

    places: frozenset[tuple[str, str]]

    def apart_of(self, entity: Entity) -> str:
        """Return the document id when the entity is set apart, else nothing."""
        if not any(document == entity.document_id for document, _ in self.places):
            return ""
        natural = profile_of(entity)
        if natural is None or (entity.document_id, natural.profile_id) not in self.places:
            return ""
        return entity.document_id


def placed_apart(connection: Connection) -> Apart:
    """Return the documents whose names are set apart by standing reviews."""
    return Apart(
        frozenset(
            (row.snapshot["document"], profile_id)
            for row in _standing(connection)
            if "document" in row.snapshot
            for profile_id in row.snapshot["natural"]
        )
    )


def standing_verdicts(connection: Connection) -> list[Verdict]:
    """Return what people said about identity and did not take back, oldest first."""
    return [
        Verdict(
            row.verdict == "merge",
            frozenset(row.snapshot["left"]),
            frozenset(row.snapshot["right"]),
            row.review_id,
        )
        for row in _standing(connection)
    ]


def _standing(connection: Connection) -> list[AnyRow]:
    c = s.reviews.c
    return list(
        connection.execute(
            select(c.review_id, c.verdict, c.snapshot)
            .where(c.target_kind == "actor", c.verdict.in_(_VERDICTS), c.undone_by.is_(None))
            .order_by(c.number)
        )
    )


def take_up_verdicts(connection: Connection) -> set[str]:
    """Note that the standing verdicts are being carried out; return the profiles concerned.

    Entities of documents that were set apart, or are no longer, lose their profile, so that
    they are given one anew.
    """
    c, info = s.reviews.c, s.record_info.c
    held = connection.scalar(select(info.value).where(info.key == _SETTLED))
    before = set(json.loads(held)) if held else set()
    now = {row.review_id for row in _standing(connection)}
    if before == now:
        return set()
    concerned: set[str] = set()
    for snapshot in connection.scalars(
        select(c.snapshot).where(c.review_id.in_(sorted(before ^ now)))
    ):
        concerned |= {*snapshot["left"], *snapshot["right"], *snapshot.get("natural", ())}
        if "document" in snapshot:
            _forget_profiles(connection, snapshot["document"])
    value = json.dumps(sorted(now))
    if held is None:
        connection.execute(s.record_info.insert(), {"key": _SETTLED, "value": value})
    else:
        connection.execute(s.record_info.update().where(info.key == _SETTLED), {"value": value})
    return concerned


def _forget_profiles(connection: Connection, document_id: str) -> None:
    e = s.entities.c
    here = select(e.entity_id).where(e.document_id == document_id)
    connection.execute(t.entity_profiles.delete().where(t.entity_profiles.c.entity_id.in_(here)))
