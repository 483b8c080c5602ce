"""`onrecord claims`: what several reports say together, disputed first."""

from __future__ import annotations

from typing import Any

import click

from onrecord.show.cli.options import (
    OUTPUT,
    filter_option,
    given_filters,
    list_rows,
    together,
)
from onrecord.show.cli.output import Column
from onrecord.show.filters import CLAIM_SURE_ENOUGH
from onrecord.show.side_by_side import claim_in_words

COLUMNS = (
    Column("id", "claim_id", whole=True, style="dim"),
    Column("status", "status", style="bold"),
    Column("sources", "backing", whole=True),
    Column("claim", "claim", style="cyan", weight=3),
    Column("date", "date_from", whole=True),
    Column("where", "place"),
    Column("why", "reason", weight=3),
)


def with_backing(row: dict[str, Any]) -> dict[str, Any]:
    """Return a claim with its words and its sources for and against ("3", "2 : 1")."""
    against = f" : {row['n_against']}" if row["n_against"] else ""
    unsure = "" if row["independence"] == "established" else "?"
    return {
        **row,
        "claim": claim_in_words(row),
        "backing": f"{row['n_sources']}{unsure}{against}",
        "status": row["status"].replace("_", " "),
    }


@click.command("claims")
@together(
    filter_option("actor", "Who takes part, in either role, by any name or id.", metavar="NAME"),
    filter_option("kind", "event, relation or quantity; several with commas.", metavar="KIND"),
    filter_option("type", "ASSAULT, leads, casualties, ...; several with commas.", metavar="TYPE"),
    filter_option("place", "Name of a place or its province.", metavar="NAME"),
    filter_option("since", "First day: 2024, 2024-05 or 2024-05-01.", metavar="DAY"),
    filter_option("until", "Last day, inclusive.", metavar="DAY"),
    filter_option("status", "disputed, retracted, corroborated, single_source.", metavar="STATUS"),
    filter_option(
        "min_sources", "At least so many sources support it.", type=int, metavar="NUMBER"
    ),
    filter_option(
        "min_documents", "At least so many reports speak of it.", type=int, metavar="NUMBER"
    ),
    filter_option(
        "min_confidence",
        f"At least this sure, 0 to 1; {CLAIM_SURE_ENOUGH} unless this or --document is given.",
        type=float,
        metavar="NUMBER",
    ),
    filter_option("document", "Only what this report speaks of.", metavar="ID"),
    filter_option(
        "order", "disputed, sources, newest or oldest. Default: disputed.", metavar="ORDER"
    ),
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
    """List claims: what is confirmed, what is disputed, and on whose word.

    A claim is what several statements say together. Sources are independent ones: outlets
    that quote one speaker, and copies, count once. "2 : 1" is two for it and one against;
    "2?" says that some are not known to be independent. A claim is as sure as the surest
    statement that supports it, and sure when a person accepted or corrected one.

    \b
    Example:
      onrecord claims --status disputed
      onrecord claims --actor "Meridian Front" --min-sources 2
    """
    list_rows(
        "claims",
        COLUMNS,
        location=location,
        as_json=as_json,
        as_csv=as_csv,
        limit=limit,
        quiet=quiet,
        filters=given_filters(filters),
        next_step="Next: onrecord show ID",
        adapt=with_backing,
    )
