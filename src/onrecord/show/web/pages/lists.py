"""Lists: events, relations, figures, quotes, actors, documents, sources, with their filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from onrecord.record import query
from onrecord.record.listings import actor_facets
from onrecord.record.paging import rows_of
from onrecord.record.rows import EventRow, Page, QuantityRow, QuoteRow, RelationRow, SourceRow
from onrecord.record.store import Store
from onrecord.show.export.source import columns_of, every_row
from onrecord.show.filters import sure_enough
from onrecord.show.sequences import as_dict
from onrecord.show.web.facets import Facet, facet
from onrecord.show.web.parameters import READERS, any_text, choices, one_word_of
from onrecord.show.web.site import Ask, Table, View
from onrecord.show.web.words import KIND_NAMES, country_words

ROWS_ON_PAGE = 50
MOST_ROWS = 200_000
PAGING = {"page": READERS["page"]}


@dataclass(frozen=True, slots=True)
class Field:
    """One filter as a form shows it.

    Attributes:
        name: The parameter.
        label: What people read.
        hint: Example of what to write.
        words: The words to choose from, empty for free text.
    """

    name: str
    label: str
    hint: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """One list.

    Attributes:
        what: Its name, as in `Record.events`.
        one: One row in words.
        main: Filters that are always in sight.
        more: Filters that unfold.
        empty: What to do when the record has no such rows at all.
    """

    what: str
    one: str
    main: tuple[Field, ...]
    more: tuple[Field, ...]
    empty: str

    @property
    def counted(self) -> tuple[str, str]:
        """Return what its rows are counted as: one, and several."""
        return _COUNTED.get(self.what, (self.one, f"{self.one}s"))


_COUNTED = {
    "events": ("statement of an event", "statements of events"),
    "relations": ("statement of a relation", "statements of relations"),
    "figures": ("statement of a figure", "statements of figures"),
}
_DAYS = (Field("since", "From", "2024-05-01"), Field("until", "Until", "2024-05"))
_REPORT = (
    Field("publisher", "Outlet"),
    Field("source", "On the word of", "any link of the chain"),
    Field("text", "Words in the sentence"),
    Field("min_confidence", "At least this sure", "0 to 1"),
    Field("copies", "Near copies", words=("yes", "no")),
    Field("document", "Report", "doc_…"),
)
_PLACE = (Field("place", "Place"), Field("country", "Country", "name or code"))


def _words(what: str, name: str, label: str) -> Field:
    return Field(name, label, words=choices(what)[name])


LISTS: dict[str, Listed] = {
    listed.what: listed
    for listed in (
        Listed(
            "events", "event",
            (Field("actor", "Who, in either role"), _words("events", "type", "Type"), *_DAYS),
            (Field("recipient", "Whom"), _words("events", "mode", "Mode"), *_PLACE,
             _words("events", "factuality", "Said to be"), *_REPORT,
             _words("events", "order", "Order")),
            "No report read so far states an event.",
        ),
        Listed(
            "relations", "relation",
            (Field("actor", "Who"), _words("relations", "type", "Relation"),
             Field("object", "To whom")),
            (*_DAYS, _words("relations", "factuality", "Said to be"), *_REPORT,
             _words("relations", "order", "Order")),
            "No report read so far states a standing relation.",
        ),
        Listed(
            "figures", "figure",
            (_words("figures", "type", "Sort"), Field("counted", "Of what", "soldiers"), *_DAYS),
            (Field("actor", "Whose"), Field("unit", "Unit", "count, USD, km"),
             Field("at_least", "At least"), Field("at_most", "At most"), *_PLACE,
             _words("figures", "factuality", "Said to be"), *_REPORT,
             _words("figures", "order", "Order")),
            "No report read so far gives a figure.",
        ),
        Listed(
            "quotes", "quote",
            (Field("speaker", "Who says so"), Field("text", "Words said"),
             _words("quotes", "kind", "Kind")),
            (*_DAYS, Field("publisher", "Outlet"),
             Field("min_confidence", "At least this sure", "0 to 1"),
             Field("copies", "Near copies", words=("yes", "no")), Field("document", "Report"),
             _words("quotes", "order", "Order")),
            "No report read so far quotes anybody.",
        ),
        Listed(
            "actors", "actor",
            (Field("name", "Name"), _words("actors", "kind", "Kind"),
             Field("country", "Country", "name or code")),
            (Field("sector", "Sector", "GOV, MIL, REB"),
             Field("named", "With a name", words=("yes", "no", "all")),
             Field("document", "In report", "doc_…")),
            "No report read so far names anybody.",
        ),
        Listed(
            "documents", "report",
            (Field("title", "Words of the title"), Field("publisher", "Outlet"), *_DAYS),
            (_words("documents", "status", "Status"), Field("actor", "Speaks of", "ac_…"),
             Field("copies", "Near copies", words=("yes", "no"))),
            "No report was read so far.",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """How the rows of a list are judged.

    Attributes:
        kind: event, relation, quantity or quote.
        one: One row in words.
        key: Name of the identifier.
        view: The view that shows them.
        row: What its rows are.
    """

    kind: str
    one: str
    key: str
    view: str
    row: type

    def rows(self, store: Store, ids: Sequence[str]) -> Page[Any]:
        """Return those of the rows that the record shows, in the order of `ids`."""
        found: tuple[Any, ...] = rows_of(store, self.view, self.row, ids)
        return Page(found, len(found), len(ids), 0)


JUDGED = {
    "events": Judged("event", "event", "statement_id", "events", EventRow),
    "relations": Judged("relation", "relation", "statement_id", "relations", RelationRow),
    "figures": Judged("quantity", "figure", "statement_id", "quantities", QuantityRow),
    "quotes": Judged("quote", "quote", "attribution_id", "quotes", QuoteRow),
}


def asks(what: str) -> Callable[..., Page[Any]]:
    found: Callable[..., Page[Any]] = getattr(query, "quantities" if what == "figures" else what)
    return found


def page(what: str, ask: Ask) -> Mapping[str, Any]:
    """Return one page of a list."""
    number = int(ask.query.extra.get("page", 1))
    offset = (number - 1) * ROWS_ON_PAGE
    filters = sure_enough(what, ask.query.filters)
    rows = asks(what)(ask.store, limit=ROWS_ON_PAGE, offset=offset, **filters)
    listed = LISTS[what]
    return {
        "title": what.capitalize(),
        "listed": listed,
        "rows": rows,
        "likely": _likely(ask, rows.total),
        "n_unsure": _n_unsure(what, ask, rows.total),
        "judged": JUDGED.get(what),
        "facets": _ways(ask) if what == "actors" else (),
        "done": _done(ask),
        "page": number,
        "pages": max(1, -(-rows.total // ROWS_ON_PAGE)),
    }


def _n_unsure(what: str, ask: Ask, total: int) -> int:
    """Return how many rows fit but are left out as often wrong, because nobody asked for them."""
    given = ask.query.filters
    if sure_enough(what, given) == given:
        return 0
    every = asks(what)(ask.store, limit=0, **given).total
    return int(every - total)


def _ways(ask: Ask) -> list[Facet]:
    """Return how the actors of the list spread; what would leave nothing out is no choice."""
    found = actor_facets(ask.store, **ask.query.filters)
    ways = partial(facet, asked=ask.query, path="/actors")
    named = (
        ways("Kind", values=(({"kind": v}, KIND_NAMES.get(v, v), n) for v, n in found.kinds)),
        ways("Sector", values=(({"sector": v}, v, n) for v, n in found.sectors)),
        ways("Country", values=(({"country": v}, country_words(v), n) for v, n in found.countries)),
    )
    return [one for one in named if len(one.values) > 1 or any(v.chosen for v in one.values)]


def _done(ask: Ask) -> Mapping[str, Any] | None:
    """Return what was just said of several rows, as far as it stands, for the undo button."""
    batch = str(ask.query.extra.get("done", ""))
    given = query.reviews(ask.store, batch=batch, limit=1).rows if batch else ()
    if not given or given[0].undone_by is not None:
        return None
    total = query.reviews(ask.store, batch=batch, limit=1).total
    return {"batch": batch, "verdict": given[0].verdict, "n": total}


def _likely(ask: Ask, total: int) -> tuple[str, tuple[str, ...]]:
    """Return the filter whose name the record does not know, and names like it."""
    for name in ("actor", "speaker", "recipient", "object"):
        wanted = ask.query.filters.get(name)
        if total == 0 and wanted and not str(wanted).startswith("ac_"):
            return name, query.suggest_actors(ask.store, str(wanted), limit=3)
    return "", ()


def table(what: str, ask: Ask) -> Table:
    """Return every row that fits, up to `MOST_ROWS`; with `page`, the rows of that page."""
    filters = sure_enough(what, ask.query.filters)
    asked = partial(asks(what), ask.store, **filters)
    # The file says what holds although nobody wrote it.
    about = {k: v for k, v in filters.items() if k not in ask.query.filters}
    if "page" in ask.query.extra:
        offset = (int(ask.query.extra["page"]) - 1) * ROWS_ON_PAGE
        some = asked(limit=ROWS_ON_PAGE, offset=offset)
        return Table(columns_of(what), map(as_dict, some), some.total, about)
    total = asked(limit=0).total

    def rows() -> Iterator[dict[str, Any]]:
        found = every_row(lambda most, start: asked(limit=most, offset=start), MOST_ROWS)
        yield from map(as_dict, found)

    return Table(columns_of(what), rows(), total, about)


def sources_page(ask: Ask) -> Mapping[str, Any]:
    """Return whom the record relies on."""
    number = int(ask.query.extra.get("page", 1))
    rows = _sources(ask, ROWS_ON_PAGE, (number - 1) * ROWS_ON_PAGE)
    return {
        "title": "Sources",
        "rows": rows,
        "page": number,
        "pages": max(1, -(-rows.total // ROWS_ON_PAGE)),
    }


def _sources(ask: Ask, limit: int, offset: int) -> Page[SourceRow]:
    asked = {name: value for name, value in ask.query.extra.items() if name != "page"}
    return query.sources(ask.store, limit=limit, offset=offset, **asked)


def sources_table(ask: Ask) -> Table:
    """Return every source."""
    rows = _sources(ask, 10_000, 0)
    return Table(tuple(SourceRow.__annotations__), map(as_dict, rows), rows.total)


VIEWS: tuple[View, ...] = (
    *(
        View(
            what, f"/{what}", partial(page, what), partial(table, what), what,
            {**PAGING, "done": any_text} if what in JUDGED else PAGING, "list",
        )
        for what in LISTS
    ),
    View(
        "sources", "/sources", sources_page, sources_table,
        extra={**PAGING, "role": one_word_of("outlet", "agency", "speaker"), "name": any_text},
    ),
)  # fmt: skip
