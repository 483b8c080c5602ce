"""The filters of each list, and the words they know.

Python and the command line check them here, so that a slip ("ASAULT",
`auther=`) is an answer with the right word in it and never an empty table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Literal, TypedDict, get_type_hints

from onrecord.errors import QueryError
from onrecord.model.annotation import FACTUALITIES, RELATION_TYPES
from onrecord.model.claim import CLAIM_STATUSES
from onrecord.show.export.codes import event_modes, event_types
from onrecord.show.nearest import did_you_mean

Day = date | str
Values = str | Sequence[str]
Order = Literal["newest", "oldest", "confidence", "document"]

ClaimOrder = Literal["disputed", "sources", "newest", "oldest"]

CLAIM_ORDERS = ("disputed", "sources", "newest", "oldest")
CLAIM_KINDS = ("event", "relation", "quantity")
ORDERS = ("newest", "oldest", "confidence", "document")
FIGURE_TYPES = (
    "people", "casualties", "troops", "money", "weapons", "percentage", "distance", "other",
)  # fmt: skip
QUOTE_KINDS = ("direct", "indirect", "mixed")
ACTOR_KINDS = (
    "person", "organisation", "armed_group", "government", "country", "media", "company",
    "people", "other",
)  # fmt: skip
DOCUMENT_STATUSES = ("read", "skipped", "failed")
# Confidence is a probability (`training.calibrate`): of the development set's events that reach
# this one, four in five have the right type. Others are shown to those who ask for them.
SURE_ENOUGH = 0.6
# Relations below this one are mostly wrong.
RELATION_SURE_ENOUGH = 0.4
# A claim whose surest statement is below this one is more likely misread than not. Its other
# statements may be as unsure as they like: they only say on whose word it rests.
CLAIM_SURE_ENOUGH = 0.5
_LEAST = {
    "events": SURE_ENOUGH, "relations": RELATION_SURE_ENOUGH,
    "claims": CLAIM_SURE_ENOUGH, "timeline": CLAIM_SURE_ENOUGH,
}  # fmt: skip


class _Report(TypedDict, total=False):
    """Filters on the report a row stands in."""

    since: Day
    until: Day
    publisher: str
    min_confidence: float
    text: str
    document: str
    copies: bool
    order: Order


class _Statement(_Report, total=False):
    """Filters on what a report states."""

    actor: str
    type: Values
    source: str
    factuality: Values


class EventFilters(_Statement, total=False):
    """Filters of `Record.events`; their meaning is in `Record.events`."""

    recipient: str
    mode: Values
    place: str
    country: str


class RelationFilters(_Statement, total=False):
    """Filters of `Record.relations`."""

    object: str


class FigureFilters(_Statement, total=False):
    """Filters of `Record.figures`."""

    counted: str
    unit: Values
    at_least: float
    at_most: float
    place: str
    country: str


class QuoteFilters(_Report, total=False):
    """Filters of `Record.quotes`."""

    speaker: str
    kind: Values


class ActorFilters(TypedDict, total=False):
    """Filters of `Record.actors`."""

    name: str
    kind: Values
    country: str
    sector: str
    named: bool | None
    document: str


class DocumentFilters(TypedDict, total=False):
    """Filters of `Record.documents`."""

    publisher: str
    since: Day
    until: Day
    title: str
    actor: str
    status: Values
    copies: bool


class ClaimFilters(TypedDict, total=False):
    """Filters of `Record.claims`."""

    actor: str
    kind: Values
    type: Values
    place: str
    since: Day
    until: Day
    status: Values
    min_sources: int
    min_documents: int
    min_confidence: float
    document: str
    order: ClaimOrder


class TimelineFilters(TypedDict, total=False):
    """Filters of `Record.timeline` beside the actor."""

    type: Values
    since: Day
    until: Day
    min_sources: int
    min_confidence: float


class _ActorTimeline(TimelineFilters, total=False):
    actor: str


_FILTERS: dict[str, type] = {
    "claims": ClaimFilters,
    "timeline": _ActorTimeline,
    "events": EventFilters,
    "relations": RelationFilters,
    "figures": FigureFilters,
    "quotes": QuoteFilters,
    "actors": ActorFilters,
    "documents": DocumentFilters,
}


@cache
def filter_names(what: str) -> tuple[str, ...]:
    """Return the names of the filters of one list, e.g. "events"."""
    return tuple(get_type_hints(_FILTERS[what]))


@cache
def known_values(what: str) -> dict[str, tuple[str, ...]]:
    """Return for each filter of a list with a fixed vocabulary what it may be."""
    values: dict[str, tuple[str, ...]] = {"order": ORDERS}
    if what in ("claims", "timeline"):
        types = (*event_types(), *RELATION_TYPES, *FIGURE_TYPES)
        return {
            "order": CLAIM_ORDERS, "kind": CLAIM_KINDS, "status": CLAIM_STATUSES, "type": types,
        }  # fmt: skip
    if what in ("events", "relations", "figures"):
        values["factuality"] = FACTUALITIES
    if what == "events":
        values |= {"type": event_types(), "mode": event_modes()}
    elif what == "relations":
        values["type"] = RELATION_TYPES
    elif what == "figures":
        values["type"] = FIGURE_TYPES
    elif what == "quotes":
        values["kind"] = QUOTE_KINDS
    elif what == "actors":
        values["kind"] = ACTOR_KINDS
    elif what == "documents":
        values["status"] = DOCUMENT_STATUSES
    return values


def checked(what: str, filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters that were given, words of a vocabulary in their usual case.

    Args:
        what: The list: events, relations, figures, quotes, actors or documents.
        filters: Names and values; None does not filter.

    Raises:
        QueryError: A filter or one of its words is not known; the error names the nearest.
    """
    names = filter_names(what)
    vocabulary = known_values(what)
    kept: dict[str, Any] = {}
    for name, value in filters.items():
        if name not in names:
            raise QueryError(
                f"filter {name!r}", f"{what} have no such filter", did_you_mean(name, names)
            )
        if value is None and name != "named":  # named=None: with a name or without
            continue
        kept[name] = _known(name, value, vocabulary[name]) if name in vocabulary else value
    return kept


def sure_enough(what: str, filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters with what holds where none is given: rows that are likely right.

    Asking for one report, or giving `min_confidence`, shows the others too.
    """
    if what not in _LEAST or "document" in filters or "min_confidence" in filters:
        return dict(filters)
    return {**filters, "min_confidence": _LEAST[what]}


def least_sure(asked: float | None) -> dict[str, float]:
    """Return how sure an "event" and a "relation" must be to be shown beside each other.

    Args:
        asked: What was asked for; None for what lists ask for.
    """
    if asked is not None:
        return {"event": asked, "relation": asked}
    return {"event": SURE_ENOUGH, "relation": RELATION_SURE_ENOUGH}


def _known(name: str, value: Values, known: Sequence[str]) -> str | list[str]:
    given = value.split(",") if isinstance(value, str) else list(value)
    by_case = {word.casefold().replace("_", "-"): word for word in known}
    found = []
    for word in (w.strip() for w in given):
        usual = by_case.get(word.casefold().replace("_", "-"))
        if usual is None:
            raise QueryError(f"{name} {word!r}", "not known", did_you_mean(word, known))
        found.append(usual)
    return found[0] if len(found) == 1 else found
