"""Claims: what reports say together, and one claim with its sources side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import QueryError, RecordError
from onrecord.model.annotation import RELATION_TYPES
from onrecord.pipeline import settle
from onrecord.record import claim_queries
from onrecord.record.claim_rows import ClaimMember, ClaimRow, SourceColumn
from onrecord.record.rows import Page
from onrecord.show.export.codes import event_types
from onrecord.show.export.source import every_row
from onrecord.show.filters import FIGURE_TYPES, sure_enough
from onrecord.show.nearest import did_you_mean
from onrecord.show.sequences import as_dict
from onrecord.show.web.forms import read_form
from onrecord.show.web.pages.lists import ROWS_ON_PAGE, Field
from onrecord.show.web.parameters import (
    READERS,
    any_text,
    one_word_of,
    read_query,
    whole_number,
)
from onrecord.show.web.site import Ask, Table, View

STATUSES = ("disputed", "retracted", "corroborated", "single_source")
KINDS = ("event", "relation", "quantity")
# Wordings of a field that are shown at once; more of them hide what differs.
_WORDINGS = 3
# What a reader misses when no source says it.
_MISSED = {"event": ("who", "when", "where"), "relation": ("when",), "quantity": ("when", "where")}
ORDERS = ("disputed", "sources", "newest", "oldest")
TYPES = (*event_types(), *RELATION_TYPES, *FIGURE_TYPES)


def _types(name: str, text: str) -> str:
    known = {word.casefold() for word in TYPES}
    for word in text.split(","):
        if word.strip().casefold() not in known:
            raise QueryError(f"{name} {word!r}", "not known", did_you_mean(word, TYPES))
    return text


MAIN = (
    Field("actor", "Who, in either role"),
    Field("status", "Status", words=STATUSES),
    Field("kind", "Kind", words=KINDS),
    Field("min_sources", "Sources, at least", "2"),
)
MORE = (
    Field("type", "Type", "ASSAULT, leads, casualties"),
    Field("place", "Place"),
    Field("since", "From", "2024-05-01"),
    Field("until", "Until", "2024-05"),
    Field("min_documents", "Reports, at least", "2"),
    Field("min_confidence", "At least this sure", "0 to 1"),
    Field("document", "Report", "doc_…"),
    Field("order", "Order", words=ORDERS),
)
_FILTERS = {
    "actor": any_text,
    "status": one_word_of(*STATUSES),
    "kind": one_word_of(*KINDS),
    "type": _types,
    "place": any_text,
    "since": any_text,
    "until": any_text,
    "min_sources": whole_number(0, 100_000),
    "min_documents": whole_number(0, 100_000),
    "min_confidence": READERS["min_confidence"],
    "document": any_text,
    "order": one_word_of(*ORDERS),
    "page": READERS["page"],
}


def _given(ask: Ask) -> dict[str, Any]:
    return {name: value for name, value in ask.query.extra.items() if name != "page"}


def _ask(ask: Ask, limit: int, offset: int) -> Page[ClaimRow]:
    asked = sure_enough("claims", _given(ask))
    return claim_queries.claims(ask.store, limit=limit, offset=offset, **asked)


def _n_unsure(ask: Ask, total: int) -> int:
    """Return how many claims fit but are left out as often wrong, because nobody asked for them."""
    given = _given(ask)
    if sure_enough("claims", given) == given:
        return 0
    return claim_queries.claims(ask.store, limit=0, **given).total - total


def page(ask: Ask) -> Mapping[str, Any]:
    """Return one page of claims, disputed ones first."""
    number = int(ask.query.extra.get("page", 1))
    rows = _ask(ask, ROWS_ON_PAGE, (number - 1) * ROWS_ON_PAGE)
    return {
        "title": "Claims",
        "main": MAIN,
        "more": MORE,
        "rows": rows,
        "n_unsure": _n_unsure(ask, rows.total),
        "page": number,
        "pages": max(1, -(-rows.total // ROWS_ON_PAGE)),
        "n_waiting": claim_queries.n_not_compared(ask.store),
    }


async def form_anew(request: Request) -> Response:
    """Form the claims of reports that were judged or read since; others may go on reviewing."""
    form = await read_form(request, ("filters",))
    query = read_query(form.get("filters", ""), extra=_FILTERS)
    await run_in_threadpool(settle, request.app.state.writer)
    return RedirectResponse(query.address("/claims"), 303)


def table(ask: Ask) -> Table:
    """Return every claim that fits."""
    total = _ask(ask, 1, 0).total
    rows = every_row(lambda limit, offset: _ask(ask, limit, offset))
    given = _given(ask)
    # The file says what holds although nobody wrote it.
    about = {k: v for k, v in sure_enough("claims", given).items() if k not in given}
    return Table(tuple(ClaimRow.__annotations__), map(as_dict, rows), total, about)


@dataclass
class Branch:
    """Someone in the tree of who relies on whom, those who rely on it below.

    Attributes:
        name: The source, agency, outlet or report.
        role: speaker, agency, outlet or report.
        href: Where it leads.
        stance: Of a report: supports, denies or differs.
        below: Those who rely on it.
    """

    name: str
    role: str
    href: str = ""
    stance: str = ""
    below: dict[str, Branch] = field(default_factory=dict)


def who_relies_on_whom(members: Iterable[ClaimMember]) -> list[Branch]:
    """Return the speakers a claim rests on, below each the agencies and outlets that cite them.

    Two unnamed sources are never taken for one.
    """
    roots: dict[str, Branch] = {}
    for member in members:
        level = roots
        for link in reversed(member.chain):
            key = f"{link.role}:{link.actor_id or link.name}"
            if not link.named:
                key += f":{member.origin}"
            href = f"/actor/{link.actor_id}" if link.actor_id else ""
            level = level.setdefault(key, Branch(link.name, link.role, href)).below
        title = member.title or "untitled report"
        href = f"/document/{member.document_id}?at={member.statement_id}"
        role = "near copy" if member.copy_of else "report"
        level[member.statement_id] = Branch(title, role, href, member.stance)
    return list(roots.values())


def for_and_against(columns: Sequence[SourceColumn]) -> list[SourceColumn]:
    """Return the columns so that what is in dispute stands side by side.

    The best two who say so come first, then those who deny it or differ, then the others.
    """
    plain = [column for column in columns if column.stances == ("supports",)]
    denying = [column for column in columns if "denies" in column.stances]
    differing = [column for column in columns if column not in plain and column not in denying]
    return [*plain[:2], *denying, *differing, *plain[2:]]


def pieces_of(text: str) -> tuple[list[str], list[str]]:
    """Return the first few wordings of a cell, and the others."""
    pieces = list(dict.fromkeys(text.split("; ")))
    return pieces[:_WORDINGS], pieces[_WORDINGS:]


def said_once(members: Iterable[ClaimMember]) -> list[ClaimMember]:
    """Return the statements whose words a column shows: no near copy, and a sentence once."""
    own = [member for member in members if not member.copy_of] or list(members)[:1]
    return list({(m.document_id, m.sentence): m for m in reversed(own)}.values())[::-1]


def claim_page(ask: Ask) -> Mapping[str, Any]:
    """Return one claim with its sources side by side."""
    if not ask.row_id.startswith("cl_"):
        raise RecordError(ask.row_id, "not a claim", "Claims begin with cl_.")
    shown = claim_queries.claim(ask.store, ask.row_id)
    members = [member for column in shown.columns for member in column.members]
    return {
        "title": "Claim",
        "shown": shown,
        "claim": shown.claim,
        "tree": who_relies_on_whom(members),
        "columns": for_and_against(shown.columns),
        "against": [c for c in shown.columns if c.stances != ("supports",)],
        "say_so": [c for c in shown.columns if "supports" in c.stances],
        "pieces_of": pieces_of,
        "said_once": said_once,
        "silent": [field for field in _MISSED[shown.claim.kind] if field not in shown.fields],
    }


def claim_table(ask: Ask) -> Table:
    """Return the statements of a claim, a row each."""
    if not ask.row_id.startswith("cl_"):
        raise RecordError(ask.row_id, "not a claim", "Claims begin with cl_.")
    shown = claim_queries.claim(ask.store, ask.row_id)
    rows = [
        {**as_dict(member), "chain": " < ".join(link.name for link in member.chain)}
        for column in shown.columns
        for member in column.members
    ]
    columns = tuple(ClaimMember.__annotations__)
    return Table(columns, rows, len(rows), about={"claim": as_dict(shown.claim)})


VIEWS = (
    View("claims", "/claims", page, table, extra=_FILTERS),
    View("claim", "/claim/{row_id}", claim_page, claim_table),
)
