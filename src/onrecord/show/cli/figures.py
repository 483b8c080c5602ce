"""`onrecord figures`: numbers that matter."""

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
    Column("figure", "range", style="bold"),
    Column("of what", "counted", style="yellow"),
    Column("as written", "trigger_text", weight=2),
    Column("date", "date_from", whole=True),
    Column("where", "place"),
    Column("on whose word", "chain", weight=2),
)


def written_out(row: dict[str, Any]) -> dict[str, Any]:
    """Return a figure with its `range` as people read it: "5,000 to 9,000", "14 or more"."""
    low, high = (_number(row[end]) for end in ("value_low", "value_high"))
    if low == high:
        written = low
    elif low and high:
        written = f"{low} to {high}"
    else:
        written = f"{low} or more" if low else f"{high} or less"
    if row["bound"] == "about":
        written = f"about {written}"
    unit = {"count": "", "percent": "%"}.get(row["unit"], f" {row['unit']}")
    return {**row, "range": written + unit}


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


@click.command("figures")
@together(
    filter_option("actor", "Whose figure, by any name or id.", metavar="NAME"),
    filter_option("type", "casualties, troops, people, money, weapons, ...", metavar="TYPE"),
    filter_option("counted", "Words of what is counted.", metavar="WORDS"),
    filter_option("unit", "count, percent, USD, km, ...", metavar="UNIT"),
    filter_option("at_least", "May be this much or more, in its unit.", type=float),
    filter_option("at_most", "May be this much or less, in its unit.", type=float),
    *REPORT_FILTERS,
    *PLACE_FILTERS,
    SOURCE,
    FACTUALITY,
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
    """List figures: casualties, troops, crowds, money, with their bounds.

    \b
    Example:
      onrecord figures --type casualties --since 2024
      onrecord figures --unit USD --at-least 1000000
    """
    list_rows(
        "figures",
        COLUMNS,
        location=location,
        as_json=as_json,
        as_csv=as_csv,
        limit=limit,
        quiet=quiet,
        filters=given_filters(filters),
        next_step="Next: onrecord show ID",
        adapt=written_out,
    )
