"""Export: every format of the command line, with the filters of the events page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from onrecord.show.export import FORMATS, export_to, format_named
from onrecord.show.export.source import Source
from onrecord.show.web.parameters import any_text, read_query
from onrecord.show.web.site import Ask, Table, View

_CHUNK = 1 << 16
_COLUMNS = ("format", "about", "tables")


def page(ask: Ask) -> Mapping[str, Any]:
    """Return the formats."""
    return {"title": "Export", "formats": list(FORMATS.values())}


def table(ask: Ask) -> Table:
    """Return the formats as rows."""
    rows = [
        {"format": f.name, "about": f.about, "tables": ", ".join(f.tables)}
        for f in FORMATS.values()
    ]
    return Table(_COLUMNS, rows, len(rows))


async def download(request: Request) -> Response:
    """Answer with the record, or what fits the filters, in the format of another tool."""
    chosen = format_named(request.path_params["format"])
    query = read_query(request.url.query, what="events", extra={"table": any_text})
    wanted = query["table"] or chosen.tables[0]
    folder = tempfile.TemporaryDirectory(prefix="onrecord-")
    path = Path(folder.name) / f"{wanted}{chosen.suffix}"
    source = Source(request.app.state.store, query.filters)
    try:
        await run_in_threadpool(export_to, source, chosen.name, wanted, str(path))
    except BaseException:
        folder.cleanup()
        raise

    def content() -> Iterator[bytes]:
        with folder, path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    headers = {"content-disposition": f'attachment; filename="onrecord-{path.name}"'}
    kind = "application/octet-stream" if chosen.binary else "text/plain; charset=utf-8"
    return StreamingResponse(content(), media_type=kind, headers=headers)


VIEW = View("export", "/export", page, table)
