"""Options that several commands share, and what each list shows in its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click

from onrecord.settings import DEFAULT_RECORD, RECORD_VARIABLE, record_location
from onrecord.show.api import Record, open_record
from onrecord.show.cli.output import TABLE_ROWS, Column, chosen_format, hint, write_rows
from onrecord.show.filters import RELATION_SURE_ENOUGH, SURE_ENOUGH, sure_enough
from onrecord.show.safe import printable
from onrecord.show.sequences import as_dict, counted

F = TypeVar("F", bound=Callable[..., Any])
Decorator = Callable[[F], F]

record_option = click.option(
    "--record",
    "location",
    metavar="PATH",
    default=None,
    help=f"The record: a file or a postgresql:// URL. Default: ${RECORD_VARIABLE}, else"
    f" {DEFAULT_RECORD} here.",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Write no hints and no progress.")
extractor_option = click.option(
    "--extractor",
    default="default",
    show_default=True,
    metavar="NAME",
    help="What finds the rows: default (the best installed), encoder, rules, or"
    " openai:MODEL@URL, which sends the texts to that endpoint with the key in"
    " $ONRECORD_API_KEY.",
)


def say_where_texts_go(extractor: str, *, quiet: bool) -> None:
    """Name the host that texts are sent to, when the extractor is not on this machine.

    Raises:
        QueryError: The extractor should name an endpoint and does not.
    """
    from onrecord.annotate.endpoint_address import address_in

    address = address_in(extractor)
    if address is not None:
        how = ", unencrypted" if address.is_open else ""
        hint(f"The text of every report read is sent to {address.host}{how}.", quiet=quiet)


def together(*options: Callable[[Any], Any]) -> Callable[[F], F]:
    """Return one decorator for several options, shown in this order."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def filter_option(name: str, text: str, **settings: Any) -> Callable[[Any], Any]:
    """Return an option for the filter called `name` in Python."""
    return click.option("--" + name.replace("_", "-"), name, default=None, help=text, **settings)


REPORT_FILTERS = (
    filter_option("since", "First day: 2024, 2024-05 or 2024-05-01.", metavar="DAY"),
    filter_option("until", "Last day, inclusive.", metavar="DAY"),
    filter_option("publisher", "Outlet.", metavar="NAME"),
)
TEXT_FILTERS = (
    filter_option("text", "Words that occur in the sentence.", metavar="WORDS"),
    filter_option("document", "Only this report.", metavar="ID"),
    filter_option(
        "min_confidence",
        f"At least this sure, 0 to 1; {SURE_ENOUGH} for events and {RELATION_SURE_ENOUGH} for"
        " relations unless given.",
        type=float,
        metavar="NUMBER",
    ),
)
COPIES = click.option("--no-copies", is_flag=True, help="Leave out near copies of other reports.")
ORDER = filter_option(
    "order", "newest, oldest, confidence or document. Default: newest.", metavar="ORDER"
)
SOURCE = filter_option("source", "On whose word: any link of the chain.", metavar="NAME")
FACTUALITY = filter_option(
    "factuality", "asserted, denied, planned, possible, conditional.", metavar="WORD"
)
PLACE_FILTERS = (
    filter_option("place", "Name of a place or its province.", metavar="NAME"),
    filter_option("country", "Where: a country's name or ISO code.", metavar="NAME"),
)
OUTPUT = (
    click.option("--json", "as_json", is_flag=True, help="One JSON array, a row per line."),
    click.option("--csv", "as_csv", is_flag=True, help="CSV with every column."),
    click.option(
        "--limit",
        "-n",
        type=click.IntRange(min=0),
        default=None,
        help=f"Most rows; 0 for all. Default: {TABLE_ROWS} at a terminal, else all.",
    ),
    record_option,
    quiet_option,
)


def open_existing(location: str | None) -> Record:
    """Return a record that is there already; asking must not make an empty one."""
    return open_record(record_location(location), create=False)


def given_filters(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters among the options of a command, as `Record` takes them."""
    filters = {
        name: value
        for name, value in options.items()
        if value is not None and name not in ("no_copies", "all_of_them")
    }
    if options.get("no_copies"):
        filters["copies"] = False
    return filters


def list_rows(
    what: str,
    columns: Iterable[Column],
    *,
    location: str | None,
    as_json: bool,
    as_csv: bool,
    limit: int | None,
    quiet: bool,
    filters: Mapping[str, Any],
    next_step: str,
    adapt: Callable[[dict[str, Any]], dict[str, Any]] = lambda row: row,
) -> None:
    """Write the rows of one list that fit and say what to do next.

    Args:
        what: The list: events, relations, figures, quotes, actors or documents.
        columns: What a table shows.
        location: The record, as given.
        as_json: Whether JSON was asked for.
        as_csv: Whether CSV was asked for.
        limit: Most rows; 0 for all, None for what the form of output wants.
        quiet: Write rows only.
        filters: As `Record` takes them.
        next_step: What to say at the end when there are rows.
        adapt: Adds what only the table shows, such as a range written out.
    """
    form = chosen_format(as_json, as_csv)
    if limit is None:
        limit = TABLE_ROWS if form == "table" else 0
    with open_existing(location) as record:
        rows = getattr(record, what)(limit=limit or None, **filters)
        dicts = (as_dict(row) for row in rows)
        shown = map(adapt, dicts) if form in ("table", "lines") else dicts
        count = write_rows(shown, list(columns), form, names=rows.columns)
        if quiet:
            return
        unsure = _left_out(record, what, filters, rows.total)
        if count == 0:
            none = f"No {_noun(what)} sure enough.{unsure}" if unsure else ""
            hint(none or _nothing(record, what, filters), quiet=quiet)
            return
    more = " All of them: --limit 0." if count < rows.total else ""
    hint(f"{counted(count, _noun(what), rows.total)}.{more}{unsure} {next_step}", quiet=quiet)


def _noun(what: str) -> str:
    """Return what the rows of a list are called."""
    return "acts" if what == "timeline" else what


def _left_out(record: Record, what: str, filters: Mapping[str, Any], shown: int) -> str:
    """Say how many rows are not shown because they are less sure than the lists ask for."""
    if sure_enough(what, filters) == filters:
        return ""
    count = getattr(record, what)(limit=1, **{**filters, "min_confidence": 0.0}).total - shown
    return f" {count:,} less sure: --min-confidence 0." if count else ""


def _nothing(record: Record, what: str, filters: Mapping[str, Any]) -> str:
    """Say why a list is empty: nothing was read, a name is not known, or nothing fits."""
    if not filters:
        return f"No {what} in {record.location}. Next: onrecord read PATH..."
    from onrecord.record import query

    for name in ("actor", "speaker", "recipient", "object"):
        if name not in filters:
            continue
        wanted = str(filters[name])
        if record.actors(name=wanted, named=None, limit=1):
            continue
        likely = query.suggest_actors(record.store, wanted, limit=3)
        if likely:
            names = ", ".join(map(printable, likely))
            return f"No {_noun(what)}: no actor is called {printable(wanted)!r}. Like it: {names}."
        return f"No {_noun(what)}: no actor is called {printable(wanted)!r}. Next: onrecord actors"
    if what == "timeline" and list(filters) == ["actor"]:
        name = printable(str(filters["actor"]))
        return f"No acts of {name!r} on record. What it said: onrecord quotes --speaker NAME"
    given = ", ".join(f"{k}={v}" for k, v in filters.items())
    return f"No {_noun(what)} fit {printable(given)}. Leave out a filter to see more."
