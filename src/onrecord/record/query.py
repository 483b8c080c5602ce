"""Ask the record: who did what to whom, who said so, how many, where it was found.

Every function takes a `Store`, returns at most `limit` rows, and binds every
value it is given. Filters left None do not filter; filters given together
must all fit. A name that the record does not know fits nothing.
"""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from sqlalchemy import ColumnElement, Connection, func, or_, select
from sqlalchemy.sql.selectable import TableClause

from onrecord.record.claim_queries import acts, claim, claims, compare_documents, members_of_claims
from onrecord.record.filters import (
    Day,
    Values,
    check_range,
    day_of,
    fits_words,
    located,
    one_of,
    ordered,
    overlaps,
    published,
    reported,
    rests_on,
    takes_part,
)
from onrecord.record.listings import actors, documents, reviews, sources
from onrecord.record.rows import EventRow, Page, QuantityRow, QuoteRow, RelationRow, TimelineRow
from onrecord.record.search import search, suggest_actors
from onrecord.record.shown import show
from onrecord.record.store import Store
from onrecord.record.views import view_table

__all__ = [
    "Order", "actors", "acts", "claim", "claims", "compare_documents", "documents", "events",
    "members_of_claims", "quantities", "quotes", "relations", "reviews",
    "search", "show", "sources", "suggest_actors", "timeline",
]  # fmt: skip

Order = Literal["newest", "oldest", "confidence", "document"]
_Row = TypeVar("_Row")


def events(
    store: Store,
    *,
    actor: str | None = None,
    recipient: str | None = None,
    type: Values | None = None,  # noqa: A002 - the column's name
    mode: Values | None = None,
    since: Day | None = None,
    until: Day | None = None,
    place: str | None = None,
    country: str | None = None,
    publisher: str | None = None,
    source: str | None = None,
    factuality: Values | None = None,
    min_confidence: float | None = None,
    text: str | None = None,
    document: str | None = None,
    copies: bool = True,
    limit: int = 100,
    offset: int = 0,
    order: Order = "newest",
) -> Page[EventRow]:
    """Return events.

    Args:
        store: The record.
        actor: Who takes part, in either role: an actor id or any of its names.
        recipient: Whom the event is directed at; with it, `actor` is who acts.
        type: PLOVER types, any case.
        mode: PLOVER modes, any case.
        since: First day; an event counts by its own days, else by the report's publication.
        until: Last day, inclusive.
        place: Name of a place or of its province, or a place id.
        country: Where it happens: ISO 3166 alpha-3, alpha-2 or English name.
        publisher: Outlet, any case.
        source: Name of any link of the chain, any case.
        factuality: asserted, denied, planned, possible, conditional.
        min_confidence: 0 to 1.
        text: Words that must occur in the sentence, any case, in this order.
        document: Document id or the beginning of one.
        copies: False leaves out reports that are near copies of another.
        limit: Most rows, 1 to 1,000,000.
        offset: Rows to skip.
        order: `newest` or `oldest` by day, most confident, or as in the `document`.

    Raises:
        QueryError: A filter does not make sense.
    """
    view = view_table("events")
    with store.reading() as connection:
        found = reported(
            view,
            publisher=publisher,
            min_confidence=min_confidence,
            document=document,
            copies=copies,
        )
        found += _stated(view, type, factuality, text)
        found += overlaps(view, since, until) + rests_on(view, source)
        found += _parties(connection, view, ("actor", "recipient"), actor, recipient)
        found += one_of(view.c.mode, mode, fold=str.lower)
        found += located(view, place, country)
        return _page(connection, view, EventRow, found, ordered(view, order), limit, offset)


def relations(
    store: Store,
    *,
    actor: str | None = None,
    object: str | None = None,  # noqa: A002 - the column's name
    type: Values | None = None,  # noqa: A002 - the column's name
    since: Day | None = None,
    until: Day | None = None,
    publisher: str | None = None,
    source: str | None = None,
    factuality: Values | None = None,
    min_confidence: float | None = None,
    text: str | None = None,
    document: str | None = None,
    copies: bool = True,
    limit: int = 100,
    offset: int = 0,
    order: Order = "newest",
) -> Page[RelationRow]:
    """Return standing facts; `actor` is in either role, or the subject when `object` is given.

    Other arguments and errors as for `events`.
    """
    view = view_table("relations")
    with store.reading() as connection:
        found = reported(
            view,
            publisher=publisher,
            min_confidence=min_confidence,
            document=document,
            copies=copies,
        )
        found += _stated(view, type, factuality, text)
        found += overlaps(view, since, until) + rests_on(view, source)
        found += _parties(connection, view, ("subject", "object"), actor, object)
        return _page(connection, view, RelationRow, found, ordered(view, order), limit, offset)


def quantities(
    store: Store,
    *,
    actor: str | None = None,
    type: Values | None = None,  # noqa: A002 - the column's name
    counted: str | None = None,
    unit: Values | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
    since: Day | None = None,
    until: Day | None = None,
    place: str | None = None,
    country: str | None = None,
    publisher: str | None = None,
    source: str | None = None,
    factuality: Values | None = None,
    min_confidence: float | None = None,
    text: str | None = None,
    document: str | None = None,
    copies: bool = True,
    limit: int = 100,
    offset: int = 0,
    order: Order = "newest",
) -> Page[QuantityRow]:
    """Return figures.

    Args:
        store: The record.
        actor: Whose figure it is.
        type: people, casualties, troops, money, weapons, percentage, distance, other.
        counted: Words that must occur in what is counted.
        unit: "count", "percent", an ISO 4217 code or an SI unit.
        at_least: Figures that may be this much or more, in `unit`.
        at_most: Figures that may be this much or less, in `unit`.

    Other arguments and errors as for `events`.
    """
    view = view_table("quantities")
    with store.reading() as connection:
        found = reported(
            view,
            publisher=publisher,
            min_confidence=min_confidence,
            document=document,
            copies=copies,
        )
        found += _stated(view, type, factuality, text)
        found += overlaps(view, since, until) + rests_on(view, source)
        found += _parties(connection, view, ("holder",), actor, None)
        found += one_of(view.c.unit, unit, fold=lambda value: value)
        found += located(view, place, country)
        if counted is not None:
            found.append(fits_words(view.c.counted, counted))
        if at_least is not None:
            found.append(or_(view.c.value_high.is_(None), view.c.value_high >= at_least))
        if at_most is not None:
            found.append(or_(view.c.value_low.is_(None), view.c.value_low <= at_most))
        return _page(connection, view, QuantityRow, found, ordered(view, order), limit, offset)


def quotes(
    store: Store,
    *,
    speaker: str | None = None,
    kind: Values | None = None,
    since: Day | None = None,
    until: Day | None = None,
    publisher: str | None = None,
    min_confidence: float | None = None,
    text: str | None = None,
    document: str | None = None,
    copies: bool = True,
    limit: int = 100,
    offset: int = 0,
    order: Order = "newest",
) -> Page[QuoteRow]:
    """Return what people and bodies said.

    Args:
        store: The record.
        speaker: Who says it: an actor id or any of its names.
        kind: direct, indirect or mixed.
        since: First day of publication.
        until: Last day of publication, inclusive.
        text: Words that must occur in what is said.

    Other arguments and errors as for `events`.
    """
    view = view_table("quotes")
    with store.reading() as connection:
        found = reported(
            view,
            publisher=publisher,
            min_confidence=min_confidence,
            document=document,
            copies=copies,
        )
        found += _parties(connection, view, ("speaker",), speaker, None)
        found += one_of(view.c.kind, kind, fold=str.lower)
        found += published(view, since, until)
        if text is not None:
            found.append(fits_words(view.c.words, text))
        return _page(connection, view, QuoteRow, found, ordered(view, order), limit, offset)


def timeline(
    store: Store,
    *,
    actor: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    limit: int = 1000,
    offset: int = 0,
) -> Page[TimelineRow]:
    """Return events and figures from the first day to the last; arguments as for `events`."""
    view = view_table("timeline")
    with store.reading() as connection:
        found: list[ColumnElement[bool]] = []
        if since is not None:
            found.append(view.c.until >= day_of(since))
        if until is not None:
            found.append(view.c.day <= day_of(until, end=True))
        found += _parties(connection, view, ("who", "whom"), actor, None)
        order: list[ColumnElement[Any]] = [view.c.day, view.c.statement_id]
        return _page(connection, view, TimelineRow, found, order, limit, offset)


def _stated(
    view: TableClause, type_: Values | None, factuality: Values | None, text: str | None
) -> list[ColumnElement[bool]]:
    # PLOVER's types are written in capitals, those of relations and figures are not.
    found = one_of(func.upper(view.c.type), type_, fold=str.upper)
    found += one_of(view.c.factuality, factuality, fold=str.lower)
    if text is not None:
        found.append(fits_words(view.c.sentence, text))
    return found


def _parties(
    connection: Connection,
    view: TableClause,
    roles: tuple[str, ...],
    first: str | None,
    second: str | None,
) -> list[ColumnElement[bool]]:
    found = []
    if first is not None:
        found.append(takes_part(connection, view, roles if second is None else roles[:1], first))
    if second is not None:
        found.append(takes_part(connection, view, roles[1:], second))
    return found


def _page(
    connection: Connection,
    view: TableClause,
    row: type[_Row],
    found: list[ColumnElement[bool]],
    order: list[ColumnElement[Any]],
    limit: int,
    offset: int,
) -> Page[_Row]:
    check_range(limit, offset)
    key = view.c.attribution_id if "statement_id" not in view.c else view.c.statement_id
    total = connection.scalar(select(func.count()).select_from(view).where(*found)) or 0
    # Cutting sentences out of texts is the dear part: first find which rows, then show them.
    wanted = select(key).where(*found).order_by(*order).limit(limit).offset(offset)
    rows = connection.execute(select(view).where(key.in_(wanted)).order_by(*order)).mappings()
    return Page(tuple(row(**found_row) for found_row in rows), total, limit, offset)
