"""Review: one decision per screen, from the keyboard; what is said is kept and can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import QueryError
from onrecord.record import corrections, query
from onrecord.record import schema as s
from onrecord.record.edges import edges_of
from onrecord.record.filters import actor_ids_of
from onrecord.record.identity import settle_identities
from onrecord.record.queue import KINDS, next_turn
from onrecord.record.rows import ReviewRow, Shown
from onrecord.record.said import CORRECTABLE, SPANS
from onrecord.record.shown import show
from onrecord.record.store import Store
from onrecord.show.export.source import every_row
from onrecord.show.nearest import did_you_mean
from onrecord.show.sequences import as_dict
from onrecord.show.web.forms import read_form
from onrecord.show.web.parameters import READERS, any_text, choices, one_word_of, read_query
from onrecord.show.web.site import Ask, Table, View

RESUME_COOKIE = "onrecord_review"
_QUEUE = {
    "kind": one_word_of(*KINDS), "type": any_text, "document": any_text, "after": any_text,
    "row": any_text, "last": any_text,
}  # fmt: skip
_LISTS = {"event": "events", "relation": "relations", "quantity": "figures", "quote": "quotes"}
BOUNDS = ("exact", "about", "at_least", "at_most", "range")
_MOST_NAMES = 60
_FORM = ("verdict", "row_id", "field", "new", "note", "review_id", "next")


def page(ask: Ask) -> Mapping[str, Any]:
    """Return the row to judge now."""
    kind = ask.query["kind"] or "event"
    # Opened without a place in the queue, it goes on where this browser stopped.
    resumed = "after" not in ask.query.extra and not ask.query["row"]
    after = ask.query["after"] or (_resume(ask.request, kind) if resumed else "")
    turn = next_turn(
        ask.store,
        kind=kind,
        type=ask.query["type"] or None,
        document=ask.query["document"] or None,
        after=after,
    )
    row_id = ask.query["row"] or turn.row_id
    shown = show(ask.store, row_id) if row_id else None
    of_kind = shown.kind if shown is not None and shown.kind in CORRECTABLE else kind
    edges = edges_of(ask.store, shown) if shown is not None else None
    return {
        "title": "Review",
        "turn": turn,
        "shown": shown,
        "kind": kind,
        "kinds": KINDS,
        "fields": [f for f in CORRECTABLE[of_kind] if not f.endswith(("_id", "_span"))],
        "spans": SPANS[of_kind],
        "vocabulary": _vocabulary(of_kind),
        "names": _names(ask, shown),
        "edges": None
        if edges is None
        else {
            "start": edges.start,
            "text": edges.text,
            "fields": [[name, span.start, span.end] for name, span in edges.fields],
        },
        "last": _last(ask),
        "resumed": bool(after) and not ask.query["after"],
    }


def _vocabulary(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the words that each field of a kind of row may have, those that have few."""
    known = choices(_LISTS[kind])
    found = {field: known[field] for field in CORRECTABLE[kind] if field in known}
    return {**found, "bound": BOUNDS} if kind == "quantity" else found


def _names(ask: Ask, shown: Shown | None) -> tuple[str, ...]:
    """Return who else is named in the report: likely the one who is meant."""
    if shown is None or shown.document is None:
        return ()
    document = shown.document["document_id"]
    return tuple(a.name for a in query.actors(ask.store, document=document, limit=_MOST_NAMES))


def _resume(request: Request, kind: str) -> str:
    kept, _, after = request.cookies.get(RESUME_COOKIE, "").partition(":")
    return after if kept == kind and after.startswith(("st_", "at_")) else ""


def _last(ask: Ask) -> ReviewRow | None:
    """Return the review that was just given, for the undo button."""
    wanted = ask.query["last"]
    if not wanted:
        return None
    target, _, review_id = wanted.partition(".")
    rows = query.reviews(ask.store, target=target, limit=1000)
    return next((row for row in rows if row.review_id == review_id), None)


def table(ask: Ask) -> Table:
    """Return the row to judge now and how many are left."""
    turn = next_turn(
        ask.store,
        kind=ask.query["kind"] or "event",
        type=ask.query["type"] or None,
        document=ask.query["document"] or None,
        after=ask.query["after"],
    )
    row = {"row_id": turn.row_id, "n_left": turn.n_left, "n_judged": turn.n_judged}
    return Table(tuple(row), [row], 1)


async def decide(request: Request) -> Response:
    """Write down one decision and lead to the next row."""
    form = await read_form(request, _FORM)
    asked = read_query(request.url.query, extra=_QUEUE)
    review = await run_in_threadpool(_write, request, form)
    kind = asked["kind"] or "event"
    passed = form.get("row_id", "")
    if form.get("next"):
        where = _own_path(form["next"])
        return RedirectResponse(where, 303)
    if review is not None and review.verdict == "undo":
        if review.target_kind == "actor":
            return RedirectResponse("/reviews", 303)
        where = asked.address("/review", row=review.target_id, last=None)
        return RedirectResponse(where, 303)
    if review is not None and review.verdict == "correct":
        # More of the row may be wrong; it is judged when somebody says that it is right.
        again = asked.address(
            "/review", row=review.target_id, last=f"{review.target_id}.{review.review_id}"
        )
        return RedirectResponse(again, 303)
    last = f"{review.target_id}.{review.review_id}" if review is not None else None
    answer = RedirectResponse(asked.address("/review", after=passed, row=None, last=last), 303)
    answer.set_cookie(
        RESUME_COOKIE, f"{kind}:{passed}", max_age=90 * 86_400, httponly=True, samesite="strict"
    )
    return answer


def _own_path(where: str) -> str:
    """Return `where` if it leads to a report, a row or the history of ours, else the queue."""
    ours = ("/document/", "/statement/", "/reviews")
    return where if where.startswith(ours) else "/review"


def _write(request: Request, form: Mapping[str, str]) -> ReviewRow | None:
    store, who = request.app.state.writer, request.app.state.reviewer
    verdict, row_id, note = form.get("verdict"), form.get("row_id", ""), form.get("note", "")
    match verdict:
        case "accept":
            return corrections.accept(store, row_id, reviewer=who, note=note)
        case "reject":
            return corrections.reject(store, row_id, reviewer=who, note=note)
        case "correct":
            field, new = _meant(store, row_id, form.get("field", ""), form.get("new", ""))
            _take_back_other(store, row_id, field, who)
            return corrections.correct(store, row_id, field, new, reviewer=who, note=note)
        case "undo":
            review = corrections.undo(store, form.get("review_id", ""), reviewer=who, note=note)
            if review.target_kind == "actor":
                settle_identities(store)  # a merge is carried out, and so is its undoing
            return review
        case "unsure":
            return None
    raise QueryError(
        f"verdict {verdict!r}", "not known", "It is accept, reject, correct, unsure or undo."
    )


def _meant(store: Store, row_id: str, field: str, new: str) -> tuple[str, str]:
    """Return field and value as they are written down: known words, actors by identifier.

    Raises:
        QueryError: The field has a vocabulary, and the value is not in it.
    """
    kind = show(store, row_id).kind
    known = _vocabulary(kind).get(field) if kind in _LISTS else None
    if known is not None:
        usual = {word.casefold(): word for word in known}.get(new.strip().casefold())
        if usual is None:
            raise QueryError(f"{field} {new!r}", "not known", did_you_mean(new, known))
        return field, usual
    if f"{field}_id" in CORRECTABLE.get(kind, ()):
        with store.reading() as connection:
            actors = {
                actor for actor in actor_ids_of(connection, new.strip())
                if connection.scalar(select(s.actors.c.named).where(s.actors.c.actor_id == actor))
            }  # fmt: skip
        if len(actors) == 1:
            return f"{field}_id", actors.pop()
    return field, new


def _take_back_other(store: Store, row_id: str, field: str, who: str) -> None:
    """Undo that a party was corrected by name when it now is by identifier, and the reverse."""
    other = field.removesuffix("_id") if field.endswith("_id") else f"{field}_id"
    for review in query.reviews(store, target=row_id, limit=1000):
        if review.field == other and review.verdict == "correct" and review.undone_by is None:
            corrections.undo(store, review.review_id, reviewer=who)


def history_page(ask: Ask) -> Mapping[str, Any]:
    """Return what people said so far."""
    number = int(ask.query.extra.get("page", 1))
    rows = query.reviews(ask.store, limit=50, offset=(number - 1) * 50, **_history(ask))
    return {
        "title": "Reviews", "rows": rows, "page": number, "pages": max(1, -(-rows.total // 50)),
    }  # fmt: skip


def _history(ask: Ask) -> dict[str, Any]:
    return {k: v for k, v in ask.query.extra.items() if k != "page"}


def history_table(ask: Ask) -> Table:
    """Return every review."""
    total = query.reviews(ask.store, limit=1, **_history(ask)).total
    rows = every_row(
        lambda most, start: query.reviews(ask.store, limit=most, offset=start, **_history(ask))
    )
    return Table(tuple(ReviewRow.__annotations__), map(as_dict, rows), total)


VIEW = View("review", "/review", page, table, extra=_QUEUE)
HISTORY = View(
    "reviews", "/reviews", history_page, history_table,
    extra={"target": any_text, "reviewer": any_text, "lost": READERS["copies"],
           "page": READERS["page"]},
)  # fmt: skip
