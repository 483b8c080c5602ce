"""`onrecord timeline`: what an actor did and had done to it, day by day."""

from __future__ import annotations

from typing import Any

import click

from onrecord.show.cli.claims import with_backing
from onrecord.show.cli.options import OUTPUT, filter_option, given_filters, list_rows, together
from onrecord.show.cli.output import Column
from onrecord.show.filters import CLAIM_SURE_ENOUGH

COLUMNS = (
    Column("date", "date_from", whole=True),
    Column("id", "claim_id", whole=True, style="dim"),
    Column("claim", "claim", style="cyan", weight=3),
    Column("where", "place"),
    Column("status", "status", style="bold"),
    Column("sources", "backing", whole=True),
)


@click.command("timeline")
@click.argument("actor", metavar="ACTOR")
@together(
    filter_option("since", "First day: 2024, 2024-05 or 2024-05-01.", metavar="DAY"),
    filter_option("until", "Last day, inclusive.", metavar="DAY"),
    filter_option("type", "ASSAULT, CONSULT, ...; several with commas.", metavar="TYPE"),
    filter_option(
        "min_sources", "At least so many sources support it.", type=int, metavar="NUMBER"
    ),
    filter_option(
        "min_confidence",
        f"At least this sure, 0 to 1; {CLAIM_SURE_ENOUGH} unless given.",
        type=float,
        metavar="NUMBER",
    ),
    *OUTPUT,
)
def command(
    actor: str,
    location: str | None,
    as_json: bool,
    as_csv: bool,
    limit: int | None,
    quiet: bool,
    **filters: Any,
) -> None:
    """List what an actor did, and what was done to it, from the first day to the last.

    Each act is one claim, however many reports tell it. Acts without a day of their own
    stand at the day they were first reported. ACTOR is any name of the actor, or its id.

    \b
    Example:
      onrecord timeline "Meridian Front"
      onrecord timeline ac_91d2 --since 2024-05
    """
    list_rows(
        "timeline",
        COLUMNS,
        location=location,
        as_json=as_json,
        as_csv=as_csv,
        limit=limit,
        quiet=quiet,
        filters={"actor": actor, **given_filters(filters)},
        next_step="Next: onrecord show ID",
        adapt=with_backing,
    )
