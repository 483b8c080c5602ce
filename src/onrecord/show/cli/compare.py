"""`onrecord compare`: what two reports both speak of, and where they differ."""

from __future__ import annotations

from dataclasses import asdict

import click

from onrecord.show.cli.options import open_existing, quiet_option, record_option
from onrecord.show.cli.output import hint, stdout_console
from onrecord.show.safe import json_text
from onrecord.show.sequences import counted
from onrecord.show.side_by_side import print_shared


@click.command("compare")
@click.argument("first", metavar="DOCUMENT")
@click.argument("second", metavar="DOCUMENT")
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON array.")
@record_option
@quiet_option
def command(first: str, second: str, as_json: bool, location: str | None, quiet: bool) -> None:
    """Compare two reports: the claims both speak of, those they differ on first.

    DOCUMENT is the identifier of a report (doc_), or enough of its beginning.

    \b
    Example:
      onrecord compare doc_91d2 doc_3f9a
    """
    with open_existing(location) as record:
        shared = record.compare(first, second)
        names = tuple(
            str(record.show(which).row.get("publisher") or which) for which in (first, second)
        )
    if as_json:
        click.echo(json_text([asdict(item) for item in shared], indent=2))
        return
    if not shared:
        hint("The two reports have no claim in common. Next: onrecord claims", quiet=quiet)
        return
    if names[0] == names[1]:
        names = first, second
    print_shared(stdout_console(), shared, (names[0], names[1]))
    differ = sum(item.agreement == "differ" for item in shared)
    hint(
        f"{counted(len(shared), 'claims')} in common, {differ} in dispute between them."
        f" Next: onrecord show {shared[0].claim.claim_id}",
        quiet=quiet,
    )
