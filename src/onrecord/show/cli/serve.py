"""`onrecord serve`: look at the record in a browser."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser

import click

from onrecord.errors import OnrecordError
from onrecord.settings import record_location
from onrecord.show.cli.options import quiet_option, record_option
from onrecord.show.cli.output import say
from onrecord.show.cli.review import reviewer_name

_LOCAL = ("127.0.0.1", "::1", "localhost")
_SHORTEST_TOKEN = 12


@click.command("serve")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on; another than this machine's own needs --token.",
)
@click.option(
    "--port",
    default=8520,
    show_default=True,
    type=click.IntRange(0, 65_535),
    help="Port to listen on; 0 for any that is free.",
)
@click.option(
    "--token",
    default=None,
    metavar="SECRET",
    help='What visitors must know, 12 characters or more; "new" makes one up.',
)
@click.option(
    "--reviewer",
    default=None,
    metavar="NAME",
    help="Who signs reviews. Default: $ONRECORD_REVIEWER, else your login name.",
)
@record_option
@quiet_option
def command(
    open_browser: bool,
    host: str,
    port: int,
    token: str | None,
    reviewer: str | None,
    location: str | None,
    quiet: bool,
) -> None:
    """Show the record as a web page, for people who would rather look than read.

    The page needs no network beyond this machine and loads nothing from other
    hosts. Reading with "onrecord read" while it is open works.

    \b
    Example:
      onrecord serve --open
      onrecord serve --host 0.0.0.0 --token new
    """
    import uvicorn

    from onrecord.show.web.app import create_app

    if host not in _LOCAL and token is None:
        raise click.UsageError(
            f"--host {host} lets others in, and reports may not be for everybody. Add: --token new"
        )
    if token == "new":
        token = secrets.token_urlsafe(24)
    if token is not None and len(token) < _SHORTEST_TOKEN:
        raise click.UsageError(
            f"--token is shorter than {_SHORTEST_TOKEN} characters. Try: --token new"
        )
    app = create_app(
        record_location(location),
        reviewer=reviewer_name(reviewer),
        token=token or "",
        hosts=_LOCAL if host in _LOCAL else ("*",),
    )
    with _listening(host, port) as listening:
        number = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{number}/" + (f"?token={token}" if token else "")
        say(f"Serving {app.state.store.location} at {address} Stop with Ctrl-C.")
        if open_browser:
            # The server answers as soon as it runs; the socket already queues.
            threading.Timer(0.5, webbrowser.open, [address]).start()
        config = uvicorn.Config(
            app, log_level="error" if quiet else "warning", access_log=False, server_header=False
        )
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise OnrecordError(
            f"{host}:{port}", f"cannot listen there ({error.strerror})", "Try: --port 0"
        ) from error
