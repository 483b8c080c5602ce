"""Merge and split: say that two actors are one, or that one is two; look first, undo later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import QueryError
from onrecord.record import merges, query
from onrecord.record.identity import settle_identities
from onrecord.record.names import names_of
from onrecord.record.rows import ActorRow, ReviewRow
from onrecord.show.sequences import as_dict
from onrecord.show.web.forms import read_form
from onrecord.show.web.parameters import any_text
from onrecord.show.web.site import Ask, Table, View

_MERGE = ("one", "other", "note")
_SPLIT = ("actor", "part", "note")


def _actor(ask: Ask, given: str) -> ActorRow:
    with ask.store.reading() as connection:
        actor_id = merges.find_actor(connection, given)
    return query.actors(ask.store, name=actor_id, named=None, limit=1)[0]


def _needs(ask: Ask, *names: str) -> None:
    for name in names:
        if not ask.query[name]:
            raise QueryError(name, "not given", "Start from the page of an actor.")


def merge_page(ask: Ask) -> Mapping[str, Any]:
    """Return what would become one."""
    _needs(ask, "one", "other")
    pair = [_actor(ask, ask.query["one"]), _actor(ask, ask.query["other"])]
    return {
        "title": "Merge",
        "pair": pair,
        "same": pair[0].actor_id == pair[1].actor_id,
        "names": [names_of(ask.store, actor.actor_id) for actor in pair],
    }


def merge_table(ask: Ask) -> Table:
    """Return the two actors."""
    shown = merge_page(ask)
    return Table(tuple(ActorRow.__annotations__), map(as_dict, shown["pair"]), 2)


def split_page(ask: Ask) -> Mapping[str, Any]:
    """Return which names would leave and which would stay."""
    _needs(ask, "actor", "part")
    actor, part = _actor(ask, ask.query["actor"]), ask.query["part"]
    names = names_of(ask.store, actor.actor_id)
    return {
        "title": "Split",
        "actor": actor,
        "part": part,
        "leaving": [n for n in names if part in (n.alias, n.document_id)],
        "staying": [n for n in names if part not in (n.alias, n.document_id)],
    }


def split_table(ask: Ask) -> Table:
    """Return the names of the actor with whether they would leave."""
    shown = split_page(ask)
    rows = [
        {"alias": name.alias, "how": name.how, "n_documents": name.n_documents, "leaves": leaves}
        for key, leaves in (("leaving", True), ("staying", False))
        for name in shown[key]
    ]
    return Table(("alias", "how", "n_documents", "leaves"), rows, len(rows))


async def merge(request: Request) -> Response:
    """Write down that two actors are one and carry it out."""
    form = await read_form(request, _MERGE)
    review = await run_in_threadpool(_merge, request, form)
    return RedirectResponse(f"/reviews?target={review.target_id}", 303)


def _merge(request: Request, form: Mapping[str, str]) -> ReviewRow:
    store = request.app.state.writer
    review = merges.merge(
        store,
        form.get("one", ""),
        form.get("other", ""),
        reviewer=request.app.state.reviewer,
        note=form.get("note", ""),
    )
    settle_identities(store)
    return review


async def split(request: Request) -> Response:
    """Write down that part of an actor is somebody else and carry it out."""
    form = await read_form(request, _SPLIT)
    review = await run_in_threadpool(_split, request, form)
    return RedirectResponse(f"/reviews?target={review.target_id}", 303)


def _split(request: Request, form: Mapping[str, str]) -> ReviewRow:
    store = request.app.state.writer
    review = merges.split(
        store,
        form.get("actor", ""),
        form.get("part", ""),
        reviewer=request.app.state.reviewer,
        note=form.get("note", ""),
    )
    settle_identities(store)
    return review


VIEWS = (
    View("merge", "/merge", merge_page, merge_table, extra={"one": any_text, "other": any_text}),
    View("split", "/split", split_page, split_table, extra={"actor": any_text, "part": any_text}),
)
