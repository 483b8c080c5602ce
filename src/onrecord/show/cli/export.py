"""`onrecord export`: write the record in the format of another tool."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import click

from onrecord.errors import OnrecordError
from onrecord.show.cli.events import EVENT_FILTERS
from onrecord.show.cli.options import (
    given_filters,
    open_existing,
    quiet_option,
    record_option,
    together,
)
from onrecord.show.cli.output import hint
from onrecord.show.export import FORMATS, Format, export_to, format_named, table_of
from onrecord.show.export.source import Source
from onrecord.show.filters import checked
from onrecord.show.safe import printable

# Lines stand as far in as the help they are put into.
_LISTED = "\n".join(f"      {f.name:<9}{f.about}" for f in FORMATS.values())


@click.command(
    "export",
    help=f"""Write the record in the format of another tool.

    \b
    Formats:
{_LISTED}

    csv, jsonl and parquet have the tables events (default), relations, figures,
    quotes, actors and documents; gdelt has events and mentions. Filters choose
    events as in "onrecord events"; other tables heed those they know. POLECAT,
    ICEWS and GDELT have no column for denied or planned events and get the
    asserted ones unless --factuality says otherwise. In CSV, text a spreadsheet
    would take for a formula gets an apostrophe in front.

    \b
    Example:
      onrecord export polecat --out events.txt
      onrecord export csv --table quotes --since 2024 > quotes.csv
      onrecord export parquet --table all --out record/
    """,
)
@click.argument("format_name", metavar="FORMAT")
@click.option(
    "--out",
    type=click.Path(),
    default=None,
    metavar="PATH",
    help="File, or folder for --table all. Default: standard output.",
)
@click.option("--table", default="", metavar="TABLE", help="Which table, or all of them.")
@together(*EVENT_FILTERS, record_option, quiet_option)
def command(
    format_name: str,
    out: str | None,
    table: str,
    location: str | None,
    quiet: bool,
    **filters: Any,
) -> None:
    """Write the record in the format of another tool."""
    format_ = format_named(format_name)
    wanted = checked("events", given_filters(filters))
    with open_existing(location) as record:
        source = Source(record.store, wanted)
        if table == "all":
            _write_all(source, format_, out, quiet)
            return
        chosen = table_of(format_, table)
        if out is not None and out != "-":
            count = export_to(source, format_.name, chosen, out)
            hint(f"{count:,} rows in {out}.", quiet=quiet)
            return
        if format_.binary and sys.stdout.isatty():
            raise OnrecordError(
                f"export {format_.name}", "would write bytes to the terminal",
                f"Add: --out {chosen}{format_.suffix}",
            )  # fmt: skip
        count = _write_out(source, format_, chosen)
    hint(f"{count:,} rows.", quiet=quiet)


def _write_out(source: Source, format_: Format, table: str) -> int:
    if not sys.stdout.isatty():
        sys.stdout.flush()
        count = format_.write(source, table, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return count
    with TemporaryFile() as held:
        count = format_.write(source, table, held)
        held.seek(0)
        for line in held:
            cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
            click.echo("\t".join(map(printable, cells)))
    return count


def _write_all(source: Source, format_: Format, out: str | None, quiet: bool) -> None:
    if out is None or out == "-":
        raise click.UsageError("--table all writes several files. Add: --out FOLDER")
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for table in format_.tables:
        path = folder / f"{table}{format_.suffix}"
        count = export_to(source, format_.name, table, str(path))
        hint(f"{count:,} rows in {path}.", quiet=quiet)
