"""Write docs/reference/tables.md from the schema; a test keeps it up to date.

Run: python docs/generate_tables.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Column
from sqlalchemy.dialects import sqlite

from onrecord.record import identity_tables
from onrecord.record.schema import metadata
from onrecord.record.views import VIEWS, view_table

PAGE = Path(__file__).parent / "reference" / "tables.md"

HEAD = """\
# Tables and views

<!-- Written by docs/generate_tables.py from the schema. Do not edit. -->

Offsets are code points of `documents.text`, half open. Moments are UTC; in the tables `date_to` is
the first instant after, in the views the last day. Views have names instead of identifiers and
apply reviews: a rejected row is gone, a corrected field shows its new value.
"""


def page() -> str:
    """Return the page."""
    return "\n".join([HEAD, *_lines()]) + "\n"


def _lines() -> Iterator[str]:
    yield "## Views\n"
    for name in VIEWS:
        columns = ", ".join(f"`{column.name}`" for column in view_table(name).columns)
        yield f"**{name}**: {columns}\n"
    yield "## Tables\n"
    # Importing the tables of identity is what adds them to the metadata.
    assert identity_tables.__name__
    for table in sorted(metadata.tables.values(), key=lambda table: table.name):
        yield f"### {table.name}\n"
        yield "| column | type | |\n|---|---|---|"
        yield from (f"| {c.name} | {_type(c)} | {_note(c)} |" for c in table.columns)
        yield ""


def _type(column: Column[object]) -> str:
    return str(column.type.compile(dialect=sqlite.dialect())).lower()


def _note(column: Column[object]) -> str:
    notes = ["key"] if column.primary_key else []
    notes += [f"refers to {key.target_fullname}" for key in column.foreign_keys]
    return ", ".join(notes)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
