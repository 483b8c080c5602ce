"""`onrecord read`: read reports into the record."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from onrecord.settings import record_location
from onrecord.show.api import open_record
from onrecord.show.cli.options import (
    extractor_option,
    quiet_option,
    record_option,
    say_where_texts_go,
)
from onrecord.show.cli.output import hint, say
from onrecord.show.sequences import counted

if TYPE_CHECKING:
    from onrecord.pipeline import ReadSummary

SOME_FAILED = 3


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@record_option
@click.option("--publisher", default="", metavar="NAME", help="Outlet of reports that name none.")
@click.option(
    "--published",
    default=None,
    metavar="DATE",
    help="Day or moment of reports that give none; never guessed from the text.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="Column of a JSONL or CSV file that holds text, title, publisher, author, published"
    " or url; may be repeated.",
)
@click.option(
    "--encoding",
    default="",
    metavar="NAME",
    help="Encoding of all inputs, e.g. cp1251; found for each unless given.",
)
@click.option(
    "--max-mb",
    type=click.FloatRange(min=0, min_open=True),
    default=50,
    show_default=True,
    help="Greatest file, or row of a table, in megabytes.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes that read at the same time.",
)
@click.option(
    "--engine",
    type=click.Choice(["local"]),
    default="local",
    show_default=True,
    help="Where the work is done: local is this machine.",
)
@extractor_option
@quiet_option
def command(
    paths: tuple[str, ...],
    location: str | None,
    publisher: str,
    published: str | None,
    columns: tuple[str, ...],
    encoding: str,
    max_mb: float,
    workers: int,
    engine: str,
    extractor: str,
    quiet: bool,
) -> None:
    """Read reports into the record.

    PATH is a file, a folder (with all below it), a pattern in quotes, or - for
    standard input. Text, Markdown, HTML, PDF, DOCX, JSONL, CSV, feeds and WARC are
    read; reports that the record holds already are left as they are, so the same
    command may be run again, also after it was interrupted.

    Exit code 3 when some inputs failed: each is named, the rest is kept.

    \b
    Example:
      onrecord read reports/ --publisher "Port Selva Courier"
      onrecord read archive.csv --column text=body --column published=day
      cat report.txt | onrecord read - --published 2024-05-02
      onrecord read reports/ --extractor openai:MODEL@http://localhost:8000/v1
    """
    _show_warnings()
    named = _columns(columns)
    say_where_texts_go(extractor, quiet=quiet)
    where = record_location(location)
    with open_record(where) as record:
        summary = record.read(
            paths,
            publisher=publisher,
            published=published,
            columns=named,
            encoding=encoding,
            max_mb=max_mb,
            workers=workers,
            extractor=extractor,
            progress=not quiet,
        )
        report(summary, record.location, quiet=quiet)
    if summary.failed:
        raise click.exceptions.Exit(SOME_FAILED)


class _Warnings(logging.Handler):
    """Says what readers warn of, e.g. a guessed encoding."""

    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage())


def _show_warnings() -> None:
    # The libraries that readers use warn of pages in words of their own; those stay unsaid.
    logging.getLogger().addHandler(logging.NullHandler())
    logging.getLogger("onrecord").handlers[:] = [_Warnings()]


def _columns(pairs: tuple[str, ...]) -> dict[str, str]:
    named = {}
    for pair in pairs:
        field, equals, name = pair.partition("=")
        if not equals or not field or not name:
            raise click.UsageError(f"--column {pair!r} is not FIELD=NAME. Try: --column text=body")
        named[field.strip()] = name.strip()
    return named


def report(summary: ReadSummary, location: str, *, quiet: bool) -> None:
    """Name every input that failed or was skipped, then say what was found and what is next."""
    for failure in summary.failed:
        say(str(failure))
    if quiet:
        return
    for uri, reason in summary.skipped:
        say(f"{uri}: skipped. {reason}")
    say(f"{summary}.")
    if summary.undated:
        say(
            f"{counted(summary.undated, 'reports')} without a publication date: times such as"
            ' "on Wednesday" stay open there. With their day, e.g. --published 2024-05-08, they'
            " are read anew."
        )
    hint(
        f"In {location}. Next: onrecord events --record {location}"
        if summary.read or summary.unchanged
        else "Nothing was read. Next: onrecord doctor",
        quiet=quiet,
    )
