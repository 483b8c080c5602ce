"""Judge several rows at once: those chosen on a list, or all that fit its filters.

How many rows are concerned is said first, and only that many are judged: the
number comes back with the answer, and where it no longer holds it is said anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import QueryError
from onrecord.record import corrections
from onrecord.record.corrections import MOST_AT_ONCE
from onrecord.record.rows import Page
from onrecord.show.filters import sure_enough
from onrecord.show.web.forms import read_form
from onrecord.show.web.pages.lists import JUDGED, asks
from onrecord.show.web.parameters import Query, read_query
from onrecord.show.web.site import render

_FORM = ("what", "filters", "verdict", "row_id", "all", "n", "note", "batch")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that a form means.

    Attributes:
        what: Their list.
        query: Its filters.
        rows: Those chosen, or all that fit.
        every: Whether all that fit are meant.
    """

    what: str
    query: Query
    rows: Page[Any]
    every: bool

    @property
    def ids(self) -> list[str]:
        """Return the identifiers of the rows."""
        return [getattr(row, JUDGED[self.what].key) for row in self.rows]


async def judge(request: Request) -> Response:
    """Ask whether so many rows are meant, and judge them once that is said."""
    form = await read_form(request, _FORM, several=("row_id",))
    what = form.get("what", "")
    if what not in JUDGED:
        raise QueryError(f"list {what[:60]!r}", "cannot be judged", f"It is {', '.join(JUDGED)}.")
    # The filters stand in the address that leads back; they are read as every address is.
    query = read_query(form.get("filters", ""), what=what)
    verdict, note, who = form.get("verdict", ""), form.get("note", ""), request.app.state.reviewer
    store = request.app.state.writer
    if verdict == "undo":
        await run_in_threadpool(
            corrections.undo_several, store, form.get("batch", ""), reviewer=who, note=note
        )
        return RedirectResponse(query.address(f"/{what}"), 303)
    chosen = await run_in_threadpool(_chosen, request, what, query, form)
    if form.get("n") != str(chosen.rows.total):
        return render(request, "bulk.html", _asked_again(chosen, verdict, note, form))
    batch = await run_in_threadpool(
        corrections.review_several, store, chosen.ids, verdict, reviewer=who, note=note
    )
    return RedirectResponse(query.address(f"/{what}", done=batch), 303)


def _chosen(request: Request, what: str, query: Query, form: Mapping[str, str]) -> Chosen:
    ask, store = asks(what), request.app.state.store
    if form.get("all"):
        rows = ask(store, limit=MOST_AT_ONCE, **sure_enough(what, query.filters))
        if rows.total > MOST_AT_ONCE:
            raise QueryError(
                f"{rows.total:,} {what}",
                f"more than {MOST_AT_ONCE:,} are not judged at once",
                "Narrow the filters.",
            )
        return Chosen(what, query, rows, True)
    wanted = [row_id for row_id in form.get("row_id", "").split(",") if row_id]
    if not wanted:
        raise QueryError("no row", "chosen", "Choose rows of the list first.")
    return Chosen(what, query, JUDGED[what].rows(store, wanted), False)


def _asked_again(
    chosen: Chosen, verdict: str, note: str, form: Mapping[str, str]
) -> dict[str, Any]:
    if verdict not in ("accept", "reject"):
        raise QueryError(f"verdict {verdict[:60]!r}", "not known", "It is accept, reject or undo.")
    return {
        "title": f"{verdict.capitalize()} several",
        "chosen": chosen,
        "verdict": verdict,
        "note": note,
        "some": chosen.rows[:_SHOWN],
        "kind": JUDGED[chosen.what].kind,
        "one": JUDGED[chosen.what].one,
        "filters": form.get("filters", ""),
        "back": chosen.query.address(f"/{chosen.what}"),
        "changed": "n" in form,
    }
