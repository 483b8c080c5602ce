"""Write rows the way the reader at the other end wants them.

A person at a terminal gets a table that fits; a pipe gets tab-separated lines
with a header; `--json` gives one array with a row per line, `--csv` every
column. Nothing but rows is written to standard output.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import click
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.show.safe import csv_cell, json_text, printable, printable_lines

Format = Literal["table", "lines", "json", "csv"]
Row = Mapping[str, Any]

TABLE_ROWS = 50
_GAP = 2
# A longer word is folded rather than allowed to take the room of the others.
_LONG_WORD = 16


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        title: Heading.
        field: Key of the row; several keys are joined by a blank.
        whole: Never shortened or wrapped (identifiers, dates).
        style: Rich style, e.g. "cyan".
        weight: Share of the width that is left over, against the other columns.
    """

    title: str
    field: str | tuple[str, ...]
    whole: bool = False
    style: str = ""
    weight: int = 1

    def cell(self, row: Row) -> str:
        """Return what stands in this column for `row`, on one line."""
        fields = (self.field,) if isinstance(self.field, str) else self.field
        words = (plain(row.get(field)) for field in fields)
        return printable(" ".join(word for word in words if word))


def plain(value: object) -> str:
    """Return a value as people write it: no "None", no ".0", lists with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 and not value.is_integer() else f"{value:.0f}"
    if isinstance(value, list | tuple):
        return ", ".join(plain(item) for item in value)
    return str(value)


def stdout_console() -> Console:
    """Return a console for data; colours only on a terminal and without NO_COLOR."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def stderr_console() -> Console:
    """Return a console for progress and hints."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)


def say(text: str) -> None:
    """Write one line for people to standard error."""
    click.echo(printable_lines(text), err=True)


def hint(text: str, *, quiet: bool) -> None:
    """Say what to do next, unless asked to be quiet."""
    if not quiet:
        say(text)


def chosen_format(as_json: bool, as_csv: bool) -> Format:
    """Return how to write rows.

    Raises:
        UsageError: Both formats were asked for.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other. Choose one")
    if as_json:
        return "json"
    if as_csv:
        return "csv"
    return "table" if sys.stdout.isatty() else "lines"


def write_rows(
    rows: Iterable[Row], columns: Sequence[Column], form: Format, *, names: Sequence[str]
) -> int:
    """Write rows to standard output and return how many there were.

    Args:
        rows: Mappings with equal keys; read once, so they may come from a cursor.
        columns: What a table shows; JSON and CSV hold every key of the rows.
        form: How to write them.
        names: Keys of the rows, for the heading of a CSV file without rows.
    """
    if form == "json":
        return _write_json(rows)
    if form == "csv":
        return _write_csv(rows, names)
    if form == "lines":
        return _write_lines(rows, columns)
    return _write_table(list(rows), columns)


def _write_json(rows: Iterable[Row]) -> int:
    count = 0
    for row in rows:
        sys.stdout.write(("[\n" if count == 0 else ",\n") + json_text(dict(row)))
        count += 1
    sys.stdout.write("\n]\n" if count else "[]\n")
    return count


def _write_csv(rows: Iterable[Row], names: Sequence[str]) -> int:
    on_terminal = sys.stdout.isatty()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    count = 0
    for row in rows:
        cells = [csv_cell(row[name]) for name in names]
        writer.writerow([printable(c) if on_terminal and isinstance(c, str) else c for c in cells])
        count += 1
    return count


def _write_lines(rows: Iterable[Row], columns: Sequence[Column]) -> int:
    sys.stdout.write("\t".join(column.title for column in columns) + "\n")
    count = 0
    for row in rows:
        sys.stdout.write("\t".join(column.cell(row) for column in columns) + "\n")
        count += 1
    return count


def _write_table(rows: Sequence[Row], columns: Sequence[Column]) -> int:
    if not rows:
        return 0
    console = stdout_console()
    cells = {column: [column.cell(row) for row in rows] for column in columns}
    filled = [column for column in columns if any(cells[column])]
    needs = [_Need.of(column, cells[column]) for column in filled]
    room = console.width - _GAP * (len(filled) - 1)
    if sum(need.least for need in needs) > room:
        _print_cards(console, rows, filled)
        return len(rows)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for column, width in zip(filled, _widths(needs, room), strict=True):
        table.add_column(
            column.title, style=column.style, no_wrap=column.whole, overflow="fold", width=width
        )
    for number in range(len(rows)):
        table.add_row(*(Text(cells[column][number]) for column in filled))
    console.print(table)
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Need:
    """How much room a column wants.

    Attributes:
        least: Columns of the terminal below which it cannot be read: its longest word,
            or all of it when it must stay whole.
        most: What it can use.
        weight: Its share of what is left over.
    """

    least: int
    most: int
    weight: int

    @classmethod
    def of(cls, column: Column, cells: Sequence[str]) -> _Need:
        texts = (column.title, *cells)
        most = max(cell_len(text) for text in texts)
        if column.whole:
            return cls(most, most, 0)
        longest = max(cell_len(word) for text in texts for word in text.split() or [""])
        return cls(min(longest, _LONG_WORD), most, column.weight)


def _widths(needs: Sequence[_Need], room: int) -> list[int]:
    """Return a width for each column: its least, and of the rest a share up to its most."""
    widths = [need.least for need in needs]
    left = room - sum(widths)
    while left > 0:
        hungry = [i for i, need in enumerate(needs) if widths[i] < need.most]
        if not hungry:
            break
        weight = sum(needs[i].weight for i in hungry)
        for i in hungry:
            more = min(max(left * needs[i].weight // weight, 1), needs[i].most - widths[i], left)
            widths[i] += more
            left -= more
    return widths


def _print_cards(console: Console, rows: Sequence[Row], columns: Sequence[Column]) -> None:
    for number, row in enumerate(rows):
        if number:
            console.print()
        for column in columns:
            text = column.cell(row)
            if text:
                line = Text(f"{column.title}: ", style="dim")
                line.append(text, style=column.style)
                # An identifier longer than the line is folded by the terminal, whole.
                console.print(line, soft_wrap=column.whole)


def boxes_possible() -> bool:
    """Return whether standard output can draw box characters."""
    try:
        "└─┘╵".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return os.environ.get("TERM") != "dumb"
