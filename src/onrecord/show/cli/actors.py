"""`onrecord actors`: people, groups, governments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.show.cli.options import (
    OUTPUT,
    filter_option,
    given_filters,
    list_rows,
    open_existing,
    quiet_option,
    record_option,
    together,
)
from onrecord.show.cli.output import Column, hint

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
    Column("stands for", "members", weight=2),
)


@click.group("actors", invoke_without_command=True)
@click.pass_context
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
    context: click.Context,
    /,
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
      onrecord actors import parties.csv
    """
    if context.invoked_subcommand is not None:
        return
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


@command.command("import")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@together(record_option, quiet_option)
def import_(files: tuple[Path, ...], location: str | None, quiet: bool) -> None:
    """Bring your own list of actors; its identities win over guesses and keep their ids.

    FILE is CSV with a column "name" (and, if you like, id, aliases joined by ";", kind,
    country, sector, since, until, wikidata), FollowTheMoney JSON lines such as those of
    OpenSanctions, or an actor dictionary of PETRARCH or Phoenix. Importing a file again
    replaces what it said before.

    \b
    Example:
      onrecord actors import parties.csv
      onrecord actors import entities.ftm.json Phoenix.actors.txt --record news.db
    """
    from onrecord.pipeline import settle
    from onrecord.read.actor_lists import read_actors
    from onrecord.record.known import import_actors

    with open_existing(location) as record:
        for file in files:
            count, moved = import_actors(record.store, read_actors(file), source=str(file))
            hint(
                f"{file}: {count:,} actors known, {moved:,} entities of reports joined to them."
                " Next: onrecord actors",
                quiet=quiet,
            )
        settle(record.store)
