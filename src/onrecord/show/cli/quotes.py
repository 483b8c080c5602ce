"""`onrecord quotes`: who said what."""

from __future__ import annotations

from typing import Any

import click

from onrecord.show.cli.options import (
    COPIES,
    ORDER,
    OUTPUT,
    REPORT_FILTERS,
    TEXT_FILTERS,
    filter_option,
    given_filters,
    list_rows,
    together,
)
from onrecord.show.cli.output import Column

COLUMNS = (
    Column("id", "attribution_id", whole=True, style="dim"),
    Column("published", "published", whole=True),
    Column("speaker", "speaker", style="cyan"),
    Column("kind", "kind", whole=True),
    Column("words", "words", weight=4),
    Column("outlet", "publisher"),
)


@click.command("quotes")
@together(
    filter_option("speaker", "Who says it, by any name or id.", metavar="NAME"),
    filter_option("kind", "direct, indirect or mixed.", metavar="KIND"),
    *REPORT_FILTERS,
    *TEXT_FILTERS,
    COPIES,
    ORDER,
    *OUTPUT,
)
def command(
    location: str | None,
    as_json: bool,
    as_csv: bool,
    limit: int | None,
    quiet: bool,
    **filters: Any,
) -> None:
    """List who said what: direct and indirect speech, also of unnamed sources.

    Days are days of publication; --text looks in the words said.

    \b
    Example:
      onrecord quotes --speaker "Lena Ostrova" --kind direct
      onrecord quotes --text ceasefire --json
    """
    list_rows(
        "quotes",
        COLUMNS,
        location=location,
        as_json=as_json,
        as_csv=as_csv,
        limit=limit,
        quiet=quiet,
        filters=given_filters(filters),
        next_step="Next: onrecord show ID",
    )
