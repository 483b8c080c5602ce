"""Network: one actor and its neighbours; ranked lists where a picture says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from onrecord.errors import QueryError
from onrecord.model.annotation import FACTUALITIES, RELATION_TYPES
from onrecord.record import network as ties
from onrecord.record import overview, query
from onrecord.record.filters import actor_ids_of
from onrecord.record.network import Network, Tie
from onrecord.show.export.codes import event_types
from onrecord.show.filters import least_sure
from onrecord.show.nearest import did_you_mean
from onrecord.show.web.pages.claims import STATUSES
from onrecord.show.web.parameters import (
    READERS,
    any_text,
    one_word_of,
    where_it_stands,
    whole_number,
)
from onrecord.show.web.site import Ask, Table, View
from onrecord.show.web.words import quad_of, relation_words, type_words

MOST_NODES = 300
TYPES = (*event_types(), *RELATION_TYPES)


def _types(name: str, text: str) -> str:
    known = {word.casefold(): word for word in TYPES}
    for word in text.split(","):
        if word.strip().casefold() not in known:
            raise QueryError(f"{name} {word!r}", "not known", did_you_mean(word, TYPES))
    return text


def _sure(name: str, text: str) -> str:
    for word in text.split(","):
        if word.strip().casefold() not in FACTUALITIES:
            raise QueryError(f"{name} {word!r}", "not known", did_you_mean(word, FACTUALITIES))
    return text


def page(ask: Ask) -> Mapping[str, Any]:
    """Return the network around an actor, or whom to start from."""
    actor = ask.query["actor"]
    steps = int(ask.query.extra.get("steps", 1))
    shown: dict[str, Any] = {
        "title": "Network", "actor": actor, "steps": steps, "types": TYPES,
        "around": actor, "factualities": FACTUALITIES, "statuses": STATUSES,
        "found": None, "likely": (), "most": MOST_NODES,
    }  # fmt: skip
    if not actor:
        return {**shown, "start": overview.most_active(ask.store, limit=30)}
    found = _found(ask)
    names = {node.actor_id: node.name for node in found.nodes}
    if not found.nodes:
        shown["likely"] = query.suggest_actors(ask.store, actor, limit=3)
    centre = next((node.name for node in found.nodes if node.steps == 0), actor)
    if actor.startswith("ac_"):
        with ask.store.reading() as connection:
            if len(actor_ids_of(connection, centre)) == 1:
                shown["around"] = centre  # readable, and means the same
    return {
        **shown,
        "found": found,
        "names": names,
        "centre": centre,
        "drawn": _drawn(found) if len(found.nodes) <= MOST_NODES else None,
        "tie_words": tie_words,
    }


def _found(ask: Ask) -> Network:
    asked = {name: value for name, value in ask.query.extra.items() if name != "view"}
    return ties.network(ask.store, least=least_sure(asked.pop("min_confidence", None)), **asked)


def tie_words(tie: Tie) -> str:
    """Return what the arrow of a tie says: "Assault ×3"."""
    verb = type_words(tie.type) if tie.kind == "event" else relation_words(tie.type)
    return verb if tie.n_statements == 1 else f"{verb} ×{tie.n_statements}"


def _drawn(found: Network) -> dict[str, Any]:
    return {
        "nodes": [asdict(node) for node in found.nodes],
        "ties": [_with_words(tie) for tie in found.ties],
    }


def _with_words(tie: Tie) -> dict[str, Any]:
    quad = quad_of(tie.type) if tie.kind == "event" else 0
    return {**asdict(tie), "quad_class": quad, "label": tie_words(tie)}


def table(ask: Ask) -> Table:
    """Return ties with the names of both ends; without an actor, those of the whole record."""
    found = _found(ask)
    names = {node.actor_id: node.name for node in found.nodes}
    rows = [
        {
            "subject": names.get(tie.subject_id, ""),
            "object": names.get(tie.object_id, ""),
            **_with_words(tie),
        }
        for tie in found.ties
    ]
    columns = ("subject", "object", *Tie.__annotations__, "quad_class", "label")
    about = {
        "nodes": [asdict(n) for n in found.nodes],
        "complete": found.complete,
        "min_confidence": least_sure(ask.query.extra.get("min_confidence")),
        "n_unsure": found.n_unsure,
    }
    return Table(columns, rows, len(rows), about=about)


VIEW = View(
    "network", "/network", page, table,
    extra={
        "actor": any_text, "steps": whole_number(1, 3), "type": _types, "since": any_text,
        "until": any_text, "factuality": _sure, "status": one_word_of(*STATUSES),
        "view": where_it_stands, "min_confidence": READERS["min_confidence"],
    },
)  # fmt: skip
