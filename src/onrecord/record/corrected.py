"""Hand statements to `compare` as people left them: what they corrected counts, not what was read.

Rows that a person rejected are left out where statements are loaded; here are
the fields of those that stay, and the quotations that they rest on. A row that
a person accepted or corrected is sure, and so is the claim that it supports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.model.claim import LinkView, PartyView, PlaceView, StatementView
from onrecord.record import schema as s
from onrecord.record.components import in_parts
from onrecord.record.said import live_reviews

# Field of a review -> role of the view; a field that ends in "_id" names an actor.
_ROLES = {
    "actor": "subject", "subject": "subject", "holder": "subject",
    "recipient": "object", "object": "object",
}  # fmt: skip
_PLAIN = frozenset({"type", "mode", "factuality", "counted", "unit", "bound"})
_NUMBERS = {"value_low": "low", "value_high": "high"}
Fields = Mapping[str, str]


def as_people_left_them(
    connection: Connection,
    views: Sequence[StatementView],
    attribution_of: Mapping[str, str | None],
) -> list[StatementView]:
    """Return statements with corrected fields in place of those that were read.

    Args:
        connection: A connection to the record.
        views: Statements as they were read.
        attribution_of: The attribution that a statement stands in, by statement id.
    """
    said, vouched_for, rejected = _said(connection)
    if not vouched_for and not rejected:
        return list(views)
    ids = {new for fields in said.values() for field, new in fields.items() if field[-3:] == "_id"}
    actors = _actors(connection, sorted(ids))
    found = []
    for view in views:
        quote = attribution_of.get(view.statement_id)
        if quote in rejected:
            view = replace(view, chain=_without_speakers(view.chain), quoted=False)
        elif quote in said:
            view = _quoted(view, said[quote], actors)
        if view.statement_id in said:
            view = _corrected(view, said[view.statement_id], actors)
        if view.statement_id in vouched_for:
            view = replace(view, confidence=1.0)
        found.append(view)
    return found


def _said(
    connection: Connection,
) -> tuple[dict[str | None, dict[str, str]], set[str | None], set[str | None]]:
    """Return corrected fields by row, rows vouched for, and quotations that were rejected."""
    said: dict[str | None, dict[str, str]] = defaultdict(dict)
    vouched_for: set[str | None] = set()
    rejected: set[str | None] = set()
    if not connection.scalar(select(func.count()).select_from(s.reviews)):
        return said, vouched_for, rejected
    for row in connection.execute(live_reviews()):
        if row.verdict in ("accept", "correct"):
            vouched_for.add(row.applies_to)
        if row.verdict == "correct" and row.new is not None:
            said[row.applies_to][row.field] = row.new
        elif row.verdict == "reject" and row.applies_to.startswith("at_"):
            rejected.add(row.applies_to)
    return said, vouched_for, rejected


def _actors(connection: Connection, actor_ids: Sequence[str]) -> dict[str, PartyView]:
    a = s.actors.c
    return {
        row.actor_id: PartyView(
            row.actor_id, row.name, row.name, row.kind, row.country or "", row.sector or "",
            bool(row.named),
        )
        for some in in_parts(actor_ids)
        for row in connection.execute(
            select(a.actor_id, a.name, a.kind, a.country, a.sector, a.named).where(
                a.actor_id.in_(some)
            )
        )
    }  # fmt: skip


def _corrected(
    view: StatementView, fields: Fields, actors: Mapping[str, PartyView]
) -> StatementView:
    changed: dict[str, Any] = {}
    for field, new in sorted(fields.items()):
        role = _ROLES.get(field.removesuffix("_id"))
        if role is not None and field.endswith("_id"):
            changed[role] = actors.get(new, changed.get(role))
        elif role is not None:
            # By name and by identifier: the identifier, which comes later, wins.
            changed[role] = PartyView(None, new, new)
        elif field in _PLAIN:
            changed[field] = new
        elif field in _NUMBERS:
            changed[_NUMBERS[field]] = float(new)
        elif field == "date_from":
            changed["date_from"] = _midnight(new)
        elif field == "date_to":
            changed["date_to"] = _midnight(new) + timedelta(days=1)
        elif field in ("trigger_span", "counted_span"):
            changed[field.removesuffix("_span")] = new.partition(" ")[2]
    if {"date_from", "date_to"} & set(changed):
        changed["precision"] = "day"
    if "place" in fields or "place_country" in fields:
        changed["place"] = _place(view.place, fields)
    return replace(view, **changed)


def _place(read: PlaceView | None, fields: Fields) -> PlaceView:
    name = fields.get("place", "" if read is None else read.name)
    country = fields.get("place_country", "" if read is None else read.country)
    if read is not None and name == read.name:
        return replace(read, country=country)
    # No gazetteer knows it: equal words are equal places.
    return PlaceView(f"pl_said_{name.casefold()}", name, "unknown", country)


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _quoted(view: StatementView, fields: Fields, actors: Mapping[str, PartyView]) -> StatementView:
    chain = view.chain
    speaker = actors.get(fields.get("speaker_id", ""))
    if speaker is not None:
        link = LinkView(speaker.name, "speaker", speaker.named, speaker.actor_id)
        chain = (*_but_last_speaker(chain), link)
    elif "speaker" in fields:
        chain = (*_but_last_speaker(chain), LinkView(fields["speaker"], "speaker", True))
    quoted = fields["kind"] == "direct" if "kind" in fields else view.quoted
    return replace(view, chain=chain, quoted=quoted)


def _but_last_speaker(chain: tuple[LinkView, ...]) -> tuple[LinkView, ...]:
    return chain[:-1] if len(chain) > 1 and chain[-1].role == "speaker" else chain


def _without_speakers(chain: tuple[LinkView, ...]) -> tuple[LinkView, ...]:
    """Return the outlet and the agencies it credits: nobody is quoted any more."""
    return tuple(link for link in chain if link.role != "speaker") or chain[:1]
