"""Actor: its names and where each was seen, relations, words, deeds, timeline, neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from onrecord.errors import RecordError
from onrecord.record import query
from onrecord.record.names import names_of
from onrecord.record.rows import Page
from onrecord.record.shown import show
from onrecord.show.export.source import columns_of
from onrecord.show.filters import sure_enough
from onrecord.show.sequences import as_dict
from onrecord.show.web.pages.timeline import MOST_BARS, bar
from onrecord.show.web.parameters import READERS
from onrecord.show.web.site import Ask, Table, View

_EACH = 25


def page(ask: Ask) -> Mapping[str, Any]:
    """Return everything about one actor, the latest of each first."""
    actor = _actor(ask)
    actor_id = str(actor["actor_id"])
    given = dict(ask.query.extra)
    sure = sure_enough("events", given)
    did = query.events(ask.store, actor=actor_id, limit=200, **sure)
    by = [row for row in did if row.actor_id == actor_id]
    to = [row for row in did if row.recipient_id == actor_id]
    days = query.timeline(ask.store, actor=actor_id, order="newest", limit=MOST_BARS, **sure)
    related = query.relations(
        ask.store, actor=actor_id, limit=_EACH, **sure_enough("relations", given)
    )
    return {
        "title": actor["name"],
        "days": days,
        "bars": [bar(row) for row in reversed(days)],
        "actor": actor,
        "names": names_of(ask.store, actor_id),
        "relations": related,
        "n_unsure": {
            "event": _n_unsure(query.events, ask, actor_id, did.total),
            "relation": _n_unsure(query.relations, ask, actor_id, related.total),
            "quote": 0,
            "quantity": 0,
        },
        "quotes": query.quotes(ask.store, speaker=actor_id, limit=_EACH),
        "did": by[:_EACH],
        "undergone": to[:_EACH],
        "events": did,
        "figures": query.quantities(ask.store, actor=actor_id, limit=_EACH),
        "documents": query.documents(ask.store, actor=actor_id, limit=_EACH),
    }


def _n_unsure(asked: Callable[..., Page[Any]], ask: Ask, actor_id: str, total: int) -> int:
    """Return how many rows are left out as often wrong."""
    if "min_confidence" in ask.query.extra:
        return 0
    return asked(ask.store, actor=actor_id, limit=0).total - total


def _actor(ask: Ask) -> Mapping[str, Any]:
    shown = show(ask.store, ask.row_id)
    if shown.kind != "actor":
        raise RecordError(ask.row_id, "not an actor", "Actors begin with ac_.")
    return shown.row


def table(ask: Ask) -> Table:
    """Return the events that the actor takes part in; the JSON holds the rest beside them."""
    actor = _actor(ask)
    actor_id = str(actor["actor_id"])
    given = dict(ask.query.extra)
    events_sure, relations_sure = (sure_enough(what, given) for what in ("events", "relations"))
    events = query.events(ask.store, actor=actor_id, limit=10_000, **events_sure)
    about = {
        "actor": dict(actor),
        "names": [as_dict(name) for name in names_of(ask.store, actor_id)],
        "min_confidence": {
            "event": events_sure["min_confidence"],
            "relation": relations_sure["min_confidence"],
        },
        "relations": _dicts(
            query.relations(ask.store, actor=actor_id, limit=1000, **relations_sure)
        ),
        "quotes": _dicts(query.quotes(ask.store, speaker=actor_id, limit=1000)),
        "figures": _dicts(query.quantities(ask.store, actor=actor_id, limit=1000)),
    }
    return Table(columns_of("events"), map(as_dict, events), events.total, about=about)


def _dicts(rows: Any) -> list[dict[str, Any]]:
    return [as_dict(row) for row in rows]


VIEW = View(
    "actor", "/actor/{row_id}", page, table, extra={"min_confidence": READERS["min_confidence"]}
)
