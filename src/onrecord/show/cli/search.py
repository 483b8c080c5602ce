"""`onrecord search`: find words in reports and names."""

from __future__ import annotations

import click

from onrecord.show.cli.options import OUTPUT, open_existing, together
from onrecord.show.cli.output import Column, chosen_format, hint, write_rows
from onrecord.show.safe import printable
from onrecord.show.sequences import as_dict, counted

COLUMNS = (
    Column("id", "id", whole=True, style="dim"),
    Column("kind", "kind", whole=True),
    Column("published", "published", whole=True),
    Column("name", "name", style="cyan", weight=2),
    Column("found", "snippet", weight=4),
)
MOST_HITS = 20


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@together(*OUTPUT)
def command(
    words: tuple[str, ...],
    location: str | None,
    as_json: bool,
    as_csv: bool,
    limit: int | None,
    quiet: bool,
) -> None:
    """Search the text and titles of all reports and the names of all actors.

    All WORDS must occur; 'in "double quotes"' they must stand together; a word
    that ends in * matches its beginnings. Words found stand in [brackets].

    \b
    Example:
      onrecord search ceasefire talks
      onrecord search 'meridian*' --json
    """
    form = chosen_format(as_json, as_csv)
    # A phrase that the shell kept together comes as one word with blanks.
    wanted = " ".join(words)
    with open_existing(location) as record:
        hits = record.search(wanted, limit=MOST_HITS if limit is None else limit or 1_000_000)
        count = write_rows((as_dict(hit) for hit in hits), COLUMNS, form, names=hits.columns)
    if count:
        hint(f"{counted(count, 'hits', hits.total)}. Next: onrecord show ID", quiet=quiet)
    else:
        hint(f"Nothing holds {printable(wanted)!r}. Try fewer words, or word*.", quiet=quiet)
