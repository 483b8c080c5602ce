"""Write the record in the formats of other tools: own writers, no extra services.

Each format has one or several tables; each is written by one function from
the rows of a `Source` to a binary stream, a row at a time.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.errors import OnrecordError, QueryError
from onrecord.show.export.source import TABLES, Source
from onrecord.show.nearest import did_you_mean

Writer = Callable[[Source, str, BinaryIO], int]


@dataclass(frozen=True, slots=True)
class Format:
    """One format an export can have.

    Attributes:
        name: What it is called on the command line.
        about: What it is good for.
        suffix: Usual ending of its files.
        tables: Tables to choose from; the first is written unless another is asked for.
        where: Module and function that write it.
        binary: Whether it is no text.
    """

    name: str
    about: str
    suffix: str
    tables: tuple[str, ...]
    where: str
    binary: bool = False

    def write(self, source: Source, table: str, out: BinaryIO) -> int:
        """Write one table and return how many rows were written."""
        module, _, function = self.where.partition(":")
        writer = cast(Writer, getattr(import_module(f"onrecord.show.export.{module}"), function))
        return writer(source, table, out)


_EVENTS = ("events",)
_ALL = ("record",)

FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("csv", "spreadsheets, R, pandas", ".csv", TABLES, "tables:write_csv"),
        Format("jsonl", "programs; nothing left out", ".jsonl", TABLES, "tables:write_jsonl"),
        Format("parquet", "DuckDB, Spark, Arrow; needs pyarrow", ".parquet", TABLES,
               "tables:write_parquet", binary=True),
        Format("polecat", "POLECAT's 40 columns", ".txt", _EVENTS, "event_tables:write_polecat"),
        Format("icews", "ICEWS's 20 columns", ".tab", _EVENTS, "event_tables:write_icews"),
        Format("gdelt", "GDELT 2's 61 columns of events, 16 of mentions", ".CSV",
               ("events", "mentions"), "event_tables:write_gdelt"),
        Format("graphml", "networks: Gephi, Cytoscape, networkx, igraph", ".graphml", _ALL,
               "graph:write_graphml"),
        Format("geojson", "maps: QGIS, Leaflet, kepler.gl", ".geojson", _EVENTS,
               "geo:write_geojson"),
        Format("rdf", "N-Quads, one graph per report", ".nq", _ALL, "quads:write_quads"),
        Format("ftm", "FollowTheMoney entities: Aleph, OpenSanctions", ".ftm.json", _ALL,
               "ftm:write_ftm"),
        Format("stix", "STIX 2.1 bundle: threat intelligence", ".stix.json", _ALL,
               "stix:write_stix"),
    )
}  # fmt: skip


def format_named(name: str) -> Format:
    """Return the format called `name`.

    Raises:
        QueryError: There is none; the error names the nearest.
    """
    if name not in FORMATS:
        raise QueryError(f"format {name!r}", "not known", did_you_mean(name, FORMATS))
    return FORMATS[name]


def table_of(format_: Format, table: str) -> str:
    """Return the table to write: `table`, or the format's first.

    Raises:
        QueryError: The format has no such table.
    """
    if not table:
        return format_.tables[0]
    if table not in format_.tables:
        raise QueryError(
            f"table {table!r}",
            f"{format_.name} has no such table",
            did_you_mean(table, format_.tables),
        )
    return table


def export_to(source: Source, format_name: str, table: str, path: str) -> int:
    """Write one table to a file and return how many rows were written.

    The file is replaced only when all of it is written.

    Args:
        source: The rows.
        format_name: One of `FORMATS`.
        table: One of the format's tables; empty for its first.
        path: Where to.

    Raises:
        QueryError: Format or table is not known.
        OnrecordError: The file cannot be written.
    """
    format_ = format_named(format_name)
    chosen = table_of(format_, table)
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise OnrecordError(
            path, f"cannot be written ({error.strerror})", "Give another path."
        ) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            count = format_.write(source, chosen, out)
        part.chmod(0o666 & ~_umask())
        part.replace(target)
    except OSError as error:
        raise OnrecordError(
            path, f"cannot be written ({error.strerror})", "Free some space or give another path."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _umask() -> int:
    # The process's mask can only be read by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
