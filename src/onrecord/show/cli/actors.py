"""`onrecord actors`: people, groups, governments."""

from __future__ import annotations

from typing import Any

import click

from onrecord.show.cli.options import OUTPUT, filter_option, given_filters, list_rows, together
from onrecord.show.cli.output import Column

COLUMNS = (
    Column("id", "actor_id", whole=True, style="dim"),
    Column("name", "name", style="cyan", weight=2),
    Column("kind", "kind", whole=True),
    Column("country", "country", whole=True),
    Column("sector", "sector", whole=True),
    Column("reports", "n_documents", whole=True),
    Column("rows", "n_statements", whole=True),
    Column("quotes", "n_quotes", whole=True),
    Column("also called", "aliases", weight=2),
)


@click.command("actors")
@together(
    filter_option("name", "Words of any of its names, or its id.", metavar="WORDS"),
    filter_option("kind", "person, organisation, armed_group, government, ...", metavar="KIND"),
    filter_option("country", "Where it comes from: a name or ISO code.", metavar="NAME"),
    filter_option("sector", "PLOVER sector, e.g. MIL or REB.", metavar="CODE"),
    filter_option("document", "Only those this report speaks of.", metavar="ID"),
    click.option("--unnamed", is_flag=True, help='Also "the gunmen" and others without a name.'),
    *OUTPUT,
)
def command(
    unnamed: bool,
    location: str | None,
    as_json: bool,
    as_csv: bool,
    limit: int | None,
    quiet: bool,
    **filters: Any,
) -> None:
    """List people, groups, governments and other actors, most mentioned first.

    \b
    Example:
      onrecord actors --kind armed_group
      onrecord actors --name meridian
    """
    wanted = given_filters(filters)
    if unnamed:
        wanted["named"] = None
    list_rows(
        "actors",
        COLUMNS,
        location=location,
        as_json=as_json,
        as_csv=as_csv,
        limit=limit,
        quiet=quiet,
        filters=wanted,
        next_step="Next: onrecord events --actor NAME",
    )
