"""`onrecord documents`: the reports of the record."""

from __future__ import annotations

from typing import Any

import click

from onrecord.show.cli.options import (
    COPIES,
    OUTPUT,
    REPORT_FILTERS,
    filter_option,
    given_filters,
    list_rows,
    together,
)
from onrecord.show.cli.output import Column

COLUMNS = (
    Column("id", "document_id", whole=True, style="dim"),
    Column("published", "day", whole=True),
    Column("outlet", "publisher", style="cyan"),
    Column("title", "headline", weight=4),
    Column("status", "status", whole=True),
    Column("events", "n_events", whole=True),
    Column("figures", "n_quantities", whole=True),
    Column("quotes", "n_quotes", whole=True),
)


def headed(row: dict[str, Any]) -> dict[str, Any]:
    """Return a report with its day, and its address where it has no title; failures say why."""
    what = row["title"] or row["uri"]
    return {
        **row,
        "day": (row["published"] or "")[:10],
        "headline": f"{what} ({row['error']})" if row["error"] else what,
    }


@click.command("documents")
@together(
    *REPORT_FILTERS,
    filter_option("title", "Words of the title.", metavar="WORDS"),
    filter_option("status", "read, skipped or failed.", metavar="STATUS"),
    COPIES,
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
    """List the reports of the record, latest first, with what each one states.

    \b
    Example:
      onrecord documents --publisher "Port Selva Courier"
      onrecord documents --status failed
    """
    list_rows(
        "documents",
        COLUMNS,
        location=location,
        as_json=as_json,
        as_csv=as_csv,
        limit=limit,
        quiet=quiet,
        filters=given_filters(filters),
        next_step="Next: onrecord show ID",
        adapt=headed,
    )
