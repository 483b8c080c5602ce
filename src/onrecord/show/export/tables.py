"""Write our own tables: CSV, JSON lines, Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from onrecord.errors import OnrecordError
from onrecord.show.export.source import ROW_TYPES, Source, columns_of
from onrecord.show.safe import csv_cell, json_text, printable
from onrecord.show.sequences import as_dict

_GROUP = 20_000


def text_stream(out: BinaryIO) -> io.TextIOWrapper:
    """Return a text stream over `out`: UTF-8, line ends as written. Detach it when done."""
    return io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="")


def write_separated(
    out: BinaryIO,
    header: Iterable[str] | None,
    rows: Iterable[Iterable[object]],
    separator: str,
) -> int:
    """Write rows with a separator and return how many; with tabs, nothing is quoted.

    Args:
        out: Where to.
        header: Names of the columns, None for no header line.
        rows: Cells; None is an empty cell.
        separator: A comma for CSV with quotes, a tab for the tables of event data.
    """
    text = text_stream(out)
    count = 0
    if separator == "\t":
        if header is not None:
            text.write("\t".join(header) + "\n")
        for row in rows:
            text.write("\t".join(_bare(cell) for cell in row) + "\n")
            count += 1
    else:
        writer = csv.writer(text, lineterminator="\n")
        if header is not None:
            writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            count += 1
    text.flush()
    text.detach()
    return count


def _bare(cell: object) -> str:
    # Readers of these tables split at tabs and line ends without looking for quotes.
    return "" if cell is None else printable(" ".join(str(cell).split()))


def write_csv(source: Source, table: str, out: BinaryIO) -> int:
    """Write a table as CSV; cells that a spreadsheet would run get an apostrophe in front."""
    rows = ([csv_cell(value) for value in as_dict(row).values()] for row in source.rows(table))
    return write_separated(out, columns_of(table), rows, ",")


def write_jsonl(source: Source, table: str, out: BinaryIO) -> int:
    """Write a table as JSON lines: one object per row, nothing changed or left out."""
    text = text_stream(out)
    count = 0
    for row in source.rows(table):
        text.write(json_text(as_dict(row)) + "\n")
        count += 1
    text.flush()
    text.detach()
    return count


def write_parquet(source: Source, table: str, out: BinaryIO) -> int:
    """Write a table as Parquet (zstd), typed: days as dates, moments as UTC timestamps.

    Raises:
        OnrecordError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise OnrecordError(
            "export parquet", "pyarrow is not installed", "pip install 'onrecord[parquet]'"
        ) from error
    kinds = {
        "str": pa.string(), "str | None": pa.string(), "float": pa.float64(),
        "float | None": pa.float64(), "int": pa.int64(), "int | None": pa.int64(),
        "bool": pa.bool_(), "tuple[str, ...]": pa.list_(pa.string()),
        "datetime": pa.timestamp("us", tz="UTC"), "datetime | None": pa.timestamp("us", tz="UTC"),
    }  # fmt: skip
    annotations: dict[str, str] = ROW_TYPES[table].__annotations__
    days = {"date_from", "date_to"} | ({"published"} if table != "documents" else set())
    schema = pa.schema(
        [
            (name, pa.date32() if name in days else kinds[str(annotations[name])])
            for name in columns_of(table)
        ],
        metadata={"filters": json_text({k: str(v) for k, v in source.filters.items()})},
    )
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(source.rows(table)):
            cells = {
                name: [_typed(getattr(row, name), day=name in days) for row in group]
                for name in schema.names
            }
            writer.write_table(pa.table(cells, schema=schema))
            count += len(group)
    return count


def _groups(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while group := list(islice(rows, _GROUP)):
        yield group


def _typed(value: Any, *, day: bool) -> Any:
    if day and isinstance(value, str):
        return datetime.strptime(value, "%Y-%m-%d").date()
    return list(value) if isinstance(value, tuple) else value
