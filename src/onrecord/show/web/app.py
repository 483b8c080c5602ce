"""Put the page together: its addresses, and what stands guard before them."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.errors import OnrecordError
from onrecord.record.limited import LimitedStore
from onrecord.record.store import Store
from onrecord.show.web.forms import RefusedError
from onrecord.show.web.pages import VIEWS
from onrecord.show.web.pages.bulk import judge
from onrecord.show.web.pages.claims import form_anew
from onrecord.show.web.pages.document import open_row, part
from onrecord.show.web.pages.export import download
from onrecord.show.web.pages.identity import merge, split
from onrecord.show.web.pages.review import decide
from onrecord.show.web.safety import LOCAL_HOSTS, Headers, KnownHost, Token
from onrecord.show.web.site import explain, not_found, refuse

# How long one question may keep the database busy.
SECONDS = 8.0

# The system's own table of types may know modules as plain text, which browsers refuse.
mimetypes.add_type("text/javascript", ".js")


def create_app(
    location: str,
    *,
    reviewer: str,
    token: str = "",
    hosts: Sequence[str] = LOCAL_HOSTS,
    seconds: float = SECONDS,
) -> Starlette:
    """Return the page on a record.

    Args:
        location: Path or URL of the record, which must be there.
        reviewer: Who signs what is said on the review page.
        token: What a visitor must know; empty to let everybody in who reaches it.
        hosts: Names and addresses in `Host` that are answered; "*" for any.
        seconds: How long one question may take.

    Raises:
        RecordError: There is no record, or it cannot be opened.
    """
    guards = [Middleware(Headers), Middleware(KnownHost, hosts=hosts)]
    if token:
        guards.append(Middleware(Token, token=token))
    guards.append(Middleware(GZipMiddleware, minimum_size=1000))
    app = Starlette(
        routes=_routes(),
        middleware=guards,
        exception_handlers={OnrecordError: explain, RefusedError: refuse, 404: not_found},
    )
    app.state.store = LimitedStore.over(location, seconds=seconds)
    app.state.writer = Store.open(location, create=False)
    app.state.reviewer = reviewer
    return app


def _routes() -> list[BaseRoute]:
    routes: list[BaseRoute] = []
    for view in VIEWS:
        stem = "/overview" if view.path == "/" else view.path
        routes += [
            Route(f"{stem}.json", view.json, name=f"{view.name}.json"),
            Route(f"{stem}.csv", view.csv, name=f"{view.name}.csv"),
            Route(view.path, view.html, name=view.name),
        ]
    return [
        *routes,
        Route("/document/{row_id}/part/{number:int}", part, name="part"),
        Route("/open/{row_id}", open_row, name="open"),
        Route("/review", decide, methods=["POST"], name="decide"),
        Route("/claims", form_anew, methods=["POST"], name="form_anew"),
        Route("/bulk", judge, methods=["POST"], name="judge"),
        Route("/merge", merge, methods=["POST"], name="do_merge"),
        Route("/split", split, methods=["POST"], name="do_split"),
        Route("/export/{format}", download, name="download"),
        # Asked for by browsers where an answer is no page, such as the JSON twins.
        Route("/favicon.ico", _icon, name="icon"),
        Mount("/static", StaticFiles(directory=_static()), name="static"),
    ]


async def _icon(request: Request) -> Response:
    return RedirectResponse("/static/icon.svg", 301)


def _static() -> Path:
    return Path(str(resources.files("onrecord.show.web"))) / "static"
