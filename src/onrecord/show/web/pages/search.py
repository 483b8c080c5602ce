"""Search: words in reports and names, with counts to narrow by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.record import query
from onrecord.record.facets import facets_of, find_reports
from onrecord.record.rows import Hit
from onrecord.show.sequences import as_dict
from onrecord.show.web.parameters import READERS, any_text
from onrecord.show.web.site import Ask, Table, View

HITS_ON_PAGE = 20
_ACTORS = 8
_FILTERS = {
    "q": any_text, "publisher": any_text, "since": any_text, "until": any_text,
    "page": READERS["page"],
}  # fmt: skip


def page(ask: Ask) -> Mapping[str, Any]:
    """Return actors and reports that hold the words, and how they spread."""
    words = ask.query["q"]
    if not words:
        return {"title": "Search", "words": "", "actors": (), "reports": (), "facets": None}
    number = int(ask.query.extra.get("page", 1))
    reports = find_reports(
        ask.store, words, limit=HITS_ON_PAGE, offset=(number - 1) * HITS_ON_PAGE, **_narrow(ask)
    )
    return {
        "title": f"Search: {words}",
        "words": words,
        "actors": query.search(ask.store, words, kind="actor", limit=_ACTORS),
        "reports": reports,
        "facets": facets_of(ask.store, words, **_narrow(ask)),
        "page": number,
        "pages": max(1, -(-reports.total // HITS_ON_PAGE)),
    }


def _narrow(ask: Ask) -> dict[str, Any]:
    return {k: v for k, v in ask.query.extra.items() if k in ("publisher", "since", "until")}


def table(ask: Ask) -> Table:
    """Return every hit: actors first, then reports, best first."""
    words = ask.query["q"]
    columns = tuple(Hit.__annotations__)
    if not words:
        return Table(columns, (), 0)
    narrowed = _narrow(ask)
    actors = query.search(ask.store, words, kind="actor", limit=1000)
    reports = find_reports(ask.store, words, limit=10_000, **narrowed)
    hits = [*(() if narrowed else actors), *reports]
    return Table(columns, map(as_dict, hits), reports.total + (0 if narrowed else actors.total))


VIEW = View("search", "/search", page, table, extra=_FILTERS)
