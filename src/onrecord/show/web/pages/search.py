"""Search: words in reports and names, with counts to narrow by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from onrecord.model.claim import CLAIM_STATUSES
from onrecord.record import query
from onrecord.record.facets import MOST_COUNTED, Facets, Narrow, find_reports, search_reports
from onrecord.record.rows import Hit
from onrecord.show.export.codes import event_types
from onrecord.show.filters import ACTOR_KINDS, CLAIM_SURE_ENOUGH, SURE_ENOUGH
from onrecord.show.sequences import as_dict
from onrecord.show.web.facets import Facet, facet
from onrecord.show.web.parameters import READERS, Query, any_text, one_word_of
from onrecord.show.web.site import Ask, Table, View
from onrecord.show.web.words import KIND_NAMES, country_words, type_words

HITS_ON_PAGE = 20
_ACTORS = 8
_NARROWING = {
    "publisher": any_text, "since": any_text, "until": any_text,
    "type": one_word_of(*event_types()), "country": any_text,
    "kind": one_word_of(*ACTOR_KINDS),
    "status": one_word_of(*(status for status in CLAIM_STATUSES if status != "single_source")),
}  # fmt: skip
_FILTERS = {"q": any_text, **_NARROWING, "page": READERS["page"]}


def page(ask: Ask) -> Mapping[str, Any]:
    """Return actors and reports that hold the words, and how they spread."""
    words = ask.query["q"]
    if not words:
        return {"title": "Search", "words": "", "actors": (), "reports": (), "facets": None}
    number = int(ask.query.extra.get("page", 1))
    narrow = _narrow(ask)
    reports, spread = search_reports(
        ask.store, words, narrow=narrow, limit=HITS_ON_PAGE, offset=(number - 1) * HITS_ON_PAGE
    )
    return {
        "title": f"Search: {words}",
        "words": words,
        "chosen": ", ".join(
            f"{name}={value}" for name, value in ask.query.given if name in _NARROWING
        ),
        "actors": query.search(ask.store, words, kind="actor", limit=_ACTORS),
        "reports": reports,
        "facets": _facets(ask.query, spread),
        "partly": reports.total > MOST_COUNTED,
        "most_counted": MOST_COUNTED,
        "page": number,
        "pages": max(1, -(-reports.total // HITS_ON_PAGE)),
    }


def _facets(asked: Query, found: Facets) -> list[Facet]:
    """Return the facets as the page shows them; those with nothing to choose are left out."""
    ways = partial(facet, asked=asked, path="/search")
    outlets = (({"publisher": v} if v else {}, v or "unknown", n) for v, n in found.publishers)
    months = (({"since": v, "until": v}, v, n) for v, n in found.months)
    types = (({"type": v}, type_words(v), n) for v, n in found.types)
    kinds = (({"kind": v}, KIND_NAMES.get(v, v), n) for v, n in found.kinds)
    countries = (({"country": v}, country_words(v), n) for v, n in found.countries)
    statuses = (({"status": v}, v.replace("_", " "), n) for v, n in found.statuses)
    named = (
        ways("Outlet", values=outlets),
        ways("Month", values=months),
        ways("Event", values=types, some=True),
        ways("Who", values=kinds, some=True),
        ways("Where", values=countries, some=True),
        ways("Claim", values=statuses, some=True),
    )
    return [one for one in named if one.values]


def _narrow(ask: Ask) -> Narrow:
    given = {k: v for k, v in ask.query.extra.items() if k in _NARROWING}
    return Narrow(**given, min_confidence=SURE_ENOUGH, min_claim_confidence=CLAIM_SURE_ENOUGH)


def table(ask: Ask) -> Table:
    """Return every hit: actors first, then reports, best first."""
    words = ask.query["q"]
    columns = tuple(Hit.__annotations__)
    if not words:
        return Table(columns, (), 0)
    narrowed = any(name in ask.query.extra for name in _NARROWING)
    actors = query.search(ask.store, words, kind="actor", limit=1000)
    reports = find_reports(ask.store, words, narrow=_narrow(ask), limit=10_000)
    hits = [*(() if narrowed else actors), *reports]
    return Table(columns, map(as_dict, hits), reports.total + (0 if narrowed else actors.total))


VIEW = View("search", "/search", page, table, extra=_FILTERS)
