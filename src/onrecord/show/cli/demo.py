"""`onrecord demo`: read the bundled sample reports and show what was found."""

from __future__ import annotations

import tempfile
from importlib import resources
from itertools import islice
from pathlib import Path

import click
from rich.text import Text

from onrecord.errors import OnrecordError
from onrecord.show.api import Record, open_record
from onrecord.show.cli.claims import COLUMNS as CLAIM_COLUMNS
from onrecord.show.cli.claims import with_backing
from onrecord.show.cli.events import COLUMNS as EVENT_COLUMNS
from onrecord.show.cli.events import acted
from onrecord.show.cli.figures import COLUMNS as FIGURE_COLUMNS
from onrecord.show.cli.figures import written_out
from onrecord.show.cli.options import quiet_option
from onrecord.show.cli.output import Column, chosen_format, say, stdout_console, write_rows
from onrecord.show.cli.quotes import COLUMNS as QUOTE_COLUMNS
from onrecord.show.cli.relations import COLUMNS as RELATION_COLUMNS
from onrecord.show.cli.relations import standing
from onrecord.show.safe import printable
from onrecord.show.sequences import as_dict

_ROWS = 6


@click.command("demo")
@click.option(
    "--record",
    "location",
    metavar="PATH",
    default=None,
    help="Keep the record there. Default: a new file demo.db in the temporary folder.",
)
@quiet_option
def command(location: str | None, quiet: bool) -> None:
    """Read the bundled sample reports and show what was found.

    The reports are fiction: places, people and outlets are invented.

    \b
    Example:
      onrecord demo
      onrecord demo --record demo.db
    """
    where = location or str(Path(tempfile.mkdtemp(prefix="onrecord-")) / "demo.db")
    with resources.as_file(resources.files("onrecord").joinpath("examples", "reports")) as folder:
        if not folder.is_dir():
            raise OnrecordError(
                "demo", "this installation lacks its sample reports", "pip install onrecord"
            )
        with open_record(where) as record:
            summary = record.read(folder, progress=not quiet)
            if not quiet:
                say(f"{summary}.")
            _show(record)
    if not quiet:
        say(f"The record is {where}. Next:")
        say(f"  onrecord claims --record {where}")
        say(f"  onrecord serve --open --record {where}")
        say("  onrecord read YOUR-REPORTS/")


def _show(record: Record) -> None:
    form = chosen_format(as_json=False, as_csv=False)
    console = stdout_console()
    compared = record.claims(min_documents=2, limit=_ROWS)
    console.print(
        Text(f"\nClaims of two reports and more: {compared.total:,}, disputed first", "bold")
    )
    claims = [with_backing(as_dict(row)) for row in compared]
    write_rows(claims, list[Column](CLAIM_COLUMNS), form, names=compared.columns)
    for what, columns, adapt in (
        ("events", EVENT_COLUMNS, acted),
        ("relations", RELATION_COLUMNS, standing),
        ("figures", FIGURE_COLUMNS, written_out),
        ("quotes", QUOTE_COLUMNS, dict),
    ):
        rows = getattr(record, what)(order="confidence", min_confidence=0.0, limit=_ROWS)
        console.print(Text(f"\n{what.capitalize()}: {rows.total:,}, the surest first", "bold"))
        dicts = [adapt(as_dict(row)) for row in rows]
        write_rows(dicts, list[Column](columns), form, names=rows.columns)
    shown = next(islice(record.events(order="confidence", limit=1), 1), None)
    if shown is not None:
        found = record.show(shown.statement_id)
        console.print(Text(f"\nWhere {shown.statement_id} was read", "bold"))
        console.print(Text(found.marked(width=console.width)), soft_wrap=True)
        console.print(Text("On the word of: " + printable(" < ".join(found.chain))))
