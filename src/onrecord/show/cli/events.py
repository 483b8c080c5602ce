"""`onrecord events`: who did what to whom."""

from __future__ import annotations

from typing import Any

import click

from onrecord.show.cli.options import (
    COPIES,
    FACTUALITY,
    ORDER,
    OUTPUT,
    PLACE_FILTERS,
    REPORT_FILTERS,
    SOURCE,
    TEXT_FILTERS,
    filter_option,
    given_filters,
    list_rows,
    together,
)
from onrecord.show.cli.output import Column

COLUMNS = (
    Column("id", "statement_id", whole=True, style="dim"),
    Column("date", "date_from", whole=True),
    Column("who", "actor", style="cyan", weight=2),
    Column("what", "act", style="bold"),
    Column("whom", "recipient", style="yellow", weight=2),
    Column("where", "place"),
    Column("on whose word", "chain", weight=2),
)


def acted(row: dict[str, Any]) -> dict[str, Any]:
    """Return an event with its `act`: "ASSAULT drone", "RETREAT withdraw (planned)"."""
    sure = "" if row["factuality"] == "asserted" else f" ({row['factuality']})"
    return {**row, "act": f"{row['type']} {row['mode']}".strip() + sure}


# The same filters choose what `onrecord export` writes.
EVENT_FILTERS = (
    filter_option("actor", "Who takes part, by any name or id.", metavar="NAME"),
    filter_option("recipient", "Whom it is directed at.", metavar="NAME"),
    filter_option("type", "PLOVER type, e.g. ASSAULT; several with commas.", metavar="TYPE"),
    filter_option("mode", "PLOVER mode, e.g. drone.", metavar="MODE"),
    *REPORT_FILTERS,
    *PLACE_FILTERS,
    SOURCE,
    FACTUALITY,
    *TEXT_FILTERS,
    COPIES,
)


@click.command("events")
@together(*EVENT_FILTERS, ORDER, *OUTPUT)
def command(
    location: str | None,
    as_json: bool,
    as_csv: bool,
    limit: int | None,
    quiet: bool,
    **filters: Any,
) -> None:
    """List events: who did what to whom, when, where, and on whose word.

    \b
    Example:
      onrecord events --type ASSAULT --since 2024-05
      onrecord events --actor "Meridian Front" --csv > events.csv
    """
    list_rows(
        "events",
        COLUMNS,
        location=location,
        as_json=as_json,
        as_csv=as_csv,
        limit=limit,
        quiet=quiet,
        filters=given_filters(filters),
        next_step="Next: onrecord show ID",
        adapt=acted,
    )
