"""`onrecord relations`: standing facts between actors."""

from __future__ import annotations

from typing import Any

import click

from onrecord.show.cli.options import (
    COPIES,
    FACTUALITY,
    ORDER,
    OUTPUT,
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
    Column("who", "subject", style="cyan", weight=2),
    Column("relation", "standing", style="bold"),
    Column("whom", "object", style="yellow", weight=2),
    Column("since", "date_from", whole=True),
    Column("on whose word", "chain", weight=2),
)


def standing(row: dict[str, Any]) -> dict[str, Any]:
    """Return a relation with its type and, unless asserted, its factuality.

    Two names of one actor are shown as written: by the name of the record they
    would read the same.
    """
    sure = "" if row["factuality"] == "asserted" else f" ({row['factuality']})"
    shown = {**row, "standing": row["type"] + sure}
    if row["subject_id"] is not None and row["subject_id"] == row["object_id"]:
        shown |= {"subject": row["subject_text"], "object": row["object_text"]}
    return shown


@click.command("relations")
@together(
    filter_option("actor", "Who stands in it, by any name or id.", metavar="NAME"),
    filter_option("object", "To whom; then --actor is the other side.", metavar="NAME"),
    filter_option("type", "leads, member_of, supports, ...; several with commas.", metavar="TYPE"),
    *REPORT_FILTERS,
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
    """List relations: who leads, founded, backs, fights or belongs to whom.

    \b
    Example:
      onrecord relations --type leads
      onrecord relations --actor "Meridian Front" --json
    """
    list_rows(
        "relations",
        COLUMNS,
        location=location,
        as_json=as_json,
        as_csv=as_csv,
        limit=limit,
        quiet=quiet,
        filters=given_filters(filters),
        next_step="Next: onrecord show ID",
        adapt=standing,
    )
