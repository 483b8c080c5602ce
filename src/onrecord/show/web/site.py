"""Answer requests: one view gives a page, and the same rows as `.json` and `.csv`.

A view is two functions: `page` gives what a template shows, `table` the rows
behind it. Both take the same `Ask`, so filters mean the same everywhere.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from onrecord.errors import OnrecordError, QueryError, RecordError
from onrecord.record.limited import LimitedStore
from onrecord.show.safe import csv_cell, json_text, printable_lines
from onrecord.show.web import words
from onrecord.show.web.forms import RefusedError
from onrecord.show.web.parameters import Query, read_query
from onrecord.show.web.safety import csrf_secret, keep_csrf

_PIECE = 60_000
_NOT_IN_FILE_NAMES = re.compile(r"[^A-Za-z0-9=.,_-]+")


@dataclass(frozen=True)
class Ask:
    """What one request asks.

    Attributes:
        request: The request.
        store: The record, which cannot be written through it.
        query: Filters and other parameters, checked.
    """

    request: Request
    store: LimitedStore
    query: Query

    @property
    def row_id(self) -> str:
        """Return the identifier in the path."""
        return str(self.request.path_params["row_id"])


@dataclass(frozen=True)
class Table:
    """The rows behind a page.

    Attributes:
        columns: Keys of every row.
        rows: The rows, read once; values that JSON knows.
        total: How many there are.
        about: What else the JSON says, such as totals.
    """

    columns: tuple[str, ...]
    rows: Iterable[Mapping[str, Any]]
    total: int
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class View:
    """One address with its two twins.

    Attributes:
        name: Name of the files; also of the template unless one is given.
        path: Path of the page; `{row_id}` stands for an identifier.
        page: Gives what the template shows.
        table: Gives the rows of the twins.
        what: The list whose filters the address takes, empty for none.
        extra: Further parameters with what reads them.
        template: Name of the template without its ending.
    """

    name: str
    path: str
    page: Callable[[Ask], Mapping[str, Any]]
    table: Callable[[Ask], Table]
    what: str = ""
    extra: Mapping[str, Callable[[str, str], Any]] = field(default_factory=dict)
    template: str = ""

    def ask(self, request: Request) -> Ask:
        """Return what `request` asks of this view.

        Raises:
            QueryError: Its query has a parameter or word that is not known.
        """
        query = read_query(request.url.query, what=self.what, extra=self.extra)
        return Ask(request, request.app.state.store, query)

    async def html(self, request: Request) -> Response:
        """Answer with the page."""
        ask = self.ask(request)
        shown = await run_in_threadpool(self.page, ask)
        return render(
            request,
            f"{self.template or self.name}.html",
            {"query": ask.query, "view": self, **shown},
        )

    async def json(self, request: Request) -> Response:
        """Answer with the rows as JSON, the filters and their number beside them."""
        ask = self.ask(request)
        table = await run_in_threadpool(self.table, ask)
        head = {
            "view": self.name,
            "filters": {name: ask.query[name] for name, _ in ask.query.given},
            "total": table.total,
            **table.about,
        }
        return StreamingResponse(_json_lines(head, table.rows), media_type="application/json")

    async def csv(self, request: Request) -> Response:
        """Answer with the rows as CSV; the file's name states the filters and their number."""
        ask = self.ask(request)
        table = await run_in_threadpool(self.table, ask)
        words_ = [self.name, *request.path_params.values()]
        words_ += [f"{k}={v}" for k, v in ask.query.given] + [f"{table.total}-rows"]
        name = _NOT_IN_FILE_NAMES.sub("-", "_".join(map(str, words_)))[:150]
        return StreamingResponse(
            _csv_lines(table.columns, table.rows),
            media_type="text/csv",
            headers={"content-disposition": f'attachment; filename="{name}.csv"'},
        )


def _json_lines(head: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    # Each piece that is sent costs a hop between threads, so rows go out together.
    pieces, length = [json_text(head)[:-1] + ', "rows": ['], 0
    for number, row in enumerate(rows):
        pieces.append((",\n" if number else "\n") + json_text(dict(row)))
        length += len(pieces[-1])
        if length > _PIECE:
            yield "".join(pieces)
            pieces, length = [], 0
    yield "".join(pieces) + "]}\n"


def _csv_lines(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([csv_cell(row[name]) for name in columns])
        if buffer.tell() > _PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _finalize(value: object) -> object:
    # Whatever a report says, it cannot reorder or hide the words of the page.
    return printable_lines(value) if type(value) is str else value


def _as_data(value: object) -> str:
    """Return JSON that can stand inside a script element of type application/json."""
    return (
        json.dumps(value, ensure_ascii=True)
        .replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    )  # fmt: skip


_templates = Environment(
    loader=PackageLoader("onrecord.show.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_finalize,
)
_templates.filters |= {
    "type_words": words.type_words,
    "relation_words": words.relation_words,
    "figure": words.figure_words,
    "days": words.days_words,
    "day": words.day_words,
    "country": words.country_words,
    "chain": words.chain_links,
    "sureness": words.sureness,
    "as_data": _as_data,
    "claim_words": words.claim_words,
    "pieces": words.found_pieces,
    "sentence_pieces": words.sentence_pieces,
}
_templates.globals |= {
    "quad_of": words.quad_of,
    "count": words.count_words,
    "quads": words.QUADS,
    "kind_names": words.KIND_NAMES,
    "how_known": words.HOW_KNOWN,
    "sentence_of": words.sentence_of,
}


def render(
    request: Request, template: str, shown: Mapping[str, Any], *, status: int = 200
) -> HTMLResponse:
    """Return a page.

    Args:
        request: What is answered.
        template: Its template.
        shown: What the template shows.
        status: Status code.
    """
    path = request.url.path
    text = _templates.get_template(template).render(
        {
            "path": path,
            "csrf": csrf_secret(request),
            "location": request.app.state.store.location.rpartition("/")[2],
            "query": Query(),
            **shown,
        }
    )
    answer = HTMLResponse(text, status)
    keep_csrf(request, answer)
    return answer


async def explain(request: Request, error: Exception) -> Response:
    """Answer an error on purpose: what is wrong, why, and the next step."""
    assert isinstance(error, OnrecordError)
    status = (
        400 if isinstance(error, QueryError) else 404 if isinstance(error, RecordError) else 500
    )
    if request.url.path.endswith((".json", ".csv")):
        body = json_text({"error": str(error)}) + "\n"
        return Response(body, status, media_type="application/json")
    return render(request, "error.html", {"error": error, "status": status}, status=status)


async def refuse(request: Request, error: Exception) -> Response:
    """Answer a form that is not ours."""
    assert isinstance(error, RefusedError)
    return PlainTextResponse(error.words, error.status)


async def not_found(request: Request, error: Exception) -> Response:
    """Answer an address that does not exist."""
    missing = RecordError(request.url.path[:100], "no such page", "Start from the overview.")
    return await explain(request, missing)
